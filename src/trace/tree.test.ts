import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeExportRequestJson } from '../tempo/otlp';
import { findSpans } from './find';
import { type Span, type SpanKind, type Trace } from './model';
import { expandedTo, visibleNodes } from './rows';
import { buildTraceTree, mainRoot, type SpanNode, type SpanWarning, type TraceTree } from './tree';

const TRACE_ID = '0123456789abcdef0123456789abcdef';
const START = BigInt('1795255601000000000');
const hex = (id: string) => id.padStart(16, '0');

/** One span for each line: `id<parent service start..end name`, times in ns since the start of the trace. */
function traceOf(...lines: string[]): Trace {
  const resources = new Map<string, Span['resource']>();
  const spans = lines.map((line): Span => {
    const match = /^(\w+)(?:<(\w+))? (\S+) (-?\d+)\.\.(-?\d+)(?: (\w+))?(!)?$/.exec(line);
    if (!match) {
      throw new Error(`not a span: ${line}`);
    }
    const [, id, parent, service, start, end, kind, error] = match;
    const resource = resources.get(service) ?? {
      attributes: service === '-' ? [] : [{ key: 'service.name', value: { type: 'string', value: service } }],
    };
    resources.set(service, resource);
    return {
      traceId: TRACE_ID,
      spanId: hex(id),
      parentSpanId: parent ? hex(parent) : '',
      traceState: '',
      name: `op ${id}`,
      kind: (kind ?? 'internal') as SpanKind,
      startTimeUnixNano: START + BigInt(start),
      endTimeUnixNano: START + BigInt(end),
      attributes: [{ key: 'span.letter', value: { type: 'string', value: id.toUpperCase() } }],
      events: [],
      links: [],
      status: { code: error ? 'error' : 'unset', message: '' },
      resource,
      scope: { name: '', version: '', attributes: [] },
    };
  });
  return { traceId: TRACE_ID, spans };
}

const idOf = ({ span }: SpanNode) => span.spanId.replace(/^0+/, '');

/** `a(b(c)d)` */
function shape(nodes: SpanNode[]): string {
  return nodes.map((node) => idOf(node) + (node.children.length > 0 ? `(${shape(node.children)})` : '')).join(' ');
}

function warnings(tree: TraceTree): Record<string, SpanWarning[]> {
  return Object.fromEntries(tree.nodes.filter((n) => n.warnings.length > 0).map((n) => [idOf(n), n.warnings]));
}

it.each<[string, string[], string, Record<string, SpanWarning[]>]>([
  ['nothing', [], '', {}],
  ['one span', ['a web 0..10'], 'a', {}],
  ['children by start, not by arrival', ['c<a web 5..6', 'b<a web 1..2', 'a web 0..10'], 'a(b c)', {}],
  ['equal starts in the order of arrival', ['a web 0..9', 'c<a web 1..2', 'b<a web 1..2'], 'a(c b)', {}],
  ['two roots', ['b db 5..9', 'a web 0..4'], 'a b', {}],
  [
    'missing parents at the top level',
    ['b<x web 3..5', 'c<b web 4..5', 'a web 0..9'],
    'a b(c)',
    { b: ['missingParent'] },
  ],
  [
    'a ring, broken at its earliest span',
    ['a<c web 3..5', 'b<a web 1..2', 'c<b web 4..5', 'd<c web 4..5'],
    'b(c(a d))',
    { b: ['parentCycle'], a: ['startsBeforeParent'] },
  ],
  ['its own parent', ['a<a web 0..5', 'b<a web 1..2'], 'a(b)', { a: ['parentCycle'] }],
  [
    'a span id used twice',
    ['a web 0..9', 'b<a web 1..4', 'b<a web 5..8', 'c<b web 2..3'],
    'a(b(c) b)',
    { b: ['duplicateSpanId'] },
  ],
  ['a clock behind', ['a web 100..200 client', 'b<a db 50..150 server'], 'a(b)', { b: ['startsBeforeParent'] }],
  ['a clock ahead', ['a web 0..100 client', 'b<a db 50..150 server'], 'a(b)', { b: ['endsAfterParent'] }],
  ['work that outlives its parent', ['a web 0..100 producer', 'b<a db 500..600 consumer'], 'a(b)', {}],
  ['an end before the start', ['a web 10..0'], 'a', { a: ['endsBeforeStart'] }],
])('builds a tree of %s', (_, lines, expectedShape, expectedWarnings) => {
  const tree = buildTraceTree(traceOf(...lines));
  expect(shape(tree.roots)).toBe(expectedShape);
  expect(warnings(tree)).toEqual(expectedWarnings);
  expect(tree.nodes.map(({ index }) => index)).toEqual(lines.map((_line, i) => i));
});

