/** `ServiceGraph` -> node and edge frames with the field names of Grafana's node graph panel. */
import { createDataFrame, type DataFrame, type DataLink, type Field, FieldColorModeId, FieldType } from '@grafana/data';
import { type RequestStats, type Service, type ServiceCall, type ServiceGraph, type ServiceKind } from './model';

export interface NodeGraphFrameOptions {
  refId?: string;
  /** Data links for the `id` field of nodes and of edges. */
  nodeLinks?: DataLink[];
  edgeLinks?: DataLink[];
  /** px; when every service has one, the panel draws them there and does no layout of its own. */
  positions?: ReadonlyMap<string, { x: number; y: number }>;
}

/** Units as Grafana's own service graph spells them: milliseconds per request, requests per second. */
const LATENCY_STAT_UNIT = 'ms/r';
const RATE_STAT_UNIT = 'r/sec';
export const FAILED_STAT_UNIT = '%';
/** Of graphs out of sampled traces, which have no rates */
export const SAMPLE_STAT_UNIT = 'requests';

/** Icon names of @grafana/ui. */
const KIND_ICONS: Record<ServiceKind, string> = {
  service: '',
  user: 'user',
  database: 'database',
  messaging: 'envelope',
  external: 'globe',
};

type Value = string | number | boolean | undefined;

function field<T extends Value>(name: string, type: FieldType, values: T[], config: Field['config'] = {}): Field<T> {
  return { name, type, values, config };
}

function toMs(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : seconds * 1000;
}

function toPercent(share: number | undefined): number | undefined {
  return share === undefined ? undefined : share * 100;
}

/** Failed requests as a share of all, 0 to 1. */
export function errorShare({ rate, errorRate, sample, failedShare }: RequestStats): number | undefined {
  if (sample) {
    return sample.requests > 0 ? sample.failed / sample.requests : undefined;
  }
  return rate && errorRate !== undefined ? Math.min(1, errorRate / rate) : failedShare;
}

/** What tells busy calls from quiet ones: req/s, or the requests of a sample. */
function volume({ rate, sample }: RequestStats): number | undefined {
  return sample?.requests ?? rate;
}

/** Widths from 1 to 5 px by the logarithm of the rate; thin without one. */
function edgeThickness(rate: number | undefined, highest: number): number {
  return rate && highest > 0 ? 1 + (4 * Math.log1p(rate)) / Math.log1p(highest) : 1;
}

function latencyFields(items: Array<{ stats: RequestStats }>): Field[] {
  const quantiles = [
    ['p50', 'p50'],
    ['p95', 'p95'],
    ['p99', 'p99'],
  ] as const;
  return quantiles.map(([name, key]) =>
    field(
      `detail__${name}`,
      FieldType.number,
      items.map(({ stats }) => toMs(stats[key])),
      { displayName: `Latency ${name}`, unit: 'ms' }
    )
  );
}

function statFields(items: Array<{ stats: RequestStats }>): Field[] {
  return [
    field(
      'mainstat',
      FieldType.number,
      items.map(({ stats }) => toMs(stats.mean)),
      { displayName: 'Average response time', unit: LATENCY_STAT_UNIT }
    ),
    items.some(({ stats }) => stats.sample)
      ? field(
          'secondarystat',
          FieldType.number,
          items.map(({ stats }) => stats.sample?.requests),
          { displayName: 'Requests in the sample', unit: SAMPLE_STAT_UNIT }
        )
      : field(
          'secondarystat',
          FieldType.number,
          items.map(({ stats }) => stats.rate),
          { displayName: 'Requests per second', unit: RATE_STAT_UNIT, decimals: 2 }
        ),
  ];
}

function failedField(items: Array<{ stats: RequestStats }>): Field {
  return field(
    'detail__errors',
    FieldType.number,
    items.map(({ stats }) => toPercent(errorShare(stats))),
    // The panel writes the unit behind the number as it stands, so no unit of Grafana that has to be worked out.
    { displayName: 'Failed requests', unit: FAILED_STAT_UNIT }
  );
}

/** The panel draws NaN for an absent arc; with no arc at all it draws a plain circle, which says the same. */
const NO_ARC = 0;

function arcField(name: string, displayName: string, color: string, values: Array<number | undefined>): Field {
  return field(name, FieldType.number, values, {
    displayName,
    color: { mode: FieldColorModeId.Fixed, fixedColor: color },
  });
}

