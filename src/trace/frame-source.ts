import { type DataFrame } from '@grafana/data';
import { type Trace } from './model';

/**
 * Known to all copies of this module: each of the app's plugins has its own, and frames go from one to the other.
 */
const SOURCE = Symbol.for('traceatlas.trace.source');

interface FrameSource {
  trace: Trace;
  /** The values of each column as they were made */
  columns: ReadonlyMap<string, unknown[]>;
}

/** The column that carries the source. */
const KEY_COLUMN = 'spanID';

/**
 * Lets `traceOfFrame` find the trace that a frame was made of: reading 100,000 spans out of a frame again takes longer than
 * to decode them, and a frame cannot hold all that a trace has (ns, bytes, types in lists). On the column and not on the
 * frame, as Grafana makes new frames and fields around the same values; hidden from JSON and from copies.
 */
export function rememberTrace(frame: DataFrame, trace: Trace): void {
  const values = columnsOf(frame).get(KEY_COLUMN);
  if (values) {
    const source: FrameSource = { trace, columns: columnsOf(frame) };
    Object.defineProperty(values, SOURCE, { value: source, enumerable: false });
  }
}

/** The trace that a frame was made of, if no column was filtered, sorted or changed since. */
export function traceOfFrame(frame: DataFrame): Trace | undefined {
  const columns = columnsOf(frame);
  const key = columns.get(KEY_COLUMN);
  const source: unknown = key && Reflect.get(key, SOURCE);
  if (!isSource(source) || source.columns.size !== columns.size) {
    return undefined;
  }
  for (const [name, values] of source.columns) {
    if (columns.get(name) !== values) {
      return undefined;
    }
  }
  return source.trace;
}

function columnsOf({ fields }: DataFrame): Map<string, unknown[]> {
  return new Map(fields.map(({ name, values }) => [name, values]));
}

function isSource(value: unknown): value is FrameSource {
  return typeof value === 'object' && value !== null && 'trace' in value && 'columns' in value;
}
