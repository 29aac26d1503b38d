import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parser as otherParser } from '@grafana/lezer-traceql';
import { complete, parseQuery, validateQuery, type CompletionContext, type CompletionTag } from '../src/traceql';
import { parser as tolerantParser } from '../src/traceql/grammar/parser.gen';
import { median, type BenchResult } from './bench-result';

const TAGS = 20_000;
const ROUNDS = 7;
const NOISE_BYTES = 1 << 20;
const TYPED =
  '{ resource.service.name = "checkout" && span.group12.attribute.117 > 5 && status = error } | rate() by (resource.k8s.pod.name)';

interface Recorded {
  q: string;
  endpoint: 'search' | 'metrics';
  verdict: string;
}

const recorded: Recorded[] = JSON.parse(
  readFileSync(path.resolve(__dirname, '../tests/contract/traceql/queries.json'), 'utf8')
);

/** What typing costs, how fast queries are read, and how the verdicts compare with Tempo's and with Grafana's grammar. */
export async function run(): Promise<BenchResult> {
  return {
    name: 'traceql',
    rows: [...(await completionRows()), ...throughputRows(), noiseRow(), ...verdictRows()],
    notes: [
      `Completion: every letter of a query of ${TYPED.length} characters is typed, ${ROUNDS} times, with ${TAGS} tags in the cache.`,
      `Throughput: the ${recorded.length} recorded queries of tests/contract/traceql, median of ${ROUNDS} rounds.`,
      'A grammar alone has no type checks, so it cannot refuse type errors.',
    ],
  };
}

async function completionRows(): Promise<BenchResult['rows']> {
  const tags = Array.from({ length: TAGS }, (_, index): CompletionTag => ({
    scope: index % 2 ? 'span' : 'resource',
    name: `group${index % 200}.attribute.${index}`,
  }));
  const context: CompletionContext = {
    tags: () => Promise.resolve(tags),
    values: () => Promise.resolve([{ type: 'string', value: 'checkout' }]),
  };
  const first = await timed(() => complete('{ ', 2, context));
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (let length = 1; length <= TYPED.length; length++) {
      times.push(await timed(() => complete(TYPED.slice(0, length), length, context)));
    }
  }
  return [
    row('completion, first with these tags', 'ms', first),
    row('completion, a letter, p50', 'ms', median(times)),
    row('completion, a letter, p95', 'ms', percentile(times, 0.95)),
    row('completion, a letter, longest', 'ms', Math.max(...times)),
  ];
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function throughputRows(): BenchResult['rows'] {
  const queries = recorded.map(({ q }) => q);
  const bytes = queries.reduce((sum, query) => sum + Buffer.byteLength(query), 0);
  const readers: Array<[string, (query: string) => unknown]> = [
    ['tree, types and messages (parseQuery)', parseQuery],
    ['tolerant grammar (for the editor)', (query) => tolerantParser.parse(query)],
    ['@grafana/lezer-traceql', (query) => otherParser.parse(query)],
  ];
  return readers.flatMap(([name, read]) => {
    const seconds = median(
      Array.from({ length: ROUNDS + 1 }, () => {
        const start = performance.now();
        queries.forEach(read);
        return (performance.now() - start) / 1000;
      }).slice(1)
    );
    return [
      row(`${name}`, 'queries/s', Math.round(queries.length / seconds)),
      row(`${name}`, 'MB/s', bytes / 1e6 / seconds),
    ];
  });
}

function noiseRow(): BenchResult['rows'][number] {
  const pieces = '{}()|=!<>&~^%*/+-.,"`\'\\ \n\t0159asmhxé#';
  let state = 1;
  const noise = Array.from({ length: NOISE_BYTES }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return pieces[Math.floor((state / 2 ** 32) * pieces.length)];
  }).join('');
  const start = performance.now();
  parseQuery(noise);
  tolerantParser.parse(noise);
  return row('1 MB of noise, both parsers', 'ms', performance.now() - start);
}

function verdictRows(): BenchResult['rows'] {
  const accepted = recorded.filter(({ verdict }) => verdict === 'valid');
  const refused = recorded.filter(({ verdict }) => verdict !== 'valid');
  const ours = (one: Recorded) => validateQuery(one.q, { endpoint: one.endpoint }).verdict === 'valid';
  const others = ({ q }: Recorded) => !hasError(q);
  return [
    row('accepts of what Tempo accepts', `of ${accepted.length}`, accepted.filter(ours).length),
    row(
      'accepts of what Tempo accepts, @grafana/lezer-traceql',
      `of ${accepted.length}`,
      accepted.filter(others).length
    ),
    row('refuses of what Tempo refuses', `of ${refused.length}`, refused.filter((one) => !ours(one)).length),
    row(
      'refuses of what Tempo refuses, @grafana/lezer-traceql',
      `of ${refused.length}`,
      refused.filter((one) => !others(one)).length
    ),
  ];
}

function hasError(query: string): boolean {
  const cursor = otherParser.parse(query).cursor();
  do {
    if (cursor.type.isError) {
      return true;
    }
  } while (cursor.next());
  return false;
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
}

function row(what: string, unit: string, figure: number): BenchResult['rows'][number] {
  return { what, figure: Number(figure.toPrecision(4)), unit };
}