function frame(name: string, fields: Field[], refId: string | undefined): DataFrame {
  return createDataFrame({ name, refId, fields, meta: { preferredVisualisationType: 'nodeGraph' } });
}

function positionFields(services: Service[], positions: NodeGraphFrameOptions['positions']): Field[] {
  // The panel throws when only some nodes have a place.
  if (!positions || services.length === 0 || services.some(({ id }) => !positions.has(id))) {
    return [];
  }
  return (['x', 'y'] as const).map((axis) =>
    field(
      `fixed${axis}`,
      FieldType.number,
      services.map(({ id }) => positions.get(id)?.[axis])
    )
  );
}

function nodesFrame({ services }: ServiceGraph, options: NodeGraphFrameOptions): DataFrame {
  const shares = services.map(({ stats }) => errorShare(stats));
  return frame(
    'Nodes',
    [
      field(
        'id',
        FieldType.string,
        services.map(({ id }) => id),
        { links: options.nodeLinks }
      ),
      field(
        'title',
        FieldType.string,
        services.map(({ name }) => name),
        { displayName: 'Service name' }
      ),
      field(
        'subtitle',
        FieldType.string,
        services.map(({ namespace }) => namespace),
        { displayName: 'Service namespace' }
      ),
      ...statFields(services),
      arcField(
        'arc__success',
        'Success',
        'green',
        shares.map((share) => (share === undefined ? NO_ARC : 1 - share))
      ),
      arcField(
        'arc__failed',
        'Failed',
        'red',
        shares.map((share) => share ?? NO_ARC)
      ),
      ...latencyFields(services),
      failedField(services),
      field(
        'detail__kind',
        FieldType.string,
        services.map(({ kind }) => kind),
        { displayName: 'Kind' }
      ),
      field(
        'isinstrumented',
        FieldType.boolean,
        services.map(({ kind }) => kind === 'service')
      ),
      ...iconField(services),
      ...positionFields(services, options.positions),
    ],
    options.refId
  );
}

/** In the core panel an icon takes the place of the numbers, so only nodes without numbers get one. */
function iconField(services: Service[]): Field[] {
  const icons = services.map(({ kind, stats }) => (Object.keys(stats).length === 0 ? KIND_ICONS[kind] : ''));
  return icons.some(Boolean) ? [field('icon', FieldType.string, icons)] : [];
}

function edgesFrame({ services, calls }: ServiceGraph, options: NodeGraphFrameOptions): DataFrame {
  const byId = new Map(services.map((service) => [service.id, service]));
  const highest = calls.reduce((most, { stats }) => Math.max(most, volume(stats) ?? 0), 0);
  const end = (name: string, pick: (call: ServiceCall) => string, read: (service?: Service) => string | undefined) =>
    field(
      name,
      FieldType.string,
      calls.map((call) => read(byId.get(pick(call))))
    );
  return frame(
    'Edges',
    [
      field(
        'id',
        FieldType.string,
        calls.map(({ id }) => id),
        { links: options.edgeLinks }
      ),
      field(
        'source',
        FieldType.string,
        calls.map(({ source }) => source)
      ),
      end(
        'sourceName',
        ({ source }) => source,
        (service) => service?.name
      ),
      end(
        'sourceNamespace',
        ({ source }) => source,
        (service) => service?.namespace
      ),
      field(
        'target',
        FieldType.string,
        calls.map(({ target }) => target)
      ),
      end(
        'targetName',
        ({ target }) => target,
        (service) => service?.name
      ),
      end(
        'targetNamespace',
        ({ target }) => target,
        (service) => service?.namespace
      ),
      ...statFields(calls),
      ...latencyFields(calls),
      failedField(calls),
      field(
        'detail__connection',
        FieldType.string,
        calls.map(({ connectionType }) => connectionType),
        { displayName: 'Connection' }
      ),
      field(
        'thickness',
        FieldType.number,
        calls.map(({ stats }) => edgeThickness(volume(stats), highest))
      ),
    ],
    options.refId
  );
}

/** @returns the `Nodes` and the `Edges` frame, in this order */
export function toNodeGraphFrames(graph: ServiceGraph, options: NodeGraphFrameOptions = {}): DataFrame[] {
  return [nodesFrame(graph, options), edgesFrame(graph, options)];
}
