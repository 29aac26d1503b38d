/** A set-up that is wired wrongly in four places: the check names all four, and mends what it may. */
import { expect, type Locator, type Page, test } from '@playwright/test';
import { setupUrl } from '../../src/links/urls';
import { testIds } from '../../src/test-ids';
import { type BrokenDemo, sendOneRequest, startBrokenDemo } from './broken-demo';
import { seriousFindings } from './axe-findings';

let demo: BrokenDemo;

test.describe.configure({ mode: 'serial' });
test.setTimeout(180_000);

test.beforeAll(async ({ playwright }) => {
  test.setTimeout(180_000);
  const request = await playwright.request.newContext();
  demo = await startBrokenDemo(request);
  await sendOneRequest(request);
  await request.dispose();
});

test.afterAll(() => demo?.stop());

const checkRow = (page: Page, id: string): Locator => page.getByTestId(testIds.setup.check(id));

async function openCheck(page: Page) {
  await page.goto(`${demo.url}${setupUrl({})}`);
  await expect(page.getByTestId(testIds.setup.summary)).toContainText('in order');
}

const FAULTS: Array<{ id: string; says: RegExp; fix: { title: RegExp; text: RegExp } }> = [
  {
    id: 'generator-series',
    says: /service-graphs processor is missing/,
    fix: { title: /Tempo:/, text: /processors: \[service-graphs, span-metrics\]/ },
  },
  {
    id: 'exemplar-storage',
    says: /storage is off/,
    fix: { title: /Prometheus: Turn exemplar storage on/, text: /--enable-feature=exemplar-storage/ },
  },
  {
    id: 'exemplar-destinations',
    says: /a link for traceId, but the exemplars carry traceID/,
    fix: { title: /Grafana:/, text: /exemplarTraceIdDestinations:/ },
  },
  {
    id: 'link-service-map',
    says: /no metrics data source linked/,
    fix: { title: /Grafana:/, text: /serviceMap:/ },
  },
];

test('names the four faults, each with what to write where', async ({ page }) => {
  await openCheck(page);
  for (const { id, says, fix } of FAULTS) {
    const row = checkRow(page, id);
    await expect(row).toHaveAttribute('data-state', 'problem');
    await expect(row).toContainText(says);
    await row.getByRole('button', { name: fix.title }).click();
    await expect(row).toContainText(fix.text);
  }
  // What works is not complained about.
  for (const id of ['tempo-reachable', 'tempo-search', 'traceql-metrics', 'generator-fresh', 'clock-prometheus']) {
    await expect(checkRow(page, id)).toHaveAttribute('data-state', 'ok');
  }
});

test('a viewer without rights gets the text for an administrator, and no button', async ({ page }) => {
  await page.route(/\/api\/datasources\/uid\/[^/]+\?accesscontrol=true/, (route) =>
    route.fulfill({ status: 403, json: { message: "You'll need additional permissions to perform this action." } })
  );
  await openCheck(page);
  const row = checkRow(page, 'exemplar-destinations');
  await expect(row).toHaveAttribute('data-state', 'problem');
  await expect(row).toContainText('give an administrator');
  await expect(page.getByTestId(testIds.setup.fix)).toHaveCount(0);
});

test('what answers strangely or not at all is told, and the other checks still run', async ({ page }) => {
  await page.route(/\/resources\/api\/v1\/query_exemplars/, (route) =>
    route.fulfill({ status: 200, body: '<html>Please log in</html>' })
  );
  await page.route(/\/api\/v1\/status\/flags/, (route) => route.fulfill({ status: 403, json: { message: 'no' } }));
  await page.route(/\/proxy\/uid\/traceatlas-tempo\/api\/search/, (route) =>
    route.fulfill({ status: 401, body: 'no org id\n' })
  );
  await openCheck(page);
  await expect(checkRow(page, 'exemplars-present')).toContainText('no answer of Prometheus');
  await expect(checkRow(page, 'exemplar-storage')).toHaveAttribute('data-state', 'unknown');
  await expect(checkRow(page, 'tempo-tenant')).toHaveAttribute('data-state', 'problem');
  await expect(checkRow(page, 'generator-series')).toHaveAttribute('data-state', 'problem');
});

test('has no serious accessibility finding', async ({ page }) => {
  await openCheck(page);
  expect(await seriousFindings(page)).toEqual([]);
});

test('mends what it may after showing the change; a report names no secret', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openCheck(page);

  const mend = async (id: string, lines: RegExp[]) => {
    const row = checkRow(page, id);
    await row.getByTestId(testIds.setup.fix).click();
    for (const line of lines) {
      await expect(page.getByTestId(testIds.setup.diff)).toContainText(line);
    }
    await page.getByTestId(testIds.setup.save).click();
    await expect(page.getByTestId(testIds.setup.diff)).toHaveCount(0);
    await expect(row).toHaveAttribute('data-state', 'ok');
  };
  await mend('exemplar-destinations', [/ {4}- name: traceId/, /\+ {5}- name: traceID/, /\+ {5}- name: trace_id/]);
  await mend('link-service-map', [/\+ {3}serviceMap:/, /\+ {5}datasourceUid: prometheus/]);

  // Nothing else of the data source has changed, and these two faults are not Grafana's to mend.
  const stored = await page.request.get(`${demo.url}/api/datasources/uid/prometheus`);
  expect(await stored.json()).toMatchObject({
    jsonData: { httpMethod: 'POST', timeInterval: '15s', httpHeaderName1: 'X-Scope-OrgID' },
    secureJsonFields: { httpHeaderValue1: true },
  });
  await expect(checkRow(page, 'generator-series')).toHaveAttribute('data-state', 'problem');
  await expect(checkRow(page, 'exemplar-storage')).toHaveAttribute('data-state', 'problem');

  await page.getByTestId(testIds.setup.copyReport).click();
  const report = await page.evaluate(() => navigator.clipboard.readText());
  expect(report).toContain('[problem] Exemplar storage: Exemplar storage is off.');
  expect(report).toContain('[ok] Exemplars open this Tempo');
  expect(report).not.toMatch(/https?:|secret-tenant|X-Scope-OrgID|127\.0\.0\.1/);
});

test('a change that somebody else made meanwhile is not overwritten', async ({ page }) => {
  await openCheck(page);
  await checkRow(page, 'link-metrics').getByTestId(testIds.setup.fix).click();
  const uid = `${demo.url}/api/datasources/uid/traceatlas-tempo`;
  const stored: unknown = await (await page.request.get(uid)).json();
  const theirs = await page.request.put(uid, {
    data: Object.assign({}, stored, {
      jsonData: { nodeGraph: { enabled: false }, serviceMap: { datasourceUid: 'prometheus' } },
    }),
  });
  expect(theirs.ok()).toBe(true);
  await page.getByTestId(testIds.setup.save).click();
  await expect(page.getByRole('dialog')).toContainText('Somebody else has changed this data source meanwhile');
  const button = page.getByTestId(testIds.setup.save);
  await expect(button).toBeEnabled();
  // What they wrote is what the second attempt starts from.
  await expect(page.getByTestId(testIds.setup.root)).toHaveAttribute('aria-busy', 'false');
  await button.click();
  await expect(checkRow(page, 'link-metrics')).toHaveAttribute('data-state', 'ok');
  expect(await (await page.request.get(uid)).json()).toMatchObject({
    jsonData: { nodeGraph: { enabled: false }, tracesToMetrics: { datasourceUid: 'prometheus' } },
  });
});
