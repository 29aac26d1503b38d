import { type Resource, type Span } from '../../../src/trace/model';

import { type HostInfoConfig } from './config';
import { LabelBuilder } from './labels';
import { type Gauge } from './metric';
import { type Registry } from './registry';

/** One series for each host that sends spans. */
export class HostInfo {
  private readonly info: Gauge;

  constructor(
    private readonly config: HostInfoConfig,
    registry: Registry
  ) {
    this.info = registry.gauge(config.metric_name);
  }

  push(spans: readonly Span[], nowMs: number): void {
    const seen = new Set<Resource>();
    for (const { resource } of spans) {
      if (!seen.has(resource)) {
        seen.add(resource);
        this.pushResource(resource, nowMs);
      }
    }
  }

  private pushResource(resource: Resource, nowMs: number): void {
    for (const identifier of this.config.host_identifiers) {
      for (const { key, value } of resource.attributes) {
        if (key === identifier && value.type === 'string' && value.value !== '') {
          this.set(value.value, key, nowMs);
          return;
        }
      }
    }
  }

  private set(host: string, source: string, nowMs: number): void {
    const builder = new LabelBuilder();
    builder.add('grafana_host_id', host);
    builder.add('host_source', source);
    const labels = builder.build();
    if (labels) {
      this.info.set(labels, 1, nowMs);
    }
  }
}
