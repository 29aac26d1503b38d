/**
 * The five ways through the plugin that must always work, in the workbench (default) or in a Grafana that runs with
 * the same provisioning and sample services (E2E_BASE_URL).
 */
import { expect, type Page, test } from '@playwright/test';
import { APP_BASE_URL, ROUTES } from '../../src/constants';
import { exploreUrl, searchUrl, serviceMapUrl, serviceUrl } from '../../src/links/urls';
import { testIds } from '../../src/test-ids';

const TIME = { from: 'now-30m', to: 'now' };
const TEMPO = { uid: 'traceatlas-tempo', type: 'traceatlas-tempo-datasource' };
/** Grafana's own test id of an exemplar's point, which the workbench's stand-in has as well. */
const EXEMPLAR = 'data-testid Exemplar marker';

async function expectTimeline(page: Page) {
  await expect(page.getByTestId(testIds.trace.timeline)).toBeVisible();
  await expect(page.getByTestId(testIds.trace.row).first()).toBeVisible();
}

test('the service map shows the calls of both sample systems', async ({ page }) => {
  await page.goto(serviceMapUrl(TIME));
  await expect(page.getByTestId(testIds.serviceMap.canvas)).toBeVisible();
  await page.getByTestId(testIds.serviceMap.tableToggle).click();
  const table = page.getByTestId(testIds.serviceMap.table);
  for (const service of [
    'frontend',
    'customer',
    'driver',
    'route',
    'shop-backend',
    'article-service',
    'auth-service',
  ]) {
    await expect(table.getByText(service, { exact: true }).first()).toBeVisible();
  }
});

test('a service of the map leads to its latency, and an exemplar there to its trace', async ({ page }) => {
  await page.goto(serviceUrl('frontend', TIME));
  const exemplars = page.getByTestId(testIds.service.exemplarTable);
  await exemplars
    .getByRole('link', { name: /^[0-9a-f]{8}$/ })
    .first()
    .click();
  await expect(page).toHaveURL(new RegExp(`${APP_BASE_URL}/${ROUTES.trace}/[0-9a-f]{16,32}`));
  await expectTimeline(page);
});

test('a TraceQL search finds a trace that opens', async ({ page }) => {
  await page.goto(searchUrl('{ resource.service.name = "frontend" && kind = server }', TIME));
  const results = page.getByTestId(testIds.search.results);
  await results
    .getByRole('link', { name: /^[0-9a-f]{32}$/ })
    .first()
    .click();
  await expectTimeline(page);
  await expect(page.getByTestId(testIds.trace.header)).toContainText('frontend');
});

test('Explore runs TraceQL and a trace opens from the table', async ({ page }) => {
  const query = {
    queryType: 'traceql',
    query: '{ status = error }',
    tableType: 'traces',
    limit: 20,
    spss: 3,
    filters: [],
  };
  await page.goto(exploreUrl({ datasource: TEMPO, query, ...TIME }));
  await expect(page.getByTestId(testIds.datasource.traceqlEditor)).toBeVisible();
  const trace = page.getByRole('link', { name: /^[0-9a-f]{16,32}$/ }).first();
  // The table widens a cell under the pointer, which makes the link anew.
  await trace.hover();
  await trace.click();
  // The workbench shows our timeline, Grafana its own trace view: both name the trace's services.
  await expect(
    page.getByText('Service & Operation').or(page.getByTestId(testIds.trace.timeline)).first()
  ).toBeVisible();
});

test('the provisioned dashboard draws the map and charts with exemplars', async ({ page }) => {
  await page.goto(`/d/traceatlas-overview?from=${TIME.from}&to=${TIME.to}`);
  await expect(page.getByTestId(testIds.serviceMap.canvas)).toBeVisible();
  await expect(page.getByText('Latency, p95')).toBeVisible();
  await expect(page.getByTestId(EXEMPLAR).first()).toBeVisible();
});
