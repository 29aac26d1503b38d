import { MapPainter } from './map-painter';

/** The painter lives as long as its canvas. */
export class CanvasPainter {
  private painter?: MapPainter;

  of(canvas: HTMLCanvasElement | null): MapPainter | undefined {
    if (canvas) {
      this.painter ??= new MapPainter(canvas);
    }
    return this.painter;
  }

  stop() {
    this.painter?.stop();
    this.painter = undefined;
  }
}
