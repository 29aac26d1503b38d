import { createDataFrame, FieldType } from '@grafana/data';
import { exemplarDestinations } from './core-contracts';
import { exemplarTargetOfLabels, exemplarTargets } from './exemplars';
import { callUrl, exploreUrl, safeUrl, searchUrl, serviceMapUrl, serviceUrl, textOfSegment, traceUrl } from './urls';

const ID = '0123456789abcdef0123456789abcdef';

describe('exemplarTargetOfLabels', () => {
  it.each(['traceID', 'trace_id', 'traceId', 'traceid', 'trace:id'])('reads the trace id under %s', (name) => {
    expect(exemplarTargetOfLabels({ job: 'a', [name]: ID })).toEqual({ traceId: ID, name });
  });

  it.each<[string, Record<string, unknown>, object | undefined]>([
    ['a short id is padded', { traceID: 'ABC123' }, { traceId: 'abc123'.padStart(32, '0'), name: 'traceID' }],
    [
      'the span id comes along',
      { trace_id: ID, span_id: 'ab' },
      { traceId: ID, spanId: '00000000000000ab', name: 'trace_id' },
    ],
    ['a broken span id does not', { trace_id: ID, span_id: 'x' }, { traceId: ID, name: 'trace_id' }],
    ['no hex is no id, the next name is tried', { traceID: 'hello', trace_id: ID }, { traceId: ID, name: 'trace_id' }],
    ['zeros are no id', { traceID: '0'.repeat(32) }, undefined],
    ['too long is no id', { traceID: `${ID}0` }, undefined],
    ['numbers are no ids', { traceID: 12 }, undefined],
    ['nothing', {}, undefined],
  ])('%s', (_, labels, expected) => {
    expect(exemplarTargetOfLabels(labels)).toEqual(expected);
  });
});

it('reads the target out of a frame row: from fields, or from the labels of a field', () => {
  const frame = createDataFrame({
    fields: [
      { name: 'Time', type: FieldType.time, values: [1, 2] },
      { name: 'Value', type: FieldType.number, values: [0.1, 0.2] },
      { name: 'trace_id', type: FieldType.string, values: [ID, ''] },
    ],
  });
  const targetOf = exemplarTargets(frame);
  expect(targetOf(0)).toEqual({ traceId: ID, name: 'trace_id' });
  expect(targetOf(1)).toBeUndefined();
  const labelled = createDataFrame({
    fields: [{ name: 'Value', type: FieldType.number, values: [0.1], labels: { traceID: ID } }],
  });
  expect(exemplarTargets(labelled)(0)).toEqual({ traceId: ID, name: 'traceID' });
});

describe('URLs', () => {
  const context = { from: 'now-1h', to: 'now', tempo: 'T', prometheus: 'P' };
  const common = 'from=now-1h&to=now&var-tempo=T&var-prometheus=P';
  const app = '/a/traceatlas-tempo-app';

  it.each([
    [serviceMapUrl(context), `${app}/service-map?${common}`],
    [serviceMapUrl({ ...context, namespace: 'shop' }), `${app}/service-map?${common}&var-namespace=shop`],
    [serviceUrl('a/b c&d', { tempo: 'T' }), `${app}/service/a%2Fb%20c%26d?var-tempo=T`],
    [
      callUrl('web', '["shop","cart"]', { tempo: 'T' }),
      `${app}/service/cart?var-tempo=T&var-namespace=shop&caller=web`,
    ],
    [serviceUrl('..', {}), `${app}/service/~2E~2E`],
    [serviceUrl('50% ~off', {}), `${app}/service/50~25%20~7Eoff`],
    [traceUrl('ABC', { spanId: '1234567890abcdef' }), `${app}/trace/${'abc'.padStart(32, '0')}?span=1234567890abcdef`],
    [traceUrl(ID, { from: 1, to: 2 }), `${app}/trace/${ID}?from=1&to=2`],
    [searchUrl('{ name = "a&b" }', {}), `${app}/search?q=%7B+name+%3D+%22a%26b%22+%7D`],
  ])('%s', (url, expected) => {
    expect(url).toBe(expected);
  });

  it.each(['..', '.', 'a.b', '100%', '%2F', 'a/b', '~', '~25', 'ü ?#&'])('gives the service %p back', (service) => {
    const segment = new URL(serviceUrl(service, {}), 'http://localhost').pathname.split('/').at(-1) ?? '';
    expect(textOfSegment(decodeURIComponent(segment))).toBe(service);
  });

  it("opens Explore in Grafana's own URL form", () => {
    const url = exploreUrl({
      datasource: { uid: 'u', type: 'tempo' },
      query: { query: ID, queryType: 'traceql' },
      from: 'now-1h',
      to: 'now',
      spanId: 'ab',
    });
    const parsed = new URL(url, 'http://localhost');
    expect(parsed.pathname).toBe('/explore');
    expect(parsed.searchParams.get('schemaVersion')).toBe('1');
    expect(JSON.parse(parsed.searchParams.get('panes') ?? '')).toEqual({
      A: {
        datasource: 'u',
        queries: [{ query: ID, queryType: 'traceql', refId: 'A', datasource: { uid: 'u', type: 'tempo' } }],
        range: { from: 'now-1h', to: 'now' },
        panelsState: { trace: { spanId: 'ab' } },
      },
    });
  });

  it.each([
    ['https://example.com/a?b=c', 'https://example.com/a?b=c'],
    ['HTTP://example.com', 'http://example.com/'],
    ['javascript:alert(1)', undefined],
    ['data:text/html,hi', undefined],
    ['//example.com', undefined],
    ['/local', undefined],
    ['http://', undefined],
    [42, undefined],
  ])('safeUrl(%p) is %p', (value, expected) => {
    expect(safeUrl(value)).toBe(expected);
  });
});

describe('contracts with Grafana core', () => {
  it.each<[unknown, unknown]>([
    [
      { exemplarTraceIdDestinations: [{ name: 'traceID', datasourceUid: 'x' }] },
      [{ name: 'traceID', datasourceUid: 'x' }],
    ],
    [{}, []],
    [{ exemplarTraceIdDestinations: 'broken' }, []],
    [undefined, []],
  ])('reads the exemplar destinations of %j', (jsonData, expected) => {
    expect(exemplarDestinations(jsonData)).toEqual(expected);
  });
});
