/** Stands in for @grafana/data in the bundle of bench/decode.ts. */
export const FieldType = { string: 'string', number: 'number', other: 'other', time: 'time', boolean: 'boolean' };
