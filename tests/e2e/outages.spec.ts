/** A data source that is away: what needs it says so, the rest works, and all comes back without a click. */
import { expect, test } from '@playwright/test';
import { serviceMapUrl, serviceUrl, traceUrl } from '../../src/links/urls';
import { testIds } from '../../src/test-ids';
import { newestTraceId } from './newest-trace';

const TIME = { from: 'now-30m', to: 'now' };
const DOWN = { status: 502, contentType: 'application/json', body: '{"message":"Bad Gateway"}' };
const TEMPO = '**/api/datasources/proxy/uid/traceatlas-tempo/**';
/** Both ways that Grafana asks a Prometheus: as a query of the data source, and through its proxy or resources. */
const PROMETHEUS = /\/api\/(ds\/query|datasources\/(proxy\/)?uid\/prometheus\/)/;

test('the service map says that Prometheus is down, and recovers by itself', async ({ page }) => {
  await page.route(PROMETHEUS, (route) => route.fulfill(DOWN));
  await page.goto(serviceMapUrl(TIME));
  await expect(page.getByTestId(testIds.serviceMap.error)).toBeVisible();
  await page.unroute(PROMETHEUS);
  await expect(page.getByTestId(testIds.serviceMap.canvas)).toBeVisible();
  await expect(page.getByTestId(testIds.serviceMap.error)).toBeHidden();
  // What is on screen stays whole while there is nothing newer.
  await page.route(PROMETHEUS, (route) => route.fulfill(DOWN));
  await page.getByTestId('data-testid RefreshPicker run button').click();
  await expect(page.getByTestId(testIds.serviceMap.stale)).toBeVisible();
  await expect(page.getByTestId(testIds.serviceMap.legend)).toBeInViewport();
  await expect(page.getByTestId(testIds.serviceMap.error)).toBeHidden();
});

test('a service page recovers by itself when Prometheus is back', async ({ page }) => {
  await page.route(PROMETHEUS, (route) => route.fulfill(DOWN));
  await page.goto(serviceUrl('frontend', TIME));
  const failed = page.getByTestId(testIds.service.metricsFailed);
  await expect(failed).toContainText('The metrics data source did not answer');
  await expect(failed.getByTestId(testIds.setup.hint)).toBeVisible();
  // They need no Prometheus.
  const traces = failed.getByRole('link', { name: 'Traces of this service' });
  await expect(traces).toHaveAttribute('href', /search\?.*service\.name.*frontend/);
  await page.unroute(PROMETHEUS);
  await expect(page.getByText('Latency', { exact: true })).toBeVisible();
  await expect(page.getByTestId(testIds.service.neighbours)).toContainText('customer');
});

test('a service page shows its metrics while Tempo is down, and its traces when Tempo is back', async ({ page }) => {
  await page.route(TEMPO, (route) => route.fulfill(DOWN));
  await page.goto(serviceUrl('frontend', TIME));
  await expect(page.getByText('Latency', { exact: true })).toBeVisible();
  const failure = page.getByText('The search failed');
  await failure.scrollIntoViewIfNeeded();
  await expect(failure).toBeVisible();
  await page.unroute(TEMPO);
  await expect(page.getByTestId(testIds.search.results)).toBeVisible();
});

test('a trace page says that Tempo is down, and shows the trace when it is back', async ({ page }) => {
  const address = traceUrl(await newestTraceId(page.request), TIME);
  await page.route(TEMPO, (route) => route.fulfill(DOWN));
  await page.goto(address);
  await expect(page.getByTestId(testIds.trace.error)).toBeVisible();
  await page.unroute(TEMPO);
  await expect(page.getByTestId(testIds.trace.row).first()).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('frontend');
});
