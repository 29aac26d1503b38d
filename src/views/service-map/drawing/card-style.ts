/** What cards look like, and what they show of operations. */
import { type Service } from '../../../servicegraph/model';
import { type Operation } from '../../../servicegraph/operations';
import { type LatencyKey } from '../format-stats';
import { type MapNode } from '../model/map-types';
import { type PaintStyle } from './paint-style';
import { type Palette } from './palette';
import { type RateSize } from './rate-size';

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

export interface OperationsOfCards {
  /** undefined: the card keeps its details */
  of(service: Service): CardOperations | undefined;
  /** Comes with the first answer: the code for it is loaded when it is first needed. */
  draw?: DrawOperations;
}

export interface CardStyle {
  palette: Palette;
  latency: LatencyKey;
  paint: PaintStyle;
  /** Texts for cards without numbers, by kind */
  kindNames: Record<MapNode['service']['kind'], string>;
  /** How large services are; all alike without it */
  sizeOf?: RateSize;
  /** What services do, for the nearest zoom */
  operations?: OperationsOfCards;
}
