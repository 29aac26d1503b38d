/** What the page of the benchmark is asked, and what it answers. */
export type Approach = 'trace-atlas' | 'core-layered' | 'core-force';

export interface Task {
  approach: Approach;
  services: number;
  seed: number;
  /** ms after which a first drawing is given up */
  cap: number;
  /** Only until the first drawing is at rest, under the eyes of the browser's trace */
  isTraced?: boolean;
}

/** ms, but for what says otherwise; undefined when it did not come to that */
export interface Measured {
  /** Undefined: not within `cap` */
  firstDrawing?: number;
  /** Services in the first drawing */
  drawn: number;
  panP95?: number;
  zoomP95?: number;
  hover?: number;
  refresh?: number;
  /** Share of services that are elsewhere after a refresh with the same services and calls, 0 to 1 */
  movedSame?: number;
  /** The same after 1 % of the services changed; those that came or went are not counted */
  movedChanged?: number;
  /** The longest task of the main thread until the first drawing; tasks below 50 ms are not reported by browsers */
  longestTask: number;
  /** CPU time that the main thread spent in its busiest task, in a traced run */
  busiestTask?: number;
  /** MB */
  heap?: number;
  /** A loop that only computes, on the same page just before */
  calibration: number;
}

declare global {
  interface Window {
    measureMap(task: Task): Promise<Measured>;
  }
}
