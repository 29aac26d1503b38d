/** Node and edge frames as Grafana writes them into files ("Download service graph", panel inspector). */
import {
  createDataFrame,
  type DataFrame,
  dataFrameFromJSON,
  type Field,
  type FieldConfig,
  FieldType,
} from '@grafana/data';
import { TraceFileError } from './error';
import { isObject, type JsonObject, objectAt } from './json-access';

/** Does the JSON look like frames of a node graph? */
export function isGraphFrames(json: unknown): boolean {
  return (
    Array.isArray(json) &&
    json.length > 0 &&
    json.every((frame) => isObject(frame) && (isObject(frame.schema) || Array.isArray(frame.fields)))
  );
}

export interface ReadGraphFrames {
  /** The nodes frame, and the edges frame if there are calls */
  frames: DataFrame[];
  /** Edges left out as one of their ends is not among the nodes: Grafana's node graph fails at such */
  droppedEdges: number;
}

/** @throws TraceFileError */
export function readGraphFrames(json: unknown): ReadGraphFrames {
  const frames = (Array.isArray(json) ? json : []).map((frame, i) => frameOf(objectAt(frame, `$[${i}]`), `$[${i}]`));
  const edges = frames.find((frame) => fieldOf(frame, 'source') && fieldOf(frame, 'target'));
  const nodes = frames.find((frame) => frame !== edges && fieldOf(frame, 'id') && !fieldOf(frame, 'source'));
  if (!nodes) {
    throw new TraceFileError('These data frames are no service graph: none of them has an "id" for each service.');
  }
  if (!edges) {
    return { frames: [nodes], droppedEdges: 0 };
  }
  const ids = new Set(fieldOf(nodes, 'id')?.values);
  const [sources, targets] = [fieldOf(edges, 'source')?.values ?? [], fieldOf(edges, 'target')?.values ?? []];
  const rows = sources.flatMap((source, row) => (ids.has(source) && ids.has(targets[row]) ? [row] : []));
  const kept = edges.fields.map((field) => ({ ...field, values: rows.map((row): unknown => field.values[row]) }));
  return {
    frames: [nodes, { ...edges, fields: kept, length: rows.length }],
    droppedEdges: edges.length - rows.length,
  };
}

function fieldOf(frame: DataFrame, name: string): Field | undefined {
  return frame.fields.find((field) => field.name.toLowerCase() === name);
}

function frameOf(json: JsonObject, path: string): DataFrame {
  const { name, fields } = isObject(json.schema) ? fromWire(json, path) : { name: json.name, fields: json.fields };
  const list = (Array.isArray(fields) ? fields : []).map((field, i) =>
    fieldFrom(objectAt(field, `${path}.fields[${i}]`), `${path}.fields[${i}]`)
  );
  const length = list.reduce((longest, { values }) => Math.max(longest, values.length), 0);
  if (list.some(({ values }) => values.length !== length)) {
    throw new TraceFileError(`${path}: its fields have different numbers of values.`);
  }
  return createDataFrame({
    name: typeof name === 'string' ? name : undefined,
    fields: list,
    meta: { preferredVisualisationType: 'nodeGraph' },
  });
}

/** As Grafana's API answers: `{schema, data}`. */
function fromWire(json: JsonObject, path: string): { name: unknown; fields: unknown } {
  try {
    const { name, fields } = dataFrameFromJSON(JSON.parse(JSON.stringify(json)));
    return { name, fields };
  } catch {
    throw new TraceFileError(`${path} is not a data frame of Grafana.`);
  }
}

function fieldFrom(json: JsonObject, path: string): Field {
  if (typeof json.name !== 'string') {
    throw new TraceFileError(`${path}.name is missing.`);
  }
  return {
    name: json.name,
    type: typeOf(json.type),
    config: configOf(json.config),
    values: valuesOf(json.values, path),
  };
}

function typeOf(type: unknown): FieldType {
  return Object.values(FieldType).find((known) => known === type) ?? FieldType.string;
}

/** What only changes how values look. Not links: those of a file may lead anywhere. */
function configOf(config: unknown): FieldConfig {
  const { displayName, unit, decimals, color } = isObject(config) ? config : {};
  return {
    ...(typeof displayName === 'string' ? { displayName } : {}),
    ...(typeof unit === 'string' ? { unit } : {}),
    ...(typeof decimals === 'number' ? { decimals } : {}),
    ...(isObject(color) && typeof color.mode === 'string'
      ? {
          color: {
            mode: color.mode,
            ...(typeof color.fixedColor === 'string' ? { fixedColor: color.fixedColor } : {}),
          },
        }
      : {}),
  };
}

/** A list, or the vector that Grafana before 10 wrote: `{buffer: […]}`. */
function valuesOf(values: unknown, path: string): unknown[] {
  const list = isObject(values) ? values.buffer : values;
  if (!Array.isArray(list)) {
    throw new TraceFileError(`${path}.values is not a list.`);
  }
  return list.map((value): unknown => (typeof value === 'object' && value !== null ? JSON.stringify(value) : value));
}
