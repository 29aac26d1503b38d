/**
 * What node and edge frames say of looks and places, in the field names of Grafana's node graph,
 * https://grafana.com/docs/grafana/latest/panels-visualizations/visualizations/node-graph/#data-api
 */
import { createTheme, type Field, FieldType, getDisplayProcessor } from '@grafana/data';
import { type CallLook, type ServiceLook } from './model';

interface LookColumns {
  byName: ReadonlyMap<string, Field>;
  arcs: readonly Field[];
}

/** These say how many requests failed, which the map draws from the numbers. */
const RESULT_ARCS = new Set(['arc__success', 'arc__failed', 'arc__errors', 'arc__error']);
const OWN_FIELDS = ['detail__kind', 'detail__connection'];
const MOST_RADIUS = 200;
const MOST_THICKNESS = 20;

const theme = createTheme();

/** Whether the frame is one of `toNodeGraphFrames` */
export function isOwnFrame(byName: ReadonlyMap<string, Field>): boolean {
  return OWN_FIELDS.some((name) => byName.has(name));
}

function finiteAt(field: Field | undefined, row: number): number | undefined {
  const value: unknown = field?.values[row];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** A CSS colour, a name of Grafana's palette, or a number with the field's colour scheme */
function colorAt(field: Field | undefined, row: number): string | undefined {
  const value: unknown = field?.values[row];
  if (!field || value === undefined || value === null || value === '') {
    return undefined;
  }
  if (typeof value === 'number') {
    return (field.display ?? getDisplayProcessor({ field, theme }))(value).color;
  }
  return theme.visualization.getColorByName(String(value));
}

/** "5, 10" or "5 10", as the attribute of SVG has it */
function dashAt(field: Field | undefined, row: number): number[] | undefined {
  const value: unknown = field?.values[row];
  const numbers = String(value ?? '')
    .split(/[\s,]+/)
    .filter((part) => part !== '')
    .map(Number);
  const isSound =
    numbers.every((number) => Number.isFinite(number) && number >= 0) && numbers.some((number) => number > 0);
  return isSound ? numbers : undefined;
}

function isTrue(field: Field | undefined, row: number): true | undefined {
  const value: unknown = field?.values[row];
  return value === true || value === 'true' ? true : undefined;
}

function arcsAt(arcs: readonly Field[], row: number): ServiceLook['arcs'] {
  if (arcs.every(({ name }) => RESULT_ARCS.has(name.toLowerCase()))) {
    return undefined;
  }
  const parts = arcs.flatMap((field) => {
    const share = finiteAt(field, row);
    const name = field.config.color?.fixedColor;
    return share !== undefined && share > 0
      ? [{ share: Math.min(1, share), color: theme.visualization.getColorByName(name ?? 'gray') }]
      : [];
  });
  return parts.length > 0 ? parts : undefined;
}

/** Without what is absent; nothing at all when all is */
function present<T extends object>(look: T): { look?: T } {
  return Object.values(look).some((value) => value !== undefined) ? { look } : {};
}

export function lookAt({ byName, arcs }: LookColumns, row: number): { look?: ServiceLook } {
  const radius = finiteAt(byName.get('noderadius'), row);
  return present({
    color: colorAt(byName.get('color'), row),
    radius: radius !== undefined && radius > 0 ? Math.min(MOST_RADIUS, radius) : undefined,
    highlighted: isTrue(byName.get('highlighted'), row),
    arcs: arcsAt(arcs, row),
  });
}

export function callLookAt({ byName }: LookColumns, row: number): { look?: CallLook } {
  const thickness = finiteAt(byName.get('thickness'), row);
  return present({
    color: colorAt(byName.get('color'), row),
    thickness: thickness !== undefined && thickness > 0 ? Math.min(MOST_THICKNESS, thickness) : undefined,
    dash: dashAt(byName.get('strokedasharray'), row),
    highlighted: isTrue(byName.get('highlighted'), row),
  });
}

export function placeAt({ byName }: LookColumns, row: number): { place?: { x: number; y: number } } {
  const [x, y] = [finiteAt(byName.get('fixedx'), row), finiteAt(byName.get('fixedy'), row)];
  return x === undefined || y === undefined ? {} : { place: { x, y } };
}

/** Text fields of details, which searches and groups can be by: `detail__cluster` is the label `cluster` */
export function labelFields(fields: readonly Field[]): Field[] {
  return fields.filter(({ name, type }) => {
    const key = name.toLowerCase();
    return type === FieldType.string && key.startsWith('detail__') && !OWN_FIELDS.includes(key);
  });
}

export function labelsAt(fields: readonly Field[], row: number): { labels?: Record<string, string> } {
  let labels: Record<string, string> | undefined;
  for (const { name, values } of fields) {
    const value: unknown = values[row];
    if (value) {
      labels = { ...labels, [name.slice('detail__'.length)]: String(value) };
    }
  }
  return labels ? { labels } : {};
}
