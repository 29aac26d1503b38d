import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type Labels } from '@grafana/data';
import * as v from 'valibot';
import { type ExemplarSeries, type QueryData } from './api';

const CONTRACT_DIR = path.resolve(__dirname, '../../../../tests/contract/grafana');

const fieldSchema = v.looseObject({
  name: v.string(),
  type: v.string(),
  labels: v.optional(v.record(v.string(), v.string())),
  config: v.optional(v.record(v.string(), v.unknown())),
});
const frameSchema = v.object({
  schema: v.object({
    name: v.optional(v.string()),
    refId: v.string(),
    meta: v.optional(v.record(v.string(), v.unknown())),
    fields: v.array(fieldSchema),
  }),
  data: v.object({
    values: v.array(v.array(v.union([v.number(), v.string(), v.null()]))),
    entities: v.optional(v.array(v.nullable(v.object({ NaN: v.optional(v.array(v.number()), []) })))),
  }),
});
const recordingSchema = v.object({
  request: v.object({
    body: v.object({
      queries: v.array(v.object({ expr: v.string(), legendFormat: v.optional(v.string()) })),
    }),
  }),
  body: v.object({ results: v.object({ A: v.object({ frames: v.array(frameSchema) }) }) }),
});

export type RecordedFrame = v.InferOutput<typeof frameSchema>;

/** A recorded answer of Grafana's own data source: the query and the frames it made. */
export function readRecording(name: string) {
  const { request, body } = v.parse(
    recordingSchema,
    JSON.parse(readFileSync(path.join(CONTRACT_DIR, `${name}.json`), 'utf8'))
  );
  return { query: request.body.queries[0], frames: body.results.A.frames };
}

function samples({ data }: RecordedFrame): Array<[number, string]> {
  const notANumber = new Set(data.entities?.[1]?.NaN ?? []);
  return data.values[0].map((time, row) => [
    Number(time) / 1000,
    notANumber.has(row) ? 'NaN' : String(data.values[1][row]),
  ]);
}

function labels(frame: RecordedFrame): Labels {
  return frame.schema.fields[1].labels ?? {};
}

/** The answer of Prometheus that such frames were made of. */
export function asMatrix(frames: RecordedFrame[]): QueryData {
  return {
    resultType: 'matrix',
    result: frames.map((frame) => ({ metric: labels(frame), values: samples(frame), histograms: [] })),
  };
}

export function asVector(frames: RecordedFrame[]): QueryData {
  return {
    resultType: 'vector',
    result: frames.map((frame) => ({ metric: labels(frame), value: samples(frame)[0] })),
  };
}

/** Exemplars with their labels; which of them were the series' makes no difference to the frame. */
export function asExemplars({ schema, data }: RecordedFrame): ExemplarSeries[] {
  const names = schema.fields.slice(2).map(({ name }) => name);
  return data.values[0].map((time, row) => ({
    seriesLabels: {},
    exemplars: [
      {
        timestamp: Number(time) / 1000,
        value: String(data.values[1][row]),
        labels: Object.fromEntries(names.map((name, index) => [name, String(data.values[index + 2][row])])),
      },
    ],
  }));
}
