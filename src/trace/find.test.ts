import { findSpans } from './find';
import { type Span, type Trace } from './model';
import { buildTraceTree, rootSpan } from './tree';

const span = (spanId: string, part: Partial<Span>): Span => ({
  traceId: 'ab'.repeat(16),
  spanId,
  parentSpanId: '',
  traceState: '',
  name: 'work',
  kind: 'internal',
  startTimeUnixNano: BigInt(1000),
  endTimeUnixNano: BigInt(2000),
  attributes: [],
  events: [],
  links: [],
  status: { code: 'unset', message: '' },
  resource: { attributes: [{ key: 'service.name', value: { type: 'string', value: 'shop' } }] },
  scope: { name: '', version: '', attributes: [] },
  ...part,
});

const trace: Trace = {
  traceId: 'ab'.repeat(16),
  spans: [
    span('1', { name: 'later root', startTimeUnixNano: BigInt(1500) }),
    span('2', { name: 'child', parentSpanId: '1', status: { code: 'error', message: '' } }),
    span('3', { name: 'error handler', parentSpanId: '1', kind: 'server' }),
    span('4', { attributes: [{ key: 'status', value: { type: 'string', value: 'error' } }], parentSpanId: '1' }),
  ],
};

it.each([
  ['status=error', ['2']],
  ['kind=server', ['3']],
  ['error handler', ['3']],
  ['STATUS=ERR', ['4']],
  ['nothing like it', []],
])('%s finds the spans %j', (text, ids) => {
  expect(findSpans(buildTraceTree(trace), text).map(({ span: { spanId } }) => spanId)).toEqual(ids);
});

it('names a trace after its root, also when a child starts earlier', () => {
  expect(rootSpan(trace)?.name).toBe('later root');
  expect(rootSpan({ ...trace, spans: trace.spans.slice(1) })?.name).toBe('child');
  expect(rootSpan({ ...trace, spans: [] })).toBeUndefined();
});
