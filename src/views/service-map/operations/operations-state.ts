/** What the map knows of operations, and where it asks for them. */
import { type Service } from '../../../servicegraph/model';
import { type Operation } from '../../../servicegraph/operations';
import { type OperationsOfCards } from '../drawing/card-style';

/** Where operations come from. Another object means other numbers, e.g. of another time. */
export interface OperationsSource {
  /** Names data source and kind of series: answers of another one mean nothing */
  from: string;
  /** Operations by Service.id, the busiest first; undefined where no series have them */
  load?(services: readonly Service[], signal: AbortSignal): Promise<ReadonlyMap<string, readonly Operation[]>>;
}

/** What is known at a moment; a new object with every change. */
export interface OperationsState extends OperationsOfCards {
  /** `unknown`: nothing has operations; undefined: nobody is near enough to read any */
  status?: 'loading' | 'failed' | 'unknown' | 'shown';
  /** For people, with `failed` */
  error?: string;
}

export const NO_OPERATIONS: OperationsState = { of: () => undefined };
