/** What the main thread of a page was busy with, by the trace of Chromium. */
import { type Browser, type Page } from '@playwright/test';

/** An event of Chromium's trace; times in µs. https://docs.google.com/document/d/1CvAClvFfyA5R-PhYUmn5OOQtYMH4h6I0nSsKchNAySU */
interface TraceEvent {
  name: string;
  pid: number;
  tid: number;
  ts: number;
  /** CPU time of the thread */
  tdur?: number;
}

function longestIn(trace: Buffer, [from, to]: readonly [string, string]): number {
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] };
  const begin = traceEvents.find(({ name }) => name === from);
  const end = traceEvents.find(({ name }) => name === to);
  if (!begin || !end) {
    throw new Error('The trace of the browser lacks the marks of the page');
  }
  const tasks = traceEvents.filter(
    ({ name, pid, tid, ts }) =>
      name === 'RunTask' && pid === begin.pid && tid === begin.tid && ts >= begin.ts && ts <= end.ts
  );
  return Math.max(...tasks.map(({ tdur = 0 }) => tdur)) / 1000;
}

/**
 * @param marks that the page sets at the beginning and the end, with `performance.mark`
 * @returns what `act` returns, and CPU ms that the main thread spent in its busiest task in between: what others on the
 * machine do is not in it
 */
export async function withBusiestTask<T>(
  browser: Browser,
  page: Page,
  marks: readonly [string, string],
  act: () => Promise<T>
): Promise<{ result: T; busiestTask: number }> {
  await browser.startTracing(page, {
    categories: ['devtools.timeline', 'blink.user_timing', 'disabled-by-default-devtools.timeline'],
  });
  const result = await act();
  return { result, busiestTask: longestIn(await browser.stopTracing(), marks) };
}
