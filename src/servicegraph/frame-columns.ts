/** The fields of a node or edge frame, looked up once for all of its rows. */
import { createTheme, type DataFrame, type DisplayProcessor, type Field, getDisplayProcessor } from '@grafana/data';
import { measured } from './call-drafts';
import { isOwnFrame, labelFields } from './frame-looks';
import { ratePerUnit, secondsPerUnit } from './frame-units';
import { FAILED_STAT_UNIT, SAMPLE_STAT_UNIT } from './to-frames';

const QUANTILE_FIELDS = { p50: 'detail__p50', p95: 'detail__p95', p99: 'detail__p99' } as const;
const QUANTILES = ['p50', 'p95', 'p99'] as const;
/** Fields that `RequestStats` or the kind have taken in need not be told twice. */
const READ_FIELDS = new Set<string>([
  ...Object.values(QUANTILE_FIELDS),
  'detail__errors',
  'detail__kind',
  'detail__connection',
]);

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
  return { field, rate: ratePerUnit(unit), seconds: secondsPerUnit(unit), isSample: unit === SAMPLE_STAT_UNIT };
}

export function columnsOf(frame: DataFrame): Columns {
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

export function textAt(field: Field | undefined, row: number): string {
  const value: unknown = field?.values[row];
  return value === undefined || value === null ? '' : String(value);
}

export function numberAt(field: Field | undefined, row: number): number | undefined {
  const value: unknown = field?.values[row];
  return typeof value === 'number' ? measured(value) : undefined;
}

export function isEdges({ source, target }: Columns): boolean {
  return source !== undefined && target !== undefined;
}

export function isNodes(frame: Columns): boolean {
  return !isEdges(frame) && frame.id !== undefined;
}

function unitOf(field: Field | undefined): string {
  return field?.config.unit?.trim() ?? '';
}

function isStat({ name }: Field): boolean {
  return /^(?:main|secondary)stat$/i.test(name);
}

function isDetail(field: Field): boolean {
  const name = field.name.toLowerCase();
  if (name === 'mainstat' || name === 'secondarystat') {
    const unit = unitOf(field);
    return ratePerUnit(unit) === undefined && secondsPerUnit(unit) === undefined && unit !== SAMPLE_STAT_UNIT;
  }
  return name.startsWith('detail__') && !READ_FIELDS.has(name);
}
