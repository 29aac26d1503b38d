/** Node and edge frames of any data source -> `ServiceGraph`, with whatever they lack or have too much of put right. */
import {
  createTheme,
  type DataFrame,
  type DisplayProcessor,
  type Field,
  formattedValueToString,
  getDisplayProcessor,
} from '@grafana/data';
import { runSteps, type Steps } from '../trace/steps';
import { measured } from './call-drafts';
import { UNNAMED } from './ends';
import {
  callId,
  type ConnectionType,
  type Detail,
  type RequestStats,
  type Service,
  type ServiceCall,
  type ServiceGraph,
  type ServiceKind,
} from './model';
import { callLookAt, isOwnFrame, labelFields, labelsAt, lookAt, placeAt } from './frame-looks';
import { FAILED_STAT_UNIT, SAMPLE_STAT_UNIT } from './to-frames';

const KINDS: readonly ServiceKind[] = ['service', 'user', 'database', 'messaging', 'external'];
const CONNECTIONS: readonly ConnectionType[] = ['', 'virtual_node', 'messaging_system', 'database'];
/** Ids of Grafana's units of throughput, and what its own service graph writes */
const RATE_UNITS: Record<string, number> = {
  'r/sec': 1,
  'r/min': 1 / 60,
  ...perSecond('cps', 'ops', 'reqps', 'rps', 'wps', 'iops', 'eps', 'mps', 'recps', 'rowsps'),
  ...perMinute('cpm', 'opm', 'reqpm', 'rpm', 'wpm', 'epm', 'mpm', 'recpm', 'rowspm'),
};
/** Likewise of time */
const SECONDS_PER_UNIT: Record<string, number> = {
  'ms/r': 1e-3,
  's/r': 1,
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  ms: 1e-3,
  dtdurationms: 1e-3,
  s: 1,
  dtdurations: 1,
  m: 60,
  h: 3600,
};

function perSecond(...units: string[]): Record<string, number> {
  return Object.fromEntries(units.map((unit) => [unit, 1]));
}

function perMinute(...units: string[]): Record<string, number> {
  return Object.fromEntries(units.map((unit) => [unit, 1 / 60]));
}

/** Factor from a unit to seconds; undefined for what is no duration */
export function secondsPerUnit(unit: string | undefined): number | undefined {
  return SECONDS_PER_UNIT[unit?.trim() ?? ''];
}

const QUANTILE_FIELDS = { p50: 'detail__p50', p95: 'detail__p95', p99: 'detail__p99' } as const;

/** A frame with what has to be known of its fields for every row. */
export interface Columns {
  length: number;
  /** By name in lower case: the panel's field names are matched without regard to case. */
  byName: ReadonlyMap<string, Field>;
  /** Looked up once, as they are read in every row */
  id?: Field;
  title?: Field;
  subtitle?: Field;
  kind?: Field;
  icon?: Field;
  source?: Field;
  target?: Field;
  connection?: Field;
  errors?: Field;
  /** Number for which `errors` has 1, all requests */
  allErrors: number;
  failedArcs: Field[];
  /** mainstat and secondarystat */
  stats: StatColumn[];
  quantiles: Array<StatColumn & { key: keyof typeof QUANTILE_FIELDS }>;
  arcs: Field[];
  details: Array<{ field: Field; label: string; display: DisplayProcessor }>;
  labels: Field[];
  /** Made by `toNodeGraphFrames`: what it says of looks is for Grafana's own panel */
  isOwn: boolean;
}

interface StatColumn {
  field: Field;
  /** Factors to req/s and to s, for a unit of that kind */
  rate?: number;
  seconds?: number;
  isSample: boolean;
}

function statColumn(field: Field): StatColumn {
  const unit = unitOf(field);
  return { field, rate: RATE_UNITS[unit], seconds: SECONDS_PER_UNIT[unit], isSample: unit === SAMPLE_STAT_UNIT };
}

const QUANTILES = ['p50', 'p95', 'p99'] as const;

