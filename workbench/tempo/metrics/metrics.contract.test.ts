import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';

import { decodeExportRequestJson } from '../../../src/tempo/otlp';
import { TraceStore } from '../store';

import { handleMetricsInstant, handleMetricsRange } from './handlers';

const CONTRACT = join(__dirname, '../../../tests/contract');
/** Between the end of the data and the next full hour, as the recording was: a step of an hour ends before the data then. */
const NOW_MS = Date.UTC(2026, 10, 21, 10, 30);

const label = v.object({ key: v.string(), value: v.record(v.string(), v.unknown()) });
const exemplar = v.object({ labels: v.array(label), value: v.optional(v.number(), 0), timestampMs: v.string() });
const answer = v.object({
  series: v.optional(
    v.array(
      v.object({
        labels: v.array(label),
        value: v.optional(v.number(), 0),
        samples: v.optional(v.array(v.object({ timestampMs: v.string(), value: v.optional(v.number(), 0) })), []),
        exemplars: v.optional(v.array(exemplar), []),
      })
    )
  ),
  status: v.optional(v.string()),
  message: v.optional(v.string()),
});
const recording = v.object({
  name: v.string(),
  request: v.object({ path: v.string(), query: v.record(v.string(), v.string()) }),
  status: v.number(),
  contentType: v.string(),
  body: v.unknown(),
});
type Answer = v.InferOutput<typeof answer>;

const store = new TraceStore();
for (const file of ['hotrod.json', 'k6-template.json', 'odd.json']) {
  store.add(decodeExportRequestJson(readFileSync(join(CONTRACT, 'dataset', file), 'utf8')));
}

const names = readdirSync(join(CONTRACT, 'golden')).filter((file) => /^(metrics|instant)-/.test(file));

function labelKey(labels: Array<v.InferOutput<typeof label>>): string {
  return JSON.stringify(labels.map(({ key, value }) => [key, value]).sort());
}

/** The value with each number that is close to the one in `expected` replaced by it: sums depend on the order of addition. */
function aligned(value: unknown, expected: unknown): unknown {
  if (typeof value === 'number' && typeof expected === 'number') {
    return Math.abs(value - expected) <= 1e-9 * Math.abs(expected) ? expected : value;
  }
  if (Array.isArray(value) && Array.isArray(expected)) {
    return value.map((element, i) => aligned(element, expected[i]));
  }
  if (typeof value === 'object' && value !== null && typeof expected === 'object' && expected !== null) {
    const others = new Map(Object.entries(expected));
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, aligned(inner, others.get(key))]));
  }
  return value;
}

/** What the rules in golden/README.md leave to compare. */
function comparable(query: string, body: Answer) {
  const series = (body.series ?? []).map(({ labels, value, samples }) => ({
    labels: labelKey(labels),
    value,
    samples: samples.map(({ timestampMs, value: sample }) => [timestampMs, sample]),
  }));
  if (query.includes('compare(')) {
    // Which of several equally frequent values make the top is chance: how many, not which.
    const counts: Record<string, number> = {};
    for (const { labels } of body.series ?? []) {
      const of = JSON.stringify([
        labels.map(({ key }) => key).sort(),
        labels.filter(({ key }) => key === '__meta_type'),
      ]);
      counts[of] = (counts[of] ?? 0) + 1;
    }
    return { counts, status: body.status, message: body.message };
  }
  series.sort((a, b) => (a.labels < b.labels ? -1 : 1));
  return { hasSeries: body.series !== undefined, series, status: body.status, message: body.message };
}

it.each(names)('%s', (file) => {
  const recorded = v.parse(recording, JSON.parse(readFileSync(join(CONTRACT, 'golden', file), 'utf8')));
  const params = new URLSearchParams(recorded.request.query);
  const handle = recorded.request.path === '/api/metrics/query' ? handleMetricsInstant : handleMetricsRange;
  const own = handle(params, store, NOW_MS);

  expect([own.status, own.contentType]).toEqual([recorded.status, recorded.contentType]);
  if (typeof recorded.body === 'string') {
    expect(own.body).toBe(recorded.body);
    return;
  }
  const query = params.get('q') ?? '';
  const ownBody = v.parse(answer, JSON.parse(own.body));
  const expected = comparable(query, v.parse(answer, recorded.body));
  expect(aligned(comparable(query, ownBody), expected)).toEqual(expected);

  const traceIds = (ownBody.series ?? []).flatMap(({ exemplars }) =>
    exemplars.map(({ labels }) => String(labels.find(({ key }) => key === 'trace:id')?.value.stringValue))
  );
  for (const traceId of traceIds) {
    expect(store.trace(traceId.padStart(32, '0'))).toBeDefined();
  }
});
