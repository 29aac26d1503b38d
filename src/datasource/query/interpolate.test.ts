import { type ScopedVars } from '@grafana/data';
import { interpolateQuery, replaceInQuotedText } from './interpolate';

const VALUES: Record<string, string | string[]> = {
  service: 'shop',
  quoted: 'a"b\\c',
  many: ['GET /a.b', 'PUT'],
  one: ['a.b'],
  limit: '5m',
  condition: '.http.method = "GET"',
};

/** Grafana's replacement as far as it matters here: variables, and the two ways a format is given. */
function replace(text = '', _scopedVars?: ScopedVars, format?: string | Function): string {
  return text.replace(/\$(?:\{(\w+)\}|(\w+))/g, (whole, braced?: string, bare?: string) => {
    const name = braced ?? bare ?? '';
    const value = VALUES[name];
    if (value === undefined) {
      return whole;
    }
    if (typeof format === 'function') {
      return format(value, { name }, () => '');
    }
    if (!Array.isArray(value)) {
      return value;
    }
    return format === 'pipe' ? value.join('|') : `{${value.join(',')}}`;
  });
}

describe('replaceInQuotedText', () => {
  it.each([
    ['{resource.service.name="$service"}', '{resource.service.name="shop"}'],
    ['{name="$quoted"}', '{name="a\\"b\\\\c"}'],
    ['{name=~"$many"}', '{name=~"GET /a\\\\.b|PUT"}'],
    ['{name="$one"}', '{name="a.b"}'],
    ['{$condition}', '{.http.method = "GET"}'],
    ['{.a > $limit && name="x $service y"}', '{.a > 5m && name="x shop y"}'],
    ['{name="\\"$service"}', '{name="\\"shop"}'],
    ['no variables', 'no variables'],
  ])('fills in %s', (text, expected) => {
    expect(replaceInQuotedText(text, {}, replace)).toBe(expected);
  });
});

describe('interpolateQuery', () => {
  it('fills in every field, and a variable of several values becomes several values of a row', () => {
    const query = interpolateQuery(
      {
        refId: 'A',
        query: '{name="$service"}',
        step: '$limit',
        filters: [
          { id: '1', tag: 'a', operator: '=', value: '$many' },
          { id: '2', tag: '$service', operator: '=~', value: ['$many'] },
        ],
        serviceMapQuery: ['{client=~"$many"}', '{server="$service"}'],
      },
      {},
      replace
    );
    expect(query).toEqual({
      refId: 'A',
      query: '{name="shop"}',
      step: '5m',
      filters: [
        { id: '1', tag: 'a', operator: '=', value: ['GET /a.b', 'PUT'] },
        { id: '2', tag: 'shop', operator: '=~', value: ['GET /a\\.b', 'PUT'] },
      ],
      serviceMapQuery: ['{client=~"GET /a\\\\.b|PUT"}', '{server="shop"}'],
    });
  });
});