function columnsOf(frame: DataFrame): Columns {
  const { fields, length } = frame;
  // The first of several fields with one name counts.
  const byName = new Map([...fields].reverse().map((field) => [field.name.toLowerCase(), field]));
  const errors = byName.get('detail__errors');
  return {
    length,
    byName,
    id: byName.get('id'),
    title: byName.get('title'),
    subtitle: byName.get('subtitle'),
    kind: byName.get('detail__kind'),
    icon: byName.get('icon'),
    source: byName.get('source'),
    target: byName.get('target'),
    connection: byName.get('detail__connection'),
    errors,
    allErrors: unitOf(errors) === FAILED_STAT_UNIT ? 100 : 1,
    failedArcs: ['arc__failed', 'arc__errors', 'arc__error'].flatMap((name) => byName.get(name) ?? []),
    stats: ['mainstat', 'secondarystat'].flatMap((name) => {
      const field = byName.get(name);
      return field ? [statColumn(field)] : [];
    }),
    quantiles: QUANTILES.flatMap((key) => {
      const field = byName.get(QUANTILE_FIELDS[key]);
      return field ? [{ ...statColumn(field), key }] : [];
    }),
    arcs: fields.filter(({ name }) => name.toLowerCase().startsWith('arc__')),
    isOwn: isOwnFrame(byName),
    labels: labelFields([...byName.values()]),
    // What the node graph would write on a node comes first.
    details: [...fields.filter(isDetail)]
      .sort((a, b) => Number(!isStat(a)) - Number(!isStat(b)))
      .map((field) => ({
        field,
        label: field.config.displayName || field.name.replace(/^detail__/i, ''),
        display: field.display ?? getDisplayProcessor({ field, theme: createTheme() }),
      })),
  };
}

function textAt(field: Field | undefined, row: number): string {
  const value: unknown = field?.values[row];
  return value === undefined || value === null ? '' : String(value);
}

function numberAt(field: Field | undefined, row: number): number | undefined {
  const value: unknown = field?.values[row];
  return typeof value === 'number' ? measured(value) : undefined;
}

function isEdges({ source, target }: Columns): boolean {
  return source !== undefined && target !== undefined;
}

function isNodes(frame: Columns): boolean {
  return !isEdges(frame) && frame.id !== undefined;
}

function unitOf(field: Field | undefined): string {
  return field?.config.unit?.trim() ?? '';
}

/** A statistic whose unit says what it is becomes that number; of any other only the text is kept. */
function statsAt(frame: Columns, row: number): RequestStats {
  const stats: RequestStats = {};
  const share = failedShareAt(frame, row);
  for (const { field, rate, seconds, isSample } of frame.stats) {
    const value = numberAt(field, row);
    if (value === undefined) {
      continue;
    }
    if (rate !== undefined) {
      stats.rate = value * rate;
    } else if (seconds !== undefined) {
      stats.mean = value * seconds;
    } else if (isSample) {
      stats.sample = { requests: value, failed: Math.round((share ?? 0) * value) };
    }
  }
  for (const { key, field, seconds = 1 } of frame.quantiles) {
    const value = numberAt(field, row);
    if (value !== undefined) {
      stats[key] = value * seconds;
    }
  }
  if (share !== undefined && stats.rate) {
    stats.errorRate = share * stats.rate;
  } else if (share !== undefined && stats.rate === undefined && !stats.sample) {
    stats.failedShare = share;
  }
  return stats;
}

function failedShareAt(frame: Columns, row: number): number | undefined {
  const share = failedDetailAt(frame, row) ?? (hasArcs(frame, row) ? failedArcAt(frame, row) : undefined);
  return share === undefined ? undefined : Math.min(1, share);
}

function failedDetailAt({ errors, allErrors }: Columns, row: number): number | undefined {
  const value = errors && numberAt(errors, row);
  return value === undefined ? undefined : value / allErrors;
}

function failedArcAt({ failedArcs }: Columns, row: number): number | undefined {
  return failedArcs.map((field) => numberAt(field, row)).find(Number.isFinite);
}

/** A node without any arc says nothing of errors. */
function hasArcs(frame: Columns, row: number): boolean {
  return frame.arcs.some((field) => Boolean(numberAt(field, row)));
}

/** Fields that `RequestStats` or the kind have taken in need not be told twice. */
const READ_FIELDS = new Set<string>([
  ...Object.values(QUANTILE_FIELDS),
  'detail__errors',
  'detail__kind',
  'detail__connection',
]);

function isStat({ name }: Field): boolean {
  return /^(?:main|secondary)stat$/i.test(name);
}

function isDetail(field: Field): boolean {
  const name = field.name.toLowerCase();
  if (name === 'mainstat' || name === 'secondarystat') {
    const unit = unitOf(field);
    return RATE_UNITS[unit] === undefined && SECONDS_PER_UNIT[unit] === undefined && unit !== SAMPLE_STAT_UNIT;
  }
  return name.startsWith('detail__') && !READ_FIELDS.has(name);
}

function detailsAt(frame: Columns, row: number): Detail[] {
  return frame.details.length === 0
    ? []
    : frame.details.flatMap(({ field, label, display }) => {
        const value: unknown = field.values[row];
        const text =
          value === undefined || value === null || value === '' ? '' : formattedValueToString(display(value));
        return text ? [{ label, text }] : [];
      });
}

function oneOf<T extends string>(known: readonly T[], value: string): T | undefined {
  return value === known[0] ? known[0] : known.find((candidate) => candidate === value);
}

