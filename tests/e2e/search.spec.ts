/** A search over a day with a slow Tempo: rows while it goes on, a stop button that keeps them, faults that do not cost them. */
import { expect, type Page, type Route, test } from '@playwright/test';
import { searchUrl } from '../../src/links/urls';
import { testIds } from '../../src/test-ids';

const SEARCH = '**/api/datasources/proxy/uid/*/api/search?*';
const HOUR = 3600;

/** s since the Unix epoch, of one slice */
function rangeOf(route: Route): { start: number; end: number } {
  const { searchParams } = new URL(route.request().url());
  return { start: Number(searchParams.get('start')), end: Number(searchParams.get('end')) };
}

/** One trace in the middle of each slice. */
function oneTrace(route: Route) {
  const { start, end } = rangeOf(route);
  const at = Math.floor((start + end) / 2);
  return route.fulfill({
    json: {
      traces: [
        {
          traceID: at.toString(16),
          rootServiceName: 'shop',
          rootTraceName: 'GET /cart',
          startTimeUnixNano: `${at}000000000`,
          durationMs: 120,
        },
      ],
      metrics: { inspectedBytes: String((end - start) * 1000), completedJobs: 1, totalJobs: 1 },
    },
  });
}

/** Newer than so many hours is answered at once; older slices go to `older`. */
async function slowTempo(page: Page, hours: number, older: (route: Route) => unknown) {
  const border = Date.now() / 1000 - hours * HOUR;
  await page.route(SEARCH, (route) => (rangeOf(route).start >= border ? oneTrace(route) : older(route)));
}

const parts = (page: Page) => ({
  rows: page.getByTestId(testIds.search.traceLink),
  bar: page.getByRole('progressbar', { name: 'Searched part of the time range' }),
  text: page.getByTestId(testIds.progress.text),
  stop: page.getByTestId(testIds.progress.stop),
  error: page.getByTestId(testIds.search.error),
});

const DAY = { from: 'now-24h', to: 'now' };

test('a search shows rows while it goes on, and what came stays when it is stopped', async ({ page }) => {
  let held = 0;
  // Never answered: Tempo is slow with what is old.
  await slowTempo(page, 3, () => void held++);
  const aborted: string[] = [];
  page.on('requestfailed', (request) => aborted.push(request.failure()?.errorText ?? ''));
  await page.goto(searchUrl('{ status = error }', DAY));
  const { rows, bar, text, stop } = parts(page);

  await expect(bar).toBeVisible();
  await expect(text).toContainText(/Covers .* to .* so far, \d+ % of the range/);
  await expect(text).toContainText('inspected');
  await expect(rows).not.toHaveCount(0);
  await expect.poll(() => held).toBeGreaterThan(0);
  const before = await rows.allTextContents();
  const top = (await rows.first().boundingBox())?.y;

  await stop.click();
  await expect(bar).toBeHidden();
  await expect(text).toContainText(/^Stopped: covers .* to /);
  expect(await rows.allTextContents()).toEqual(before);
  expect((await rows.first().boundingBox())?.y).toBe(top);
  await expect.poll(() => aborted.length).toBeGreaterThanOrEqual(held);
  expect(held).toBeLessThanOrEqual(3);
});

test('a search covers the whole range when Tempo answers, each trace once', async ({ page }) => {
  await slowTempo(page, 24.1, oneTrace);
  await page.goto(searchUrl('{ status = error }', DAY));
  const { rows, bar, text, error } = parts(page);
  await expect(rows).not.toHaveCount(0);
  await expect(bar).toBeHidden();
  await expect(text).toBeHidden();
  await expect(error).toBeHidden();
  const ids = await rows.allTextContents();
  expect(new Set(ids).size).toBe(ids.length);
  // Newest first.
  expect(ids).toEqual([...ids].sort().reverse());
});

test('rows stay when older data cannot be read, and when the next query is wrong', async ({ page }) => {
  await slowTempo(page, 3, (route) => route.fulfill({ status: 401, body: 'no org id' }));
  await page.goto(searchUrl('{ status = error }', DAY));
  const { rows, text, error } = parts(page);
  await expect(error).toContainText('X-Scope-OrgID');
  await expect(text).toContainText('what is older could not be read');
  const before = await rows.allTextContents();
  expect(before.length).toBeGreaterThan(0);

  await page.unroute(SEARCH);
  await page.route(SEARCH, (route) => route.fulfill({ status: 400, body: 'invalid limit: must be a positive number' }));
  await page.getByTestId(testIds.search.run).click();
  await expect(error).toContainText('invalid limit');
  await expect(page.getByText('These are the traces of the search before.')).toBeVisible();
  expect(await rows.allTextContents()).toEqual(before);
});
