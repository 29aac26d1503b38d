/**
 * What Tempo's JSON answers must look like (proto3 JSON: absent means default, 64-bit integers are strings), checked before
 * anything else sees them. Numbers and strings are both taken for 64-bit integers, as proto3 JSON says.
 */
import * as v from 'valibot';
import { decodeAnyValueJson } from './otlp';

const int64 = v.pipe(
  v.union([v.pipe(v.string(), v.regex(/^-?\d{1,20}$/, 'a decimal integer')), v.pipe(v.number(), v.integer())]),
  v.transform((value) => BigInt(value))
);
const nanos = v.optional(int64, '0');
const count = v.optional(v.pipe(v.number(), v.integer(), v.minValue(0)), 0);
/** A 64-bit count that nobody adds up: a number is exact enough. */
const bigCount = v.optional(
  v.pipe(
    int64,
    v.transform((value) => Number(value))
  )
);
const double = v.optional(
  v.union([
    v.number(),
    v.pipe(
      v.picklist(['NaN', 'Infinity', '-Infinity']),
      v.transform((text) => Number(text))
    ),
  ]),
  0
);
const text = v.optional(v.string(), '');

const anyValue = v.pipe(
  v.unknown(),
  v.rawTransform(({ dataset, addIssue, NEVER }) => {
    try {
      return decodeAnyValueJson(dataset.value ?? {}, 'value');
    } catch (error) {
      addIssue({ message: error instanceof Error ? error.message : String(error) });
      return NEVER;
    }
  })
);
const attributes = v.optional(v.array(v.object({ key: text, value: anyValue })), []);

const searchMetrics = v.optional(
  v.object({
    inspectedTraces: v.optional(v.number()),
    inspectedBytes: bigCount,
    inspectedSpans: bigCount,
    totalBlocks: v.optional(v.number()),
    completedJobs: v.optional(v.number()),
    totalJobs: v.optional(v.number()),
  }),
  {}
);

const partialStatus = {
  status: v.optional(v.union([v.string(), v.number()])),
  message: text,
};

const spanSet = v.object({
  spans: v.optional(
    v.array(
      v.object({
        spanID: v.string(),
        name: v.optional(v.string()),
        startTimeUnixNano: nanos,
        durationNanos: nanos,
        attributes,
      })
    ),
    []
  ),
  matched: count,
  attributes,
});

export const searchSchema = v.object({
  traces: v.optional(
    v.array(
      v.object({
        traceID: v.string(),
        rootServiceName: text,
        rootTraceName: text,
        startTimeUnixNano: nanos,
        durationMs: count,
        spanSet: v.optional(spanSet),
        spanSets: v.optional(v.array(spanSet)),
        serviceStats: v.optional(v.record(v.string(), v.object({ spanCount: count, errorCount: count })), {}),
      })
    ),
    []
  ),
  metrics: searchMetrics,
  ...partialStatus,
});

export const tagsSchema = v.object({
  scopes: v.optional(v.array(v.object({ name: v.string(), tags: v.optional(v.array(v.string()), []) })), []),
});

export const tagValuesSchema = v.object({
  tagValues: v.optional(v.array(v.object({ type: text, value: text })), []),
});

/** The lists of Tempo's first API, which knows neither scopes nor types. */
export const plainTagsSchema = v.object({ tagNames: v.optional(v.array(v.string()), []) });
export const plainTagValuesSchema = v.object({ tagValues: v.optional(v.array(text), []) });

const milliseconds = v.optional(
  v.pipe(
    int64,
    v.transform((value) => Number(value))
  ),
  '0'
);
const sample = v.object({ timestampMs: milliseconds, value: double });

export const metricsRangeSchema = v.object({
  series: v.optional(
    v.array(
      v.object({
        labels: attributes,
        samples: v.optional(v.array(sample), []),
        exemplars: v.optional(v.array(v.object({ ...sample.entries, labels: attributes })), []),
      })
    ),
    []
  ),
  metrics: searchMetrics,
  ...partialStatus,
});

export const metricsInstantSchema = v.object({
  series: v.optional(v.array(v.object({ labels: attributes, value: double })), []),
  metrics: searchMetrics,
  ...partialStatus,
});

export const buildInfoSchema = v.object({ version: text });
