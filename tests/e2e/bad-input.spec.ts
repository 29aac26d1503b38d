/** What people see when something is wrong: a clear text, and nothing lost. */
import { expect, test } from '@playwright/test';
import { searchUrl, serviceMapUrl, traceUrl } from '../../src/links/urls';
import { testIds } from '../../src/test-ids';

const TIME = { from: 'now-30m', to: 'now' };
const TEMPO_PROXY = '**/api/datasources/proxy/uid/traceatlas-tempo/**';

test('a trace that nobody has says so and what to try', async ({ page }) => {
  await page.goto(traceUrl('0123456789abcdef0123456789abcdef', TIME));
  await expect(page.getByTestId(testIds.trace.notFound)).toBeVisible();
});

test('bad TraceQL shows the message of Tempo with its place and keeps the text', async ({ page }) => {
  await page.goto(searchUrl('{ bad }', TIME));
  await expect(page.getByTestId(testIds.search.error)).toContainText('line 1, column 3');
  await expect(page.getByTestId(testIds.search.editor)).toContainText('{ bad }');
});

test('the search says that Tempo is down, and recovers', async ({ page }) => {
  await page.route(TEMPO_PROXY, (route) => route.fulfill({ status: 502, body: '{"message":"Bad Gateway"}' }));
  await page.goto(searchUrl('{}', TIME));
  await expect(page.getByTestId(testIds.search.error)).toBeVisible();
  await page.unroute(TEMPO_PROXY);
  await page.getByTestId(testIds.search.run).click();
  await expect(page.getByTestId(testIds.search.results)).toBeVisible();
  await expect(page.getByTestId(testIds.search.error)).toBeHidden();
});

test('the service map is there while Tempo is down', async ({ page }) => {
  await page.route(TEMPO_PROXY, (route) => route.fulfill({ status: 502, body: '{"message":"Bad Gateway"}' }));
  await page.goto(serviceMapUrl(TIME));
  await expect(page.getByTestId(testIds.serviceMap.canvas)).toBeVisible();
});
