import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { equalQueries, parseSyntax } from '../../traceql';
import { addCondition } from '../../traceql/edit';
import { addAdHocFilters } from './add-ad-hoc-filters';
import { addAdHocToText, addConditionToText } from './ad-hoc-text';

const recorded: Array<{ q: string; verdict: string }> = JSON.parse(
  readFileSync(join(__dirname, '../../../tests/contract/traceql/queries.json'), 'utf8')
);
const CONDITION = 'resource.service.name="a"';

it('puts the condition where the parser would put it', () => {
  const valid = recorded.filter(({ verdict }) => verdict === 'valid').map(({ q }) => q);
  const different = valid.filter((text) => {
    const made = parseSyntax(addConditionToText(text, CONDITION)).query;
    const wanted = parseSyntax(addCondition(text, CONDITION)).query;
    return !made || !wanted || !equalQueries(made, wanted);
  });
  expect(different).toEqual([]);
});

it.each([
  ['{ ${filter} } | rate() by ($group)', '{ ${filter} && resource.service.name="a" } | rate() by ($group)'],
  ['{ span.x = "}" // }\n}', '{ span.x = "}" // }\n\n && resource.service.name="a" }'],
  ['', '{ resource.service.name="a" }'],
])('%j becomes %j', (text, expected) => {
  expect(addConditionToText(text, CONDITION)).toBe(expected);
});

it.each([
  { refId: 'A', queryType: 'traceql', query: '{ .a = 1 || .b = 2 }' },
  { refId: 'A', query: '0af7651916cd43dd8448eb211c80319c' },
  { refId: 'A', queryType: 'serviceMap', serviceMapQuery: '{client="a"}' },
  { refId: 'A', queryType: 'traceqlSearch', filters: [] },
  { refId: 'A', queryType: 'traceqlSearch', filters: [], searchRest: { before: '', after: ' >> { .a }' } },
])('does with %j what it does once the parser is there', (query) => {
  const filters = [{ key: 'resource.service.name', operator: '=', value: 'a' }];
  const [early, late] = [addAdHocToText(query, filters), addAdHocFilters(query, filters)];
  const spaceless = (text = '') => text.replace(/\s/g, '');
  expect({ ...early, query: spaceless(early.query), queryType: '' }).toEqual({
    ...late,
    query: spaceless(late.query),
    queryType: '',
  });
});
