import { addLabelMatchers } from './label-matchers';
import { promqlNotation, seriesName } from './legend';
import { parseMetricFind } from './metric-find';

test.each([
  ['up', 'up{job="a"}'],
  ['up{}', 'up{job="a"}'],
  ['up{x="1"}', 'up{x="1", job="a"}'],
  [
    'sum by (le) (rate(a_bucket[5m])) / rate(b{x=~"}"}[5m])',
    'sum by (le) (rate(a_bucket{job="a"}[5m])) / rate(b{x=~"}", job="a"}[5m])',
  ],
  ['{__name__="a"}', '{__name__="a", job="a"}'],
])('%s with a filter is %s', (expr, expected) => {
  expect(addLabelMatchers(expr, [{ key: 'job', operator: '=', value: 'a' }])).toBe(expected);
});

it('writes every kind of filter in PromQL', () => {
  const filters = [
    { key: 'a', operator: '!~', value: 'x.*' },
    { key: 'b', operator: '=|', value: 'x', values: ['x.y', 'z'] },
    { key: 'c', operator: '=', value: 'say "hi"' },
  ];
  expect(addLabelMatchers('up', filters)).toBe('up{a!~"x.*", b=~"x\\\\.y|z", c="say \\"hi\\""}');
  expect(addLabelMatchers('up', [])).toBe('up');
});

test.each([
  [{}, undefined, 'rate(x[5m])'],
  [{ le: '+Inf' }, undefined, '{le="+Inf"}'],
  [{ __name__: 'up', b: '2', a: '1' }, undefined, 'up{a="1", b="2"}'],
  [{ service: 'cart' }, '{{service}}', 'cart'],
  [{ service: 'cart' }, '{{ service }} of {{nothing}}', 'cart of '],
  [{ service: 'cart' }, '__auto', ''],
  [{}, '__auto', 'rate(x[5m])'],
])('the name of %j with legend %s is %s', (labels, legend, name) => {
  expect(seriesName(labels, 'rate(x[5m])', legend)).toBe(name);
});

it('writes a metric without labels as its name', () => {
  expect(promqlNotation({ __name__: 'up' })).toBe('up');
});

test.each([
  ['label_names()', { kind: 'label-names', metric: undefined }],
  ['label_values(service)', { kind: 'label-values', label: 'service', metric: undefined }],
  [
    'label_values(up{a="1,2", b="3"}, service)',
    { kind: 'label-values', label: 'service', metric: 'up{a="1,2", b="3"}' },
  ],
  ['metrics(.*_total)', { kind: 'metrics', regex: '.*_total' }],
  ['query_result(sum(up) by (job))', { kind: 'query-result', expr: 'sum(up) by (job)' }],
  ['up', undefined],
])('reads the variable query %s', (query, request) => {
  expect(parseMetricFind(query)).toEqual(request);
});
