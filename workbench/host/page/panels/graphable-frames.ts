import { type Field, type FieldConfigSource, FieldType, type DataFrame } from '@grafana/data';

/** Frames a graph can draw: with a time field, a number field and at least one row. */
export function graphableFrames(frames: DataFrame[]): DataFrame[] {
  return frames
    .map((frame) => ({ ...frame, fields: frame.fields.filter(isGraphField) }))
    .filter(
      ({ fields, length }) =>
        length > 0 &&
        fields.some(({ type }) => type === FieldType.time) &&
        fields.some(({ type }) => type === FieldType.number)
    );
}

function isGraphField({ type }: Field): boolean {
  return type === FieldType.time || type === FieldType.number;
}

export const NO_FIELD_CONFIG: FieldConfigSource = { defaults: {}, overrides: [] };
