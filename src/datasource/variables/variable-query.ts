import { type DataQuery } from '@grafana/schema';
import * as v from 'valibot';

/** The numbers that Grafana's Tempo data source saves. */
export const VARIABLE_TYPES = { labelNames: 0, labelValues: 1 } as const;
export type VariableType = (typeof VARIABLE_TYPES)[keyof typeof VARIABLE_TYPES];

export interface TempoVariableQuery extends DataQuery {
  /** Absent in queries that were never finished */
  type?: VariableType;
  /** The tag whose values are listed: `service.name`, or with its scope `resource.service.name` */
  label?: string;
  /** TraceQL that narrows the values, `{resource.cluster="$cluster"}`; may use other variables */
  query?: string;
  /** Unused leftover in saved queries */
  stream?: string;
}

const schema = v.looseObject({
  type: v.optional(v.picklist([VARIABLE_TYPES.labelNames, VARIABLE_TYPES.labelValues])),
  label: v.optional(v.string()),
  query: v.optional(v.string()),
});

export type ParsedVariableQuery =
  | { type: 'names'; query: string }
  | { type: 'values'; label: string; query: string }
  | { type: 'invalid'; problem: 'type' | 'label' };

/** Reads a saved variable query; a text alone is the name of a tag. */
export function parseVariableQuery(saved: unknown): ParsedVariableQuery {
  if (typeof saved === 'string') {
    return saved.trim() ? { type: 'values', label: saved.trim(), query: '' } : { type: 'invalid', problem: 'label' };
  }
  const result = v.safeParse(schema, saved);
  if (!result.success || result.output.type === undefined) {
    return { type: 'invalid', problem: 'type' };
  }
  const { type, label = '', query = '' } = result.output;
  if (type === VARIABLE_TYPES.labelNames) {
    return { type: 'names', query };
  }
  return label.trim() ? { type: 'values', label: label.trim(), query } : { type: 'invalid', problem: 'label' };
}
