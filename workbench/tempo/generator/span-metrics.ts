import { type Resource, type Span } from '../../../src/trace/model';

import { attributeText, findAttribute } from './attribute-text';
import { type ProcessorName, type SpanMetricsConfig } from './config';
import { LabelBuilder, type LabelSet, sanitizeWithCollisions } from './labels';
import { type Counter, type Gauge, type Histogram } from './metric';
import { type Registry } from './registry';
import { exemplarTraceId, spanMultiplier, spanSeconds } from './span-facts';
import { spanSize } from './span-size';

const PREFIX = 'traces_spanmetrics_';
const INTRINSIC_LABELS = ['service', 'span_name', 'span_kind', 'status_code', 'status_message'] as const;
const SPAN_LABELS_TAKEN: ReadonlySet<string> = new Set(INTRINSIC_LABELS);
const TARGET_INFO_LABELS_TAKEN: ReadonlySet<string> = new Set([...INTRINSIC_LABELS, 'job', 'instance']);
/** `job` and `instance` stand for these. */
const IDENTIFYING_ATTRIBUTES: ReadonlySet<string> = new Set([
  'service.name',
  'service.namespace',
  'service.instance.id',
]);

interface ServiceIdentity {
  service: string;
  /** `namespace/name`, or the name alone */
  job: string;
  instance: string;
}

/** Counts every span by service, name, kind and status, with its latency and size. */
export class SpanMetrics {
  private readonly calls?: Counter;
  private readonly latency?: Histogram;
  private readonly size?: Counter;
  private readonly targetInfo: Gauge;
  private readonly dimensions: Array<{ attribute: string; label: string }>;
  private readonly mappings: Array<{ sources: string[]; join: string; label: string }>;
  private readonly excludedFromTargetInfo: ReadonlySet<string>;

  constructor(
    private readonly config: SpanMetricsConfig,
    processors: readonly ProcessorName[],
    registry: Registry
  ) {
    const all = processors.includes('span-metrics');
    if (all || processors.includes('span-metrics-count')) {
      this.calls = registry.counter(`${PREFIX}calls_total`);
    }
    if (all || processors.includes('span-metrics-latency')) {
      this.latency = registry.histogram(`${PREFIX}latency`, config.histogram_buckets);
    }
    if (all || processors.includes('span-metrics-size')) {
      this.size = registry.counter(`${PREFIX}size_total`);
    }
    this.targetInfo = registry.gauge('traces_target_info');
    const label = (name: string) => sanitizeWithCollisions(name, SPAN_LABELS_TAKEN);
    this.dimensions = config.dimensions.map((attribute) => ({ attribute, label: label(attribute) }));
    this.mappings = config.dimension_mappings.map(({ name, source_labels, join }) => ({
      sources: source_labels,
      join,
      label: label(name),
    }));
    this.excludedFromTargetInfo = new Set(config.target_info_excluded_dimensions);
  }

  push(spans: readonly Span[], nowMs: number): void {
    const identities = new Map<Resource, ServiceIdentity>();
    for (const span of spans) {
      const known = identities.get(span.resource);
      const identity = known ?? identityOf(span.resource);
      const labels = this.labels(span, identity);
      if (!labels) {
        continue;
      }
      this.count(span, labels, nowMs);
      if (!known) {
        identities.set(span.resource, identity);
        this.setTargetInfo(span.resource, identity, nowMs);
      }
    }
  }

  private count(span: Span, labels: LabelSet, nowMs: number): void {
    const multiplier = spanMultiplier(span, this.config.span_multiplier_key);
    this.calls?.increase(labels, multiplier, nowMs);
    this.latency?.observe(labels, spanSeconds(span), exemplarTraceId(span.traceId), multiplier, nowMs);
    this.size?.increase(labels, spanSize(span), nowMs);
  }

  private labels(span: Span, { service, job, instance }: ServiceIdentity): LabelSet | undefined {
    const labels = new LabelBuilder();
    const intrinsic: Record<(typeof INTRINSIC_LABELS)[number], string> = {
      service,
      span_name: span.name,
      span_kind: `SPAN_KIND_${span.kind.toUpperCase()}`,
      status_code: `STATUS_CODE_${span.status.code.toUpperCase()}`,
      status_message: span.status.message,
    };
    for (const name of INTRINSIC_LABELS) {
      if (this.config.intrinsic_dimensions[name]) {
        labels.add(name, intrinsic[name]);
      }
    }
    for (const { attribute, label } of this.dimensions) {
      labels.add(label, findAttribute(attribute, span.resource.attributes, span.attributes) ?? '');
    }
    for (const { sources, join, label } of this.mappings) {
      const values = sources.map((source) => findAttribute(source, span.resource.attributes, span.attributes));
      labels.add(label, values.filter(Boolean).join(join));
    }
    if (this.config.enable_target_info) {
      this.addIdentity(labels, job, instance);
    }
    return labels.build();
  }

  private addIdentity(labels: LabelBuilder, job: string, instance: string): void {
    if (job !== '') {
      labels.add('job', job);
    }
    if (instance !== '' && this.config.enable_instance_label) {
      labels.add('instance', instance);
    }
  }

  /** Resource attributes as labels, when there is something to identify the resource by and something to tell of it. */
  private setTargetInfo(resource: Resource, { job, instance }: ServiceIdentity, nowMs: number): void {
    if (!this.config.enable_target_info) {
      return;
    }
    const builder = new LabelBuilder();
    for (const { key, value } of resource.attributes) {
      const unfit = key === '' || /^[0-9]/.test(key);
      if (!unfit && !IDENTIFYING_ATTRIBUTES.has(key) && !this.excludedFromTargetInfo.has(key)) {
        builder.add(sanitizeWithCollisions(key, TARGET_INFO_LABELS_TAKEN), attributeText(value));
      }
    }
    this.addIdentity(builder, job, instance);
    const labels = builder.build();
    const identifying = labels?.labels.filter(({ name }) => name === 'job' || name === 'instance').length ?? 0;
    if (labels && identifying > 0 && labels.labels.length > identifying) {
      this.targetInfo.setOnce(labels, 1, nowMs);
    }
  }
}

function identityOf(resource: Resource): ServiceIdentity {
  const service = findAttribute('service.name', resource.attributes) ?? '';
  const namespace = findAttribute('service.namespace', resource.attributes) ?? '';
  return {
    service,
    job: service !== '' && namespace !== '' ? `${namespace}/${service}` : service,
    instance: findAttribute('service.instance.id', resource.attributes) ?? '',
  };
}
