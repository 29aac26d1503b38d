import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { parse } from 'yaml';

import { decodeExportRequestJson } from '../../../src/tempo/otlp';
import { type Span } from '../../../src/trace/model';

import { readGeneratorConfig } from './config';
import { MetricsGenerator } from './generator';
import { labelsKey, sortLabels } from './labels';
import { type Label, type NativeHistogram, type TimeSeries } from './write-request';

const CONTRACT = join(__dirname, '../../../tests/contract');
const NOW_MS = Date.UTC(2026, 10, 21, 10, 15);
const WAIT_MS = 5000;

const metricLabels = v.record(v.string(), v.string());
const numberText = v.pipe(v.string(), v.transform(Number));
const queryAnswer = v.object({
  response: v.object({
    data: v.object({
      result: v.array(
        v.object({
          metric: metricLabels,
          value: v.optional(v.tuple([v.number(), numberText])),
          histogram: v.optional(
            v.tuple([
              v.number(),
              v.object({
                count: numberText,
                sum: numberText,
                buckets: v.optional(v.array(v.tuple([v.number(), numberText, numberText, numberText])), []),
              }),
            ])
          ),
        })
      ),
    }),
  }),
});
const exemplarsAnswer = v.object({
  response: v.object({
    data: v.array(
      v.object({
        seriesLabels: metricLabels,
        exemplars: v.array(v.object({ labels: metricLabels, value: numberText })),
      })
    ),
  }),
});

/** The traces in the order they were sent: file by file, one push for each trace. */
function recordedPushes(): Span[][] {
  const pushes: Span[][] = [];
  for (const file of ['hotrod.json', 'k6-template.json', 'odd.json']) {
    const byTrace = new Map<string, Span[]>();
    for (const span of decodeExportRequestJson(readFileSync(join(CONTRACT, 'dataset', file), 'utf8'))) {
      byTrace.set(span.traceId, [...(byTrace.get(span.traceId) ?? []), span]);
    }
    pushes.push(...byTrace.values());
  }
  return pushes;
}

/** The latest sample of each series, and all exemplars, by series key. */
function generated(configFile: string) {
  const config = readGeneratorConfig(parse(readFileSync(join(CONTRACT, 'recording', configFile), 'utf8')));
  const generator = new MetricsGenerator(config);
  for (const spans of recordedPushes()) {
    generator.push(spans, NOW_MS);
  }
  const series = new Map<string, TimeSeries>();
  for (const atMs of [NOW_MS + 1000, NOW_MS + 1000 + WAIT_MS]) {
    for (const one of generator.collect(atMs).timeseries) {
      const key = labelsKey(one.labels);
      series.set(key, { ...one, exemplars: [...(series.get(key)?.exemplars ?? []), ...one.exemplars] });
    }
  }
  return series;
}

function keyOf(labels: Record<string, string>): string {
  return labelsKey(sortLabels(Object.entries(labels).map(([name, value]): Label => ({ name, value }))));
}

function bucketsOf(histogram: NativeHistogram): Array<{ upperBound: number; count: number }> {
  const buckets: Array<{ upperBound: number; count: number }> = [];
  if (histogram.zeroCount > 0) {
    buckets.push({ upperBound: histogram.zeroThreshold, count: histogram.zeroCount });
  }
  let index = 0;
  let count = 0;
  const deltas = [...histogram.positiveDeltas];
  for (const { offset, length } of histogram.positiveSpans) {
    index += offset;
    for (let i = 0; i < length; i++, index++) {
      count += deltas.shift() ?? NaN;
      if (count > 0) {
        buckets.push({ upperBound: 2 ** (index / 2 ** histogram.schema), count });
      }
    }
  }
  return buckets;
}

/** Equal up to the order of addition. */
function close(actual: number, expected: number): boolean {
  return actual === expected || Math.abs(actual - expected) <= 1e-9 * Math.max(Math.abs(actual), Math.abs(expected));
}

