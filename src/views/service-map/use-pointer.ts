import { type MouseEvent, type PointerEvent, type RefObject, useEffect, useRef } from 'react';
import { type Point, ZOOM } from './viewport';
import { type ViewportControls } from './use-viewport';

/** px of movement from which a press is a drag and no click */
const DRAG_THRESHOLD = 4;

export type WheelMode = 'greedy' | 'cooperative';

interface PointerOptions {
  element: RefObject<HTMLCanvasElement | null>;
  controls: ViewportControls;
  /** `cooperative`: the wheel zooms with Ctrl or Cmd only, so that a dashboard can be scrolled */
  wheel: WheelMode;
  onHover(at: Point | undefined): void;
  onClick(at: Point): void;
}

interface Press {
  pointers: Map<number, Point>;
  distance: number;
}

function middle(points: readonly Point[]): Point {
  const sum = points.reduce((total, { x, y }) => ({ x: total.x + x, y: total.y + y }), { x: 0, y: 0 });
  return { x: sum.x / points.length, y: sum.y / points.length };
}

function spread([a, b]: readonly Point[]): number {
  return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0;
}

/** Dragging pans, two fingers and the wheel zoom, a press without movement is a click. */
export function usePointer({ element, controls, wheel, onHover, onClick }: PointerOptions) {
  const press = useRef<Press>({ pointers: new Map(), distance: 0 });
  const { panBy, zoomBy } = controls;

  useEffect(() => {
    const canvas = element.current;
    const onWheel = (event: WheelEvent) => {
      if (wheel === 'cooperative' && !event.ctrlKey && !event.metaKey) {
        return;
      }
      event.preventDefault();
      const { left, top } = canvas?.getBoundingClientRect() ?? { left: 0, top: 0 };
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
      const factor = Math.exp(-Math.max(-120, Math.min(120, event.deltaY * lines)) * 0.0022);
      zoomBy(factor, { x: event.clientX - left, y: event.clientY - top });
    };
    // React's own wheel listeners are passive: they could not keep the page from scrolling.
    canvas?.addEventListener('wheel', onWheel, { passive: false });
    return () => canvas?.removeEventListener('wheel', onWheel);
  }, [element, wheel, zoomBy]);

  const at = (event: PointerEvent): Point => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };

  return {
    onPointerDown(event: PointerEvent<HTMLCanvasElement>) {
      if (event.button !== 0) {
        return;
      }
      event.currentTarget.setPointerCapture?.(event.pointerId);
      if (press.current.pointers.size === 0) {
        press.current.distance = 0;
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
        panBy(to.x - from.x, to.y - from.y);
        if (pointers.size > 1 && spread(before) > 0) {
          press.current.distance = DRAG_THRESHOLD;
          zoomBy(spread(after) / spread(before), to);
        }
      }
    },
    onPointerUp(event: PointerEvent<HTMLCanvasElement>) {
      const wasPressed = press.current.pointers.delete(event.pointerId);
      if (wasPressed && press.current.pointers.size === 0 && press.current.distance < DRAG_THRESHOLD) {
        onClick(at(event));
      }
    },
    onPointerCancel(event: PointerEvent<HTMLCanvasElement>) {
      press.current.pointers.delete(event.pointerId);
    },
    onPointerLeave() {
      onHover(undefined);
    },
    onDoubleClick(event: MouseEvent<HTMLCanvasElement>) {
      const { left, top } = event.currentTarget.getBoundingClientRect();
      zoomBy(ZOOM.step, { x: event.clientX - left, y: event.clientY - top });
    },
  };
}
