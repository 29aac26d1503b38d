/** What the map knows of operations, and where it asks for them. */
import { type Service } from '../../../servicegraph/model';
import { type Operation } from '../../../servicegraph/operations';
import { type CardStyle } from '../card-parts';
import { type MapNode } from '../map-types';

/** Where operations come from. Another object means other numbers, e.g. of another time. */
export interface OperationsSource {
  /** Names data source and kind of series: answers of another one mean nothing */
  from: string;
  /** Operations by Service.id, the busiest first; undefined where no series have them */
  load?(services: readonly Service[], signal: AbortSignal): Promise<ReadonlyMap<string, readonly Operation[]>>;
}

/** What a card shows in place of its details. */
export type CardOperations = readonly Operation[] | 'loading' | 'failed';

/** Fills a card. @param picked the operation that is pointed at or selected */
export type DrawOperations = (
  ctx: CanvasRenderingContext2D,
  node: MapNode,
  operations: CardOperations,
  style: CardStyle,
  picked?: string
) => void;

/** What is known at a moment; a new object with every change. */
export interface OperationsState {
  /** `unknown`: nothing has operations; undefined: nobody is near enough to read any */
  status?: 'loading' | 'failed' | 'unknown' | 'shown';
  /** For people, with `failed` */
  error?: string;
  /** undefined: the card keeps its details */
  of(service: Service): CardOperations | undefined;
  /** Comes with the first answer: the code for it is loaded when it is first needed. */
  draw?: DrawOperations;
}

export const NO_OPERATIONS: OperationsState = { of: () => undefined };