describe.each([
  { run: 'default', configFile: 'tempo.yaml' },
  { run: 'extended', configFile: 'tempo-extended.yaml' },
])('the $run run', ({ run, configFile }) => {
  const directory = join(CONTRACT, 'generator', run);
  const series = generated(configFile);
  const files = readdirSync(directory).filter((file) => file !== 'index.json');
  const read = (file: string): unknown => JSON.parse(readFileSync(join(directory, file), 'utf8'));
  const valueFiles = files.filter((file) => !file.includes('.exemplars.'));
  const exemplarFiles = files.filter((file) => file.includes('.exemplars.'));

  it.each(valueFiles)('%s has the same series and values', (file) => {
    const recorded = v.parse(queryAnswer, read(file)).response.data.result;
    const name = file.replace('.json', '');
    const differences: string[] = [];
    for (const { metric, value, histogram } of recorded) {
      const own = series.get(keyOf(metric));
      const at = JSON.stringify(metric);
      if (!own) {
        differences.push(`missing ${at}`);
      } else if (value) {
        const latest = own.samples.at(-1)?.value ?? NaN;
        if (!close(latest, value[1])) {
          differences.push(`${at}: ${latest} instead of ${value[1]}`);
        }
      } else if (histogram) {
        differences.push(...histogramDifferences(own.histograms.at(-1), histogram[1]).map((text) => `${at}: ${text}`));
      }
    }
    const known = new Set(recorded.map(({ metric }) => keyOf(metric)));
    for (const [key, { labels }] of series) {
      if (labels.some((label) => label.name === '__name__' && label.value === name) && !known.has(key)) {
        differences.push(`not recorded: ${JSON.stringify(labels)}`);
      }
    }
    expect(differences).toEqual([]);
  });

  it.each(exemplarFiles)('%s has the same exemplars', (file) => {
    const recorded = v.parse(exemplarsAnswer, read(file)).response.data;
    const name = file.replace('.exemplars.json', '');
    const text = (traceId: string | undefined, value: number) => `${traceId} ${value}`;
    const expected = recorded.map(({ seriesLabels, exemplars }) => [
      keyOf(seriesLabels),
      exemplars.map(({ labels, value }) => text(labels.traceID, value)),
    ]);
    const own = [...series].flatMap(([key, { labels, exemplars }]) =>
      exemplars.length > 0 && labels.some((label) => label.name === '__name__' && label.value === name)
        ? [[key, exemplars.map((exemplar) => text(exemplar.labels[0].value, exemplar.value))]]
        : []
    );
    expect(Object.fromEntries(own)).toEqual(Object.fromEntries(expected));
  });

  it('wrote no metric that Tempo did not write', () => {
    const names = new Set<string>();
    for (const { labels } of series.values()) {
      names.add(labels.find(({ name }) => name === '__name__')?.value ?? '');
    }
    expect([...names].sort()).toEqual(valueFiles.map((file) => file.replace('.json', '')).sort());
  });
});

function histogramDifferences(
  own: NativeHistogram | undefined,
  recorded: { count: number; sum: number; buckets: Array<[number, number, number, number]> }
): string[] {
  if (!own) {
    return ['no native histogram'];
  }
  const differences: string[] = [];
  if (own.count !== recorded.count || !close(own.sum, recorded.sum)) {
    differences.push(`count ${own.count}, sum ${own.sum} instead of ${recorded.count}, ${recorded.sum}`);
  }
  const buckets = bucketsOf(own);
  const same =
    buckets.length === recorded.buckets.length &&
    buckets.every(({ upperBound, count }, i) => {
      const [, , recordedBound, recordedCount] = recorded.buckets[i];
      return close(upperBound, recordedBound) && count === recordedCount;
    });
  if (!same) {
    differences.push(`buckets ${JSON.stringify(buckets)} instead of ${JSON.stringify(recorded.buckets)}`);
  }
  return differences;
}
