import { type DataFrame, FieldType } from '@grafana/data';
import { type PromqlRow } from './run-promql';

/**
 * The rows of an instant query's answer, from the frames of a Prometheus data source: one frame a series with the
 * labels on its value field. Values that are no numbers are left out.
 */
export function promqlRows(frames: DataFrame[], refId: string): PromqlRow[] {
  return frames
    .filter((frame) => frame.refId === refId && frame.length > 0)
    .flatMap((frame) =>
      frame.fields
        .filter(({ type }) => type === FieldType.number)
        .flatMap(({ values, labels }): PromqlRow[] => {
          const value: unknown = values[values.length - 1];
          return typeof value === 'number' && !Number.isNaN(value) ? [{ labels: labels ?? {}, value }] : [];
        })
    );
}
