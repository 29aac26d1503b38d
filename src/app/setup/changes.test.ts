import { applyChange, changeDiff, exemplarDestinationsTo, traceToMetrics } from './changes';

const names = { calls: 'c_total', latency: 'l', unit: 's' as const, serviceLabel: 'service', namespaceLabel: 'ns' };

it.each([
  ['nothing set', {}, [{ name: 'traceID', datasourceUid: 't' }]],
  [
    'another label stays',
    { exemplarTraceIdDestinations: [{ name: 'my', datasourceUid: 'x' }] },
    [
      { name: 'my', datasourceUid: 'x' },
      { name: 'traceID', datasourceUid: 't' },
    ],
  ],
  [
    'the same label elsewhere is replaced',
    { exemplarTraceIdDestinations: [{ name: 'traceID', datasourceUid: 'x' }] },
    [{ name: 'traceID', datasourceUid: 't' }],
  ],
  [
    'a URL for the same label stays beside',
    { exemplarTraceIdDestinations: [{ name: 'traceID', url: 'https://x' }] },
    [
      { name: 'traceID', url: 'https://x' },
      { name: 'traceID', datasourceUid: 't' },
    ],
  ],
])('exemplar links: %s', (_, jsonData, expected) => {
  expect(exemplarDestinationsTo(jsonData, ['traceID'], 't')).toEqual({ exemplarTraceIdDestinations: expected });
});

it('changes only its keys', () => {
  const before = { httpMethod: 'POST', serviceMap: { datasourceUid: 'old', kept: true } };
  expect(applyChange(before, { set: { serviceMap: { datasourceUid: 'new' } } })).toEqual({
    httpMethod: 'POST',
    serviceMap: { datasourceUid: 'new' },
  });
});

it('shows what changes and nothing else', () => {
  const lines = changeDiff(
    { httpHeaderName1: 'X-Secret', serviceMap: { datasourceUid: 'old' } },
    { set: { serviceMap: { datasourceUid: 'new' } } }
  );
  expect(lines).toEqual([
    { kind: 'same', text: 'jsonData:' },
    { kind: 'same', text: '  serviceMap:' },
    { kind: 'removed', text: '    datasourceUid: old' },
    { kind: 'added', text: '    datasourceUid: new' },
  ]);
});

it('takes another order of keys for no difference', () => {
  const list = [{ datasourceUid: 't', name: 'a' }];
  const lines = changeDiff({ list }, { set: { list: [{ name: 'a', datasourceUid: 't' }] } });
  expect(lines.map(({ kind }) => kind)).toEqual(lines.map(() => 'same'));
  expect(lines.map(({ text }) => text)).toContain('    - name: a');
});

it('asks native histograms without buckets', () => {
  expect(JSON.stringify(traceToMetrics('prom', names, 'native'))).toContain('sum(rate(l{$__tags}[5m]))');
});
