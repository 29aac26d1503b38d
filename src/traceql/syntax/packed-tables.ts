/** The tables as short text: many states share a row. */
import type { ParserTables } from './table-builder';

export interface PackedTables {
  shifts: PackedRows;
  reductions: PackedRows;
  gotos: PackedRows;
  defaults: string;
}

interface PackedRows {
  rows: string;
  rowOfState: string;
}

const NUMBER_BASE = 36;

export function packTables(tables: ParserTables): PackedTables {
  return {
    shifts: packRows(tables.shifts),
    reductions: packRows(tables.reductions),
    gotos: packRows(tables.gotos),
    defaults: packNumbers(tables.defaults),
  };
}

export function unpackTables(packed: PackedTables): ParserTables {
  return {
    shifts: unpackRows(packed.shifts),
    reductions: unpackRows(packed.reductions),
    gotos: unpackRows(packed.gotos),
    defaults: unpackNumbers(packed.defaults),
  };
}

function packRows(rows: number[][]): PackedRows {
  const texts = rows.map(packNumbers);
  const unique = [...new Set(texts)];
  const indexes = new Map(unique.map((text, index) => [text, index]));
  return { rows: unique.join(';'), rowOfState: packNumbers(texts.map((text) => indexes.get(text) ?? 0)) };
}

function unpackRows(packed: PackedRows): number[][] {
  const rows = packed.rows.split(';').map(unpackNumbers);
  return unpackNumbers(packed.rowOfState).map((index) => rows[index]);
}

function packNumbers(numbers: number[]): string {
  return numbers.map((number) => number.toString(NUMBER_BASE)).join(' ');
}

function unpackNumbers(text: string): number[] {
  return text === '' ? [] : text.split(' ').map((number) => parseInt(number, NUMBER_BASE));
}
