import { type DataFrame, FieldType, type LinkModel } from '@grafana/data';

/** One exemplar as it is drawn and told. */
export interface ExemplarPoint {
  /** ms */
  time: number;
  value: number;
  /** Every label that is not empty, in the order of the frame. */
  labels: Array<{ name: string; value: string; links: LinkModel[] }>;
}

export function isExemplarFrame({ name, meta }: DataFrame): boolean {
  return name === 'exemplar' || meta?.custom?.resultType === 'exemplar';
}

/** Rows of an exemplar frame; rows without a number are left out. */
export function exemplarPoints(frame: DataFrame): ExemplarPoint[] {
  const time = frame.fields.find(({ type }) => type === FieldType.time);
  const value = frame.fields.find(({ type }) => type === FieldType.number);
  if (!time || !value) {
    return [];
  }
  const labelFields = frame.fields.filter((field) => field !== time && field !== value);
  return Array.from({ length: frame.length }, (_unused, row) => ({
    time: Number(time.values[row]),
    value: Number(value.values[row]),
    labels: labelFields.flatMap((field) => {
      const text = field.values[row];
      return text === undefined || text === null || text === ''
        ? []
        : [{ name: field.name, value: String(text), links: field.getLinks?.({ valueRowIndex: row }) ?? [] }];
    }),
  })).filter((point) => Number.isFinite(point.value) && Number.isFinite(point.time));
}
