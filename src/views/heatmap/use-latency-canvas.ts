import { type RefObject, useEffect } from 'react';
import { useTheme2 } from '@grafana/ui';
import { runSteps } from '../../trace/steps';
import { runInTurn } from '../shared/in-turn';
import { drawMarks, latencyDrawing, type LatencyMarks, type LatencyPicture } from './draw-latency';

/** Points up to which drawing takes less than a frame of the screen. */
const AT_ONCE = 1000;

interface Canvases {
  /** What is shown */
  picture: RefObject<HTMLCanvasElement | null>;
  /** Over it, drawn again with every move of the pointer */
  marks: RefObject<HTMLCanvasElement | null>;
  /** CSS px */
  width: number;
  height: number;
}

/**
 * Draws the picture, thousands of points in slices: what was there stays until it is complete. Then the marks over it.
 * Both must be memoized.
 */
export function useLatencyCanvas(
  { picture: pictureRef, marks: marksRef, width, height }: Canvases,
  picture: LatencyPicture,
  marks: LatencyMarks
): void {
  const theme = useTheme2();
  useEffect(() => {
    const element = pictureRef.current;
    const isLarge = picture.points.length > AT_ONCE;
    const sheet = isLarge ? document.createElement('canvas') : element;
    const context = sheet && contextOf(sheet, width, height);
    if (!element || !context) {
      return undefined;
    }
    const steps = latencyDrawing(context, picture, theme);
    if (!isLarge) {
      runSteps(steps);
      return undefined;
    }
    const controller = new AbortController();
    runInTurn(steps, controller.signal).then(
      () =>
        !controller.signal.aborted && contextOf(element, width, height)?.drawImage(context.canvas, 0, 0, width, height),
      () => undefined // Only a newer picture ends it early.
    );
    return () => controller.abort();
  }, [pictureRef, picture, theme, width, height]);
  useEffect(() => {
    const context = marksRef.current && contextOf(marksRef.current, width, height);
    if (context) {
      drawMarks(context, marks, theme);
    }
  }, [marksRef, marks, theme, width, height]);
}

/** An empty canvas of this size in CSS px, sharp on dense screens. */
function contextOf(canvas: HTMLCanvasElement, width: number, height: number): CanvasRenderingContext2D | undefined {
  const context = width > 0 ? canvas.getContext('2d') : null;
  if (!context) {
    return undefined;
  }
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}
