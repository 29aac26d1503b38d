import { type Label, type TimeSeries, type WriteRequest } from './write-request';

/** Samples in one request; Prometheus' own remote write sends as many. */
const MAX_SAMPLES = 2000;

/** Cuts a request into ones that are not too large. Each series stays whole. */
export function splitRequest(request: WriteRequest, maxSamples = MAX_SAMPLES): WriteRequest[] {
  const parts: WriteRequest[] = [];
  let part: TimeSeries[] = [];
  let samples = 0;
  for (const series of request.timeseries) {
    const size = seriesSize(series);
    if (part.length > 0 && samples + size > maxSamples) {
      parts.push({ timeseries: part });
      part = [];
      samples = 0;
    }
    part.push(series);
    samples += size;
  }
  if (part.length > 0) {
    parts.push({ timeseries: part });
  }
  return parts;
}

/** Puts the samples of consecutive collections of one generator together, series by series. */
export function mergeCollections(collections: readonly WriteRequest[]): WriteRequest {
  // The generator gives a series the same labels array each time; a new series with equal labels comes later.
  const bySeries = new Map<readonly Label[], TimeSeries>();
  for (const { timeseries } of collections) {
    for (const series of timeseries) {
      const merged = bySeries.get(series.labels);
      if (merged) {
        merged.samples.push(...series.samples);
        merged.exemplars.push(...series.exemplars);
        merged.histograms.push(...series.histograms);
      } else {
        bySeries.set(series.labels, {
          labels: series.labels,
          samples: [...series.samples],
          exemplars: [...series.exemplars],
          histograms: [...series.histograms],
        });
      }
    }
  }
  return { timeseries: [...bySeries.values()] };
}

/** ms since the Unix epoch of the first sample that is not a series' leading zero; `undefined` without samples. */
export function collectionTime({ timeseries: [first] }: WriteRequest): number | undefined {
  return (first?.samples.at(-1) ?? first?.histograms.at(-1))?.timestampMs;
}

function seriesSize({ samples, histograms }: TimeSeries): number {
  return samples.length + histograms.length;
}