it.each<[string, string[], number]>([
  ['no children', ['a web 0..10'], 10],
  ['children apart', ['a web 0..10', 'b<a web 1..3', 'c<a web 5..6'], 7],
  ['children that overlap', ['a web 0..10', 'b<a web 1..5', 'c<a web 3..7'], 4],
  ['a child inside another', ['a web 0..10', 'b<a web 1..9', 'c<a web 3..4'], 2],
  ['a child that reaches over both ends', ['a web 5..10', 'b<a web 0..20'], 0],
  ['a child outside', ['a web 0..10', 'b<a web 20..30'], 10],
  ['an end before the start', ['a web 10..0', 'b<a web 2..3'], 0],
])('self time with %s', (_, lines, expected) => {
  const tree = buildTraceTree(traceOf(...lines));
  expect(tree.nodeBySpanId.get(hex('a'))?.selfTime).toBe(expected);
});

it('sums up the trace and its services', () => {
  const tree = buildTraceTree(traceOf('a web 10..110', 'b<a db 20..60!', 'c<a db 70..140', 'd<c - 80..90!'));
  expect(tree).toMatchObject({ duration: 130, errorCount: 2, levels: 3, startTimeUnixNano: START + BigInt(10) });
  expect(tree.services).toEqual([
    { name: 'web', spanCount: 1, errorCount: 0, selfTime: 20 },
    { name: 'db', spanCount: 2, errorCount: 1, selfTime: 100 },
    { name: '', spanCount: 1, errorCount: 1, selfTime: 10 },
  ]);
  expect(tree.nodes.map(({ descendantCount, depth }) => [descendantCount, depth])).toEqual([
    [3, 0],
    [0, 1],
    [1, 1],
    [0, 2],
  ]);
});

it('names the trace by its real root, not by an orphan that started earlier', () => {
  const tree = buildTraceTree(traceOf('b<x web 0..5', 'a web 3..9'));
  expect(mainRoot(tree)?.span.name).toBe('op a');
  expect(mainRoot(buildTraceTree(traceOf('b<x web 0..5')))?.span.name).toBe('op b');
});

it('hides what is collapsed and shows it again', () => {
  const tree = buildTraceTree(traceOf('a web 0..9', 'b<a web 1..5', 'c<b web 2..3', 'd<a web 6..7'));
  const node = (id: string) => {
    const found = tree.nodeBySpanId.get(hex(id));
    if (!found) {
      throw new Error(id);
    }
    return found;
  };
  const collapsed = new Set([node('a'), node('b')]);
  expect(visibleNodes(tree, collapsed).map(idOf)).toEqual(['a']);
  expect(visibleNodes(tree, new Set([node('b')])).map(idOf)).toEqual(['a', 'b', 'd']);
  expect(visibleNodes(tree, expandedTo(node('c'), collapsed)).map(idOf)).toEqual(['a', 'b', 'c', 'd']);
  expect(expandedTo(node('a'), collapsed)).toBe(collapsed);
});

it.each<[string, string[]]>([
  ['', []],
  ['OP B', ['b']],
  ['span.letter=c', ['c']],
  ['db', ['b', 'c']],
  ['service.name=web', ['a']],
  ['000000000000000b', ['b']],
  ['error', ['c']],
  ['nothing like it', []],
])('finds %j', (text, expected) => {
  const tree = buildTraceTree(traceOf('a web 0..9', 'b<a db 1..5', 'c<a db 2..3!'));
  expect(findSpans(tree, text).map(idOf)).toEqual(expected);
});

it('keeps every span of every trace of the contract data set', () => {
  const folder = join(__dirname, '../../tests/contract/dataset');
  for (const file of ['hotrod.json', 'k6-template.json', 'odd.json']) {
    const byTrace = new Map<string, Span[]>();
    for (const span of decodeExportRequestJson(readFileSync(join(folder, file), 'utf8'))) {
      byTrace.set(span.traceId, [...(byTrace.get(span.traceId) ?? []), span]);
    }
    for (const [traceId, spans] of byTrace) {
      const tree = buildTraceTree({ traceId, spans });
      expect(new Set(tree.nodes.map(({ span }) => span)).size).toBe(spans.length);
      expect(tree.nodes.every(({ selfTime, duration }) => selfTime >= 0 && selfTime <= duration)).toBe(true);
    }
  }
});

it('builds 100,000 spans in a single chain without recursion', () => {
  const lines = Array.from({ length: 100_000 }, (_, i) => `${i + 1}${i === 0 ? '' : `<${i}`} web ${i}..200000`);
  const tree = buildTraceTree(traceOf(...lines));
  expect(tree.levels).toBe(100_000);
  expect(tree.roots[0].descendantCount).toBe(99_999);
});
