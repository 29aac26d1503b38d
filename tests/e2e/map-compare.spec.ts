/** From "something got slow" to the guilty call and its reason: the map against the time before a fault was switched on. */
import { type APIRequestContext, expect, type Page, test } from '@playwright/test';
import { serviceMapUrl } from '../../src/links/urls';
import { testIds } from '../../src/test-ids';

/** The load controller of the demo, where there is no page of the workbench with switches (`--grafana`). */
const LOAD_URL = process.env.E2E_LOAD_URL;
const FAULT = 'slow-database';
/** Its statements are what the fault makes slow; its callers only wait for it. */
const GUILTY = 'postgres';
const CALLER = 'article-service';

async function switchFault(request: APIRequestContext, active: boolean) {
  const address = LOAD_URL ? `${LOAD_URL}/faults/${FAULT}` : `/workbench/api/faults/${FAULT}`;
  const answer = await request.put(address, { data: { active } });
  expect(answer.ok()).toBe(true);
}

const { serviceMap: ids } = testIds;

// Also after a test that ran out of time.
test.afterEach(({ request }) => switchFault(request, false));

/** Opens the map from `since` on and compares it with the time before, until enough requests and calls were counted. */
async function compareUntil(page: Page, since: number, first: string, firstCall: RegExp) {
  await expect(async () => {
    await page.goto(serviceMapUrl({ from: since, to: 'now' }));
    // Off until there are series of the new window; nothing is said of it before it has four samples.
    await page.getByTestId(ids.compare).click({ timeout: 4000 });
    const change = page.getByTestId(ids.changes).getByTestId(ids.change).first();
    await expect(change).toHaveAttribute('data-service', first, { timeout: 5000 });
    // Calls are counted a little later than the spans of their ends.
    await page.getByRole('radio', { name: /^Calls/ }).check();
    await expect(change).toContainText(firstCall, { timeout: 2000 });
    await page.getByRole('radio', { name: /^Services/ }).check();
  }).toPass({ timeout: 150_000 });
}

test('the guilty service leads the list of changes, its slow call is three clicks away, then its reason', async ({
  page,
}) => {
  test.setTimeout(240_000);
  const since = Date.now();
  await switchFault(page.request, true);
  await compareUntil(page, since, GUILTY, new RegExp(`${CALLER}.*→.*${GUILTY}`));
  const changes = page.getByTestId(ids.changes);
  await expect(changes.getByTestId(ids.change).first()).toContainText('▲');
  await expect(changes.getByTestId(ids.change).first()).toContainText('→');
  // Why it comes first: nothing that it calls explains it.
  await expect(changes.getByTestId(ids.change).first()).toContainText('its own');
  await expect(page).toHaveURL(/map-compare=before/);
  await expect(page.getByTestId(ids.legend)).toContainText('slower or more errors');

  // The first click was "Compare".
  await page.getByRole('radio', { name: /^Calls/ }).check();
  await changes.getByTestId(ids.change).first().click();
  const panel = page.getByTestId(ids.sidePanel);
  await expect(panel.getByRole('heading')).toHaveText(new RegExp(`${CALLER}.*→.*${GUILTY}`));
  await expect(panel).toContainText('before');
  await expect(panel.getByTestId(ids.sparkline)).toHaveCount(3);
  await expect(panel.getByTestId(ids.tracesLink)).toHaveAttribute('href', new RegExp(`search\\?.*${CALLER}`));

  await panel.getByTestId(ids.slowLink).click({ timeout: 20_000 });
  await expect(page).toHaveURL(new RegExp(`/compare\\?.*${CALLER}.*duration`));
  await expect(page.getByTestId(testIds.compare.counts)).toHaveText(/selected: [1-9]/);
  await expect(page.getByTestId(testIds.compare.attribute).first()).toBeVisible();
});

test('keys and the panel lead around a service: focus with hops, an exemplar, and what another window lacks', async ({
  page,
}) => {
  await page.goto(serviceMapUrl({ from: 'now-30m', to: 'now' }));
  const root = page.getByTestId(ids.root);
  await expect(root).toContainText(/1\d services/);
  await page.getByTestId(ids.search).getByRole('combobox').fill(CALLER);
  await expect(root).toContainText('1 found');
  await page.keyboard.press('Enter');
  const panel = page.getByTestId(ids.sidePanel);
  await expect(panel.getByRole('heading')).toHaveText(CALLER);
  await expect(panel.getByTestId(ids.operations)).toContainText('list-articles');

  await panel.getByTestId(ids.focus).click();
  await expect(root).toContainText('3 services');
  await page.getByRole('button', { name: 'One hop more' }).click();
  await expect(root).not.toContainText('3 services');
  await expect(page).toHaveURL(/focus=.*hops=2/);

  await panel.getByTestId(ids.exemplar).first().focus();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId(testIds.latency.drawer).getByTestId(testIds.trace.row).first()).toBeVisible();

  // Long before the demo began.
  await page.goto(`${serviceMapUrl({ from: 'now-30m', to: 'now' })}&map-compare=last-week`);
  await expect(page.getByTestId(ids.noEarlier)).toBeVisible();
  await expect(page.getByTestId(ids.changes)).toHaveCount(0);
});

test('a window that is too short to compare says so, and how long it has to be', async ({ page }) => {
  // Three samples at most, as there is one every 15 s.
  await page.goto(`${serviceMapUrl({ from: 'now-40s', to: 'now' })}&map-compare=before`);
  const few = page.getByTestId(ids.fewSamples);
  await expect(few).toContainText('rates need four');
  await expect(page.getByTestId(ids.changes)).toHaveCount(0);
  // Four samples are within a minute, or begin before it: that depends on how long ago the newest was taken.
  const longer = few.getByRole('button', { name: /^Show [12] minutes?$/ });
  const minutes = /[12]/.exec((await longer.textContent()) ?? '')?.[0];
  await expect(few).toContainText(`Choose at least ${minutes} minute`);
  await longer.click();
  await expect(page).toHaveURL(new RegExp(`from=now-${minutes}m`));
});

test('replay steps through the time range and moves no service', async ({ page }) => {
  await page.goto(`${serviceMapUrl({ from: 'now-30m', to: 'now' })}&map-replay=on`);
  const slider = page.getByTestId(ids.replaySlider);
  await expect(slider).toHaveValue('0');
  const canvas = page.getByTestId(ids.canvas);
  await expect(canvas).toHaveAttribute('data-painted', 'true');
  const first = await slider.getAttribute('aria-valuetext');
  await slider.focus();
  await page.keyboard.press('ArrowRight');
  await expect(slider).toHaveValue('1');
  await expect(slider).not.toHaveAttribute('aria-valuetext', first ?? '');
  await expect(page).toHaveURL(/map-replay=20\d\d-/);
  await page.getByTestId(ids.replayPlay).click();
  // Each step is there for less than the second that Playwright would look away for.
  await expect.poll(() => slider.inputValue(), { intervals: [100] }).toBe('4');
  await page.getByTestId(ids.replayPlay).click();
  await expect(page.getByTestId(ids.replayPlay)).toHaveAttribute('aria-label', 'Play');
});