/** Icon names of @grafana/ui for what is no service */
const ICON_KINDS: Record<string, ServiceKind> = {
  user: 'user',
  'users-alt': 'user',
  database: 'database',
  'gf-prometheus': 'database',
  envelope: 'messaging',
  'envelope-alt': 'messaging',
  'comment-alt': 'messaging',
  globe: 'external',
  cloud: 'external',
  'external-link-alt': 'external',
};

function kindOfIcon(icon: string): ServiceKind {
  return ICON_KINDS[icon] ?? 'service';
}

function serviceAt(frame: Columns, row: number): Service {
  const id = textAt(frame.id, row);
  const namespace = textAt(frame.subtitle, row);
  return {
    id,
    name: textAt(frame.title, row) || id || UNNAMED,
    ...(namespace ? { namespace } : {}),
    kind: oneOf(KINDS, textAt(frame.kind, row)) ?? kindOfIcon(textAt(frame.icon, row)),
    stats: statsAt(frame, row),
    details: detailsAt(frame, row),
    ...labelsAt(frame.labels, row),
    ...(frame.isOwn ? {} : { ...lookAt(frame, row), ...placeAt(frame, row) }),
  };
}

function callAt(frame: Columns, row: number): ServiceCall {
  const source = textAt(frame.source, row);
  const target = textAt(frame.target, row);
  const connectionType = oneOf(CONNECTIONS, textAt(frame.connection, row)) ?? '';
  return {
    id: textAt(frame.id, row) || callId(source, target, connectionType),
    source,
    target,
    connectionType,
    stats: statsAt(frame, row),
    details: detailsAt(frame, row),
    ...(frame.isOwn ? {} : callLookAt(frame, row)),
  };
}

function* rows<T>(frames: readonly Columns[], read: (frame: Columns, row: number) => T): Steps<T[]> {
  const items: T[] = [];
  for (const frame of frames) {
    for (let row = 0; row < frame.length; row++) {
      items.push(read(frame, row));
      yield;
    }
  }
  return items;
}

function uniqueById<T extends { id: string }>(items: T[]): T[] {
  const ids = new Set<string>();
  items.forEach(({ id }) => ids.add(id));
  return ids.size === items.length ? items : [...new Map(items.map((item) => [item.id, item])).values()];
}

/** Services that only edges name: drawn rather than lost. */
function missingServices(services: readonly Service[], calls: readonly ServiceCall[]): Service[] {
  const known = new Set(services.map(({ id }) => id));
  const missing = new Set<string>();
  const check = (id: string) => {
    if (!known.has(id)) {
      missing.add(id);
    }
  };
  for (const { source, target } of calls) {
    check(source);
    check(target);
  }
  return [...missing].map((id) => ({ id, name: id, kind: 'service', stats: {} }));
}

/**
 * Takes every node and edge frame among `frames`; other frames are left out.
 * Edges whose service is in no node frame bring that service along; edges without an end are dropped with a notice.
 * @returns undefined when there is neither a node nor an edge frame
 */
export function fromNodeGraphFrames(frames: readonly DataFrame[]): ServiceGraph | undefined {
  return runSteps(fromNodeGraphFramesSteps(frames));
}

/** The same in steps, for tens of thousands of rows. */
export function* fromNodeGraphFramesSteps(frames: readonly DataFrame[]): Steps<ServiceGraph | undefined> {
  const columns = frames.map(columnsOf);
  const nodeFrames = columns.filter(isNodes);
  const edgeFrames = columns.filter(isEdges);
  if (nodeFrames.length + edgeFrames.length === 0) {
    return undefined;
  }
  const allCalls = uniqueById(yield* rows(edgeFrames, callAt));
  yield;
  const calls = allCalls.filter(({ source, target }) => source !== '' && target !== '');
  const services = uniqueById(yield* rows(nodeFrames, serviceAt));
  yield;
  const dropped = allCalls.length - calls.length;
  return {
    services: [...services, ...missingServices(services, calls)],
    calls,
    notices: dropped > 0 ? [`${dropped} edges without a source or a target were left out.`] : [],
  };
}

/** A row of a frame */
export interface FrameRow {
  frame: DataFrame;
  row: number;
}

/** Where services and calls of `fromNodeGraphFrames` stand in the frames, by their ids. */
export function rowsOfGraph(frames: readonly DataFrame[]): {
  service: Map<string, FrameRow>;
  call: Map<string, FrameRow>;
} {
  const found = { service: new Map<string, FrameRow>(), call: new Map<string, FrameRow>() };
  for (const frame of frames) {
    const columns = columnsOf(frame);
    const kind = isEdges(columns) ? 'call' : isNodes(columns) ? 'service' : undefined;
    for (let row = 0; kind && row < columns.length; row++) {
      const { id } = kind === 'call' ? callAt(columns, row) : serviceAt(columns, row);
      found[kind].set(id, { frame, row });
    }
  }
  return found;
}
