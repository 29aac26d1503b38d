import { interpolateQuery, replaceInQuotedText } from '../query/interpolate';
import { filtersToTraceql } from '../../traceql/search-form';
import { type TagNamesRequest, type TagSource, type TagValuesRequest } from '../tags/tag-source';
import { valuesOfSavedQuery } from './variable-values';

type Variables = Record<string, string | string[]>;

/** Grafana's template service for variables that are written `$name` or `${name}`. */
function replaceWith(variables: Variables) {
  return (text = '', _scopedVars?: object, format?: string | ((value: string | string[]) => string)) =>
    text.replace(/\$\{?(\w+)\}?/g, (whole: string, name: string) => {
      const value = variables[name];
      if (value === undefined) {
        return whole;
      }
      return typeof format === 'function' ? format(value) : [value].flat().join('|');
    });
}

function tagSource(): { tags: TagSource; asked: Array<TagNamesRequest | TagValuesRequest> } {
  const asked: Array<TagNamesRequest | TagValuesRequest> = [];
  return {
    asked,
    tags: {
      names: async (request) => {
        asked.push(request);
        return [
          { scope: 'resource', tags: ['service.name', 'cluster'] },
          { scope: 'span', tags: ['http.method'] },
        ];
      },
      values: async (request) => {
        asked.push(request);
        return ['a', 'b', 'a'].map((value) => ({ type: 'string', value }));
      },
    },
  };
}

function optionsFor(saved: unknown, variables: Variables = {}) {
  const { tags, asked } = tagSource();
  const fill = (text: string) => replaceInQuotedText(text, {}, replaceWith(variables));
  return { asked, options: valuesOfSavedQuery(saved, fill, tags, undefined) };
}

it('lists label names, those of spans that match', async () => {
  const { options, asked } = optionsFor({ type: 0, query: '{resource.cluster="$cluster"}' }, { cluster: 'eu' });
  expect(await options).toEqual(['resource.cluster', 'resource.service.name', 'span.http.method']);
  expect(asked).toMatchObject([{ query: '{resource.cluster="eu"}' }]);
});

it('lists each value once', async () => {
  expect(await optionsFor({ type: 1, label: 'resource.cluster' }).options).toEqual(['a', 'b']);
});

it.each([
  ['service.name', 'resource.service.name'],
  ['http.method', 'span.http.method'],
  ['span.db.name', 'span.db.name'],
  ['nowhere.yet', '.nowhere.yet'],
  ['$label', 'span.http.method'],
])('finds the scope of %s', async (label, tag) => {
  const { options, asked } = optionsFor({ type: 1, label }, { label: 'http.method' });
  await options;
  expect(asked[asked.length - 1]).toMatchObject({ tag });
});

it('is narrowed by the values of another variable, also by several of them', async () => {
  const { options, asked } = optionsFor(
    { type: 1, label: 'resource.service.name', query: '{resource.cluster=~"$cluster"}' },
    { cluster: ['eu.west', 'us'] }
  );
  await options;
  expect(asked).toMatchObject([{ query: '{resource.cluster=~"eu\\\\.west|us"}' }]);
});

it('reads a text as the name of a tag', async () => {
  expect(await optionsFor('resource.cluster').options).toEqual(['a', 'b']);
});

it.each([[undefined], [{}], [{ type: 1 }], [{ type: 1, label: ' ' }], [{ type: 2 }], ['']])(
  'D15: an unfinished query %j is refused instead of waited for',
  async (saved) => {
    await expect(optionsFor(saved).options).rejects.toThrow(/^Choose/);
  }
);

describe('D15: several values of a variable are right in every kind of query', () => {
  const replace = replaceWith({ service: ['shop', 'a.b'] });

  it('in the text of TraceQL', () => {
    const query = interpolateQuery({ refId: 'A', query: '{resource.service.name=~"$service"}' }, {}, replace);
    expect(query.query).toBe('{resource.service.name=~"shop|a\\\\.b"}');
  });

  it('in metrics', () => {
    const query = interpolateQuery({ refId: 'A', query: '{name=~"${service}"} | rate()' }, {}, replace);
    expect(query.query).toBe('{name=~"shop|a\\\\.b"} | rate()');
  });

  it.each([
    ['=', '{(resource.service.name="shop" || resource.service.name="a.b")}'],
    ['=~', '{resource.service.name=~"shop|a\\\\.b"}'],
    ['!=', '{resource.service.name!="shop" && resource.service.name!="a.b"}'],
  ])('in a row of the search builder with %s', (operator, traceql) => {
    const row = { id: 's', scope: 'resource' as const, tag: 'service.name', operator, value: '$service' };
    const { filters = [] } = interpolateQuery({ refId: 'A', filters: [row] }, {}, replace);
    expect(filtersToTraceql(filters)).toBe(traceql);
  });

  it('in the filter of a service graph', () => {
    const query = interpolateQuery({ refId: 'A', serviceMapQuery: ['{client=~"$service"}'] }, {}, replace);
    expect(query.serviceMapQuery).toEqual(['{client=~"shop|a\\\\.b"}']);
  });
});
