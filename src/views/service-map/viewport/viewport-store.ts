import { type Viewport } from './viewport';

/** Where the map is looked at from, outside of React: it changes with every frame of a movement. */
export class ViewportStore {
  private readonly listeners = new Set<(viewport: Viewport) => void>();

  constructor(private current: Viewport) {}

  get(): Viewport {
    return this.current;
  }

  set(viewport: Viewport) {
    const { k, x, y } = this.current;
    if (viewport.k !== k || viewport.x !== x || viewport.y !== y) {
      this.current = viewport;
      this.listeners.forEach((listener) => listener(viewport));
    }
  }

  /** Where a new drawing is looked at from; those who draw it come to know with the drawing. */
  reset(viewport: Viewport) {
    this.current = viewport;
  }

  /** @returns ends the subscription */
  subscribe(listener: (viewport: Viewport) => void): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }
}
