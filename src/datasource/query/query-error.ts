import { type DataQueryError } from '@grafana/data';
import { type QueryPosition, type TempoError } from '../../tempo/error';

/** An error of one query; the editor marks the place when Tempo names one. */
export interface TempoQueryError extends DataQueryError {
  position?: QueryPosition;
}

export function toQueryError(error: unknown, refId: string): TempoQueryError {
  const message = error instanceof Error && error.message ? error.message : String(error);
  if (!isTempoError(error)) {
    return { refId, message };
  }
  return { refId, message, status: error.status, ...(error.position ? { position: error.position } : {}) };
}

/** By name, as the class itself is in a chunk that is loaded later. */
function isTempoError(error: unknown): error is TempoError {
  return error instanceof Error && error.name === 'TempoError';
}

/** Errors come back through Grafana's panel data, which knows nothing of positions. */
export function positionOfError(error: DataQueryError): QueryPosition | undefined {
  const position: unknown = 'position' in error ? error.position : undefined;
  return typeof position === 'object' &&
    position !== null &&
    'line' in position &&
    'column' in position &&
    typeof position.line === 'number' &&
    typeof position.column === 'number'
    ? { line: position.line, column: position.column }
    : undefined;
}
