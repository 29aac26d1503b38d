import { type MouseEvent, type PointerEvent, type RefObject, useEffect, useRef } from 'react';
import { type Point, type Rect, ZOOM } from '../viewport/viewport';
import { type ViewportControls } from '../viewport/use-viewport';

/** px of movement from which a press is a drag and no click */
const DRAG_THRESHOLD = 4;

export type WheelMode = 'greedy' | 'cooperative';

interface PointerOptions {
  element: RefObject<HTMLCanvasElement | null>;
  controls: ViewportControls;
  /** `cooperative`: the wheel zooms with Ctrl or Cmd only, so that a dashboard can be scrolled */
  wheel: WheelMode;
  onHover(at: Point | undefined): void;
  onClick(at: Point, event: PointerEvent): void;
  /** @returns whether it is taken care of; else a double click zooms in */
  onDoubleClick(at: Point): boolean;
  /** Service.id of the card at a place that may be moved */
  cardAt(at: Point): string | undefined;
  /** A card is moved so far from where it was, px of the screen; undefined when it is left where it is. */
  onDrag(id: string, by: Point | undefined): void;
  onDrop(id: string, by: Point): void;
  /** A frame is drawn around services, px of the screen; undefined when it is given up. */
  onFrame(frame: Rect | undefined): void;
  onFramed(frame: Rect): void;
}

type Gesture = { kind: 'pan' } | { kind: 'frame' } | { kind: 'drag'; id: string };

interface Press {
  pointers: Map<number, Point>;
  distance: number;
  from: Point;
  gesture: Gesture;
}

function middle(points: readonly Point[]): Point {
  const sum = points.reduce((total, { x, y }) => ({ x: total.x + x, y: total.y + y }), { x: 0, y: 0 });
  return { x: sum.x / points.length, y: sum.y / points.length };
}

function spread([a, b]: readonly Point[]): number {
  return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0;
}

function frameOf(a: Point, b: Point): Rect {
  return { x: Math.min(a.x, b.x), y: Math.min(a.y, b.y), width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y) };
}

const PAN: Gesture = { kind: 'pan' };

/**
 * Dragging pans, moves the card that it begins on, or with Shift draws a frame around services; two fingers and the
 * wheel zoom; a press without movement is a click. Fingers always pan: they cannot see what they cover.
 */
export function usePointer(options: PointerOptions) {
  const { element, controls, wheel, onHover } = options;
  const press = useRef<Press>({ pointers: new Map(), distance: 0, from: { x: 0, y: 0 }, gesture: PAN });
  const { panBy, zoomBy } = controls;

  useEffect(() => {
    const canvas = element.current;
    const onWheel = (event: WheelEvent) => {
      if (wheel === 'cooperative' && !event.ctrlKey && !event.metaKey) {
        return;
      }
      event.preventDefault();
      // Something else comes to lie under the pointer.
      onHover(undefined);
      const { left, top } = canvas?.getBoundingClientRect() ?? { left: 0, top: 0 };
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
      const factor = Math.exp(-Math.max(-120, Math.min(120, event.deltaY * lines)) * 0.0022);
      zoomBy(factor, { x: event.clientX - left, y: event.clientY - top });
    };
    // React's own wheel listeners are passive: they could not keep the page from scrolling.
    canvas?.addEventListener('wheel', onWheel, { passive: false });
    return () => canvas?.removeEventListener('wheel', onWheel);
  }, [element, wheel, zoomBy, onHover]);

  const at = (event: MouseEvent): Point => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };

  const gestureOf = (event: PointerEvent): Gesture => {
    if (event.shiftKey) {
      return { kind: 'frame' };
    }
    const id = event.pointerType === 'touch' ? undefined : options.cardAt(at(event));
    return id === undefined ? PAN : { kind: 'drag', id };
  };

  const giveUp = () => {
    const { gesture } = press.current;
    if (gesture.kind === 'drag') {
      options.onDrag(gesture.id, undefined);
    } else if (gesture.kind === 'frame') {
      options.onFrame(undefined);
    }
    press.current.gesture = PAN;
  };

  const goOn = (before: readonly Point[], after: readonly Point[]) => {
    const { gesture, from: start } = press.current;
    const [from, to] = [middle(before), middle(after)];
    if (after.length > 1 && gesture.kind !== 'pan') {
      giveUp();
    }
    switch (press.current.gesture.kind) {
      case 'frame':
        return options.onFrame(frameOf(start, to));
      case 'drag':
        return options.onDrag(press.current.gesture.id, { x: to.x - start.x, y: to.y - start.y });
      case 'pan':
        panBy(to.x - from.x, to.y - from.y);
        if (after.length > 1 && spread(before) > 0) {
          press.current.distance = DRAG_THRESHOLD;
          zoomBy(spread(after) / spread(before), to);
        }
    }
  };

  const finish = (to: Point, event: PointerEvent) => {
    const { gesture, from, distance } = press.current;
    if (distance < DRAG_THRESHOLD) {
      giveUp();
      options.onClick(to, event);
    } else if (gesture.kind === 'frame') {
      options.onFrame(undefined);
      options.onFramed(frameOf(from, to));
    } else if (gesture.kind === 'drag') {
      options.onDrop(gesture.id, { x: to.x - from.x, y: to.y - from.y });
    }
    press.current.gesture = PAN;
  };

  return {
    onPointerDown(event: PointerEvent<HTMLCanvasElement>) {
      if (event.button !== 0) {
        return;
      }
      event.currentTarget.setPointerCapture?.(event.pointerId);
      if (press.current.pointers.size === 0) {
        press.current.distance = 0;
        press.current.from = at(event);
        press.current.gesture = gestureOf(event);
      }
      press.current.pointers.set(event.pointerId, at(event));
    },
    onPointerMove(event: PointerEvent<HTMLCanvasElement>) {
      const { pointers } = press.current;
      const before = [...pointers.values()];
      if (!pointers.has(event.pointerId)) {
        onHover(at(event));
        return;
      }
      pointers.set(event.pointerId, at(event));
      const after = [...pointers.values()];
      const [from, to] = [middle(before), middle(after)];
      press.current.distance += Math.hypot(to.x - from.x, to.y - from.y);
      if (press.current.distance >= DRAG_THRESHOLD || pointers.size > 1) {
        onHover(undefined);
        goOn(before, after);
      }
    },
    onPointerUp(event: PointerEvent<HTMLCanvasElement>) {
      const wasPressed = press.current.pointers.delete(event.pointerId);
      if (wasPressed && press.current.pointers.size === 0) {
        finish(at(event), event);
      }
    },
    onPointerCancel(event: PointerEvent<HTMLCanvasElement>) {
      press.current.pointers.delete(event.pointerId);
      giveUp();
    },
    onPointerLeave() {
      onHover(undefined);
    },
    onDoubleClick(event: MouseEvent<HTMLCanvasElement>) {
      if (!options.onDoubleClick(at(event))) {
        zoomBy(ZOOM.step, at(event));
      }
    },
  };
}
