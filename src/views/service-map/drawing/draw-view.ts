/** Where and how something is drawn. */
import { type LatencyKey } from '../format-stats';
import { type Palette } from './palette';
import { type Highlight } from '../selection';
import { type Rect, type Size, type Viewport } from '../viewport/viewport';

/** Which numbers stand on calls; `all` as far as there is room */
export type CallLabel = 'all' | 'rate' | 'errors' | 'latency' | 'none';

export interface DrawView {
  palette: Palette;
  viewport: Viewport;
  size: Size;
  /** The part of the world that is seen */
  visible: Rect;
  latency: LatencyKey;
  callLabel?: CallLabel;
  /** `performance.now()` from which on calls that are not routed yet are drawn the straight way */
  patience?: number;
  /** Calls made and received are not told apart, as colours mean something else */
  isNeutral?: boolean;
  /** Only what is lit up gets labels. */
  highlight?: Highlight;
  /** Places that labels and names leave free, px of the screen */
  reserved?: readonly Rect[];
}

/** Items drawn before the clock is looked at again: about a millisecond of them */
export function* inChunks<T>(items: readonly T[], size: number, draw: (chunk: readonly T[]) => void): Generator<void> {
  for (let begin = 0; begin < items.length; begin += size) {
    draw(items.slice(begin, begin + size));
    yield;
  }
}
