/** The way of a call on the map, worked out as far as it is asked for. */
import { type Arrow, arrowOf, boundsOf, type Curve, layoutCurve, type Line, sampleLine } from './curves';
import { type Point, type Rect } from '../viewport/viewport';

/** px that the loop of a service which calls itself rises above its card */
const SELF_CALL_HEIGHT = 32;

/** A line, maybe within those of other calls: x and y alternately, from `begin` to before `end` */
interface LinePart {
  points: Float64Array;
  begin: number;
  end: number;
}

export function wholeLine(line: ArrayLike<number>): LinePart {
  return { points: Float64Array.from(line), begin: 0, end: line.length };
}

export class CallWay {
  private ownLine?: Line;
  private straight?: Curve;
  private routed?: Curve;
  private sampled?: Point[];
  private head?: { value: Arrow | undefined };
  private around?: Rect;

  /**
   * @param part the line as the layout has it; empty for a self call
   * @param card of the caller
   * @param find the way of that line around cards that are in its way, if any; tens of microseconds
   */
  constructor(
    private readonly part: LinePart,
    private readonly card: Rect,
    private readonly find: (line: Line) => Curve | undefined
  ) {}

  /** As the layout has it, for a look from afar; empty for a self call */
  get line(): Line {
    const { points, begin, end } = this.part;
    return (this.ownLine ??= points.subarray(begin, end));
  }

  get isRouted(): boolean {
    return this.routed !== undefined;
  }

  /** Around the cards that are in its way once that has been found, else the line */
  get curve(): Curve {
    return this.routed ?? (this.straight ??= layoutCurve(this.line, this.card));
  }

  /** Finds the way around the cards. */
  route() {
    if (!this.routed) {
      const curve = this.find(this.line);
      this.routed = curve ?? this.curve;
      if (curve) {
        this.around = this.head = this.sampled = undefined;
      }
    }
  }

  get arrow(): Arrow | undefined {
    return (this.head ??= { value: arrowOf(this.curve) }).value;
  }

  /** Points along the curve */
  get samples(): Point[] {
    return (this.sampled ??= sampleLine(this.curve));
  }

  /** Of the line, and of the curve once it has been found */
  get bounds(): Rect {
    return (this.around ??= this.findBounds());
  }

  private findBounds(): Rect {
    const { card, part, routed } = this;
    if (part.begin === part.end) {
      return { ...card, y: card.y - SELF_CALL_HEIGHT, height: card.height + SELF_CALL_HEIGHT };
    }
    return routed ? boundsOf(routed.points) : boundsOf(part.points, part.begin, part.end);
  }
}
