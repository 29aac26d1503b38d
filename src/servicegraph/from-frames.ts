/** Node and edge frames of any data source -> `ServiceGraph`, with whatever they lack or have too much of put right. */
import { type DataFrame, formattedValueToString } from '@grafana/data';
import { runSteps, type Steps } from '../trace/steps';
import { UNNAMED } from './ends';
import { type Columns, columnsOf, isEdges, isNodes, textAt } from './frame-columns';
import { callLookAt, labelsAt, lookAt, placeAt } from './frame-looks';
import { statsAt } from './frame-stats';
import {
  callId,
  type ConnectionType,
  type Detail,
  type Service,
  type ServiceCall,
  type ServiceGraph,
  type ServiceKind,
} from './model';

const KINDS: readonly ServiceKind[] = ['service', 'user', 'database', 'messaging', 'external'];
const CONNECTIONS: readonly ConnectionType[] = ['', 'virtual_node', 'messaging_system', 'database'];

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
