import * as v from 'valibot';
import { type Answer, answered, failed } from './answer';
import { type ExemplarFacts } from './exemplar-facts';
import { readBody, type SetupReply } from './http';
import { type HistogramFacts, probeBuckets } from './prometheus/buckets';
import { type CardinalityFacts, probeCardinality } from './prometheus/cardinality';
import { probeExemplars } from './prometheus/exemplars';
import { askPrometheus, type PrometheusTarget, sampleSchema } from './prometheus/query';
import { probeSeries, type SeriesFacts } from './prometheus/series';
import { probeVirtualNodes, type VirtualNodeFacts } from './prometheus/virtual-nodes';
import { type ClockReading, mapped } from './tempo-probes';

/** What the check wants to know of a Prometheus, or of what speaks its API. */
export interface PrometheusAnswers {
  prometheusBuild: Answer<{ version: string; application: string }>;
  /** Features that were turned on by --enable-feature; many servers tell this to nobody. */
  prometheusFeatures: Answer<string[]>;
  prometheusClock: Answer<ClockReading>;
  series: Answer<SeriesFacts>;
  virtualNodes: Answer<VirtualNodeFacts>;
  buckets: Answer<HistogramFacts[]>;
  cardinality: Answer<CardinalityFacts>;
  exemplars: Answer<ExemplarFacts>;
}

const scalarSchema = v.object({
  status: v.literal('success'),
  data: v.object({ resultType: v.literal('scalar'), result: sampleSchema }),
});
const buildSchema = v.object({
  status: v.literal('success'),
  data: v.looseObject({ version: v.optional(v.string(), ''), application: v.optional(v.string(), '') }),
});
const flagsSchema = v.object({ status: v.literal('success'), data: v.record(v.string(), v.string()) });

type Pending = { [K in keyof PrometheusAnswers]: Promise<PrometheusAnswers[K]> };

/** Starts all requests; those that need the producer's names wait for them. */
export function probePrometheus(target: PrometheusTarget): Pending {
  const series = probeSeries(target);
  const next = async <T>(probe: (facts: SeriesFacts) => Promise<Answer<T>>): Promise<Answer<T>> => {
    const facts = await series;
    return facts.ok ? probe(facts.value) : facts;
  };
  return {
    prometheusBuild: askPrometheus(target, 'status/buildinfo').then((reply) =>
      mapped(readBody(reply, buildSchema), ({ data }) => ({ version: data.version, application: data.application }))
    ),
    prometheusFeatures: askPrometheus(target, 'status/flags').then(featuresOf),
    prometheusClock: probeClock(target),
    series,
    virtualNodes: next(({ dialect, found }) =>
      found ? probeVirtualNodes(target, dialect) : Promise.resolve(failed('missing', 'no service graph series'))
    ),
    buckets: next((facts) => probeBuckets(target, facts)),
    cardinality: next(({ names }) => probeCardinality(target, names)),
    exemplars: next((facts) => probeExemplars(target, facts)),
  };
}

export function noPrometheus(message: string): Pending {
  const missing = failed('missing', message);
  return {
    prometheusBuild: Promise.resolve(missing),
    prometheusFeatures: Promise.resolve(missing),
    prometheusClock: Promise.resolve(missing),
    series: Promise.resolve(missing),
    virtualNodes: Promise.resolve(missing),
    buckets: Promise.resolve(missing),
    cardinality: Promise.resolve(missing),
    exemplars: Promise.resolve(missing),
  };
}

async function probeClock(target: PrometheusTarget): Promise<Answer<ClockReading>> {
  const reply = await askPrometheus(target, 'query', { query: 'time()' });
  if (!reply.ok) {
    return reply;
  }
  const { sentMs, receivedMs } = reply.value;
  return mapped(readBody(reply, scalarSchema), ({ data }) => {
    const serverMs = Number(data.result[1]) * 1000;
    return { sentMs, receivedMs, ...(Number.isFinite(serverMs) ? { serverMs } : {}) };
  });
}

function featuresOf(reply: Answer<SetupReply>): Answer<string[]> {
  const flags = readBody(reply, flagsSchema);
  if (!flags.ok) {
    return flags;
  }
  const text = flags.value.data['enable-feature'];
  return text === undefined
    ? failed('unsupported', 'the server does not list its features')
    : answered(text.split(/[,\s]+/).filter(Boolean));
}
