/** From a metric to the guilty span and back: exemplars, a box on the latency chart, and what it has in common. */
import { type APIRequestContext, expect, type Page, test } from '@playwright/test';
import { compareSpansUrl, serviceUrl } from '../../src/links/urls';
import { testIds } from '../../src/test-ids';

/** The load controller of the demo, where there is no page of the workbench with switches (`--grafana`). */
const LOAD_URL = process.env.E2E_LOAD_URL;
const FAULT = 'bad-version';
const SERVICE = 'article-service';

async function switchFault(request: APIRequestContext, active: boolean) {
  const address = LOAD_URL ? `${LOAD_URL}/faults/${FAULT}` : `/workbench/api/faults/${FAULT}`;
  const answer = await request.put(address, { data: { active } });
  expect(answer.ok()).toBe(true);
}

/** Where the chart is on screen, once it has points. */
async function chartBox(page: Page) {
  const chart = page.getByTestId(testIds.latency.chart);
  await expect(page.getByText(/^Exemplars: [1-9]\d* of \d+$/)).toBeVisible();
  await chart.scrollIntoViewIfNeeded();
  const box = await chart.boundingBox();
  if (!box) {
    throw new Error('The latency chart is not on screen');
  }
  return box;
}

interface BootData {
  settings: { datasources: Record<string, { uid: string; type: string; name: string }> };
}

/** The workbench has no Loki to ask, but a link only needs to know that there is one. */
async function withLoki(page: Page) {
  await page.addInitScript(() => {
    let boot: BootData | undefined;
    Object.defineProperty(window, 'grafanaBootData', {
      get: () => boot,
      set: (value: BootData) => {
        const { datasources } = value.settings;
        datasources.Loki ??= { ...datasources.Prometheus, uid: 'loki', type: 'loki', name: 'Loki' };
        boot = value;
      },
    });
  });
}

test('an exemplar leads to its trace, the trace to the metrics at that time, and back', async ({ page }) => {
  await withLoki(page);
  await page.goto(serviceUrl('frontend', { from: 'now-30m', to: 'now' }));
  await chartBox(page);
  await page.getByTestId(testIds.latency.chart).focus();
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByTestId(testIds.latency.card)).toContainText('services:');
  await page.keyboard.press('Enter');
  const drawer = page.getByTestId(testIds.latency.drawer);
  await expect(drawer.getByTestId(testIds.trace.row).first()).toBeVisible();
  await drawer.getByRole('link', { name: 'Open the trace’s page' }).click();
  await expect(page).toHaveURL(/\/trace\/[0-9a-f]{32}\?/);
  const traceAddress = page.url();

  await page.getByTestId(testIds.trace.row).first().click();
  const related = page.getByTestId(testIds.trace.related);
  const logs = new URL(
    (await related.getByRole('link', { name: 'Logs in Loki' }).getAttribute('href')) ?? '',
    page.url()
  );
  const pane = (JSON.parse(logs.searchParams.get('panes') ?? '{}') as { A: LogsPane }).A;
  const traceId = /\/trace\/([0-9a-f]{32})/.exec(traceAddress)?.[1] ?? '';
  expect(pane.datasource).toBe('loki');
  expect(pane.queries[0].expr).toContain('service_name="frontend"');
  expect(pane.queries[0].expr).toContain(traceId.replace(/^0+/, ''));
  expect(Number(pane.range.to) - Number(pane.range.from)).toBeGreaterThanOrEqual(10 * 60_000);

  await related.getByRole('link', { name: 'Metrics of this operation' }).click();
  await expect(page).toHaveURL(/\/service\/frontend\?.*operation=/);
  await expect(page.getByRole('button', { name: /^Only / })).toBeVisible();
  await chartBox(page);
  await page.goBack();
  await expect(page).toHaveURL(/\/trace\/[0-9a-f]{32}/);
  await expect(page.getByTestId(testIds.trace.row).first()).toBeVisible();
});

interface LogsPane {
  datasource: string;
  queries: Array<{ expr: string }>;
  range: { from: string; to: string };
}

test('a box on the latency chart is compared with the rest, and the faulty version comes first', async ({ page }) => {
  test.setTimeout(150_000);
  await switchFault(page.request, true);
  try {
    const since = Date.now() - 5 * 60_000;
    const slow = {
      query: `{ resource.service.name = "${SERVICE}" && kind = server }`,
      selection: '{ duration > 250ms }',
    };
    await expect(async () => {
      await page.goto(compareSpansUrl(slow, { from: since, to: 'now' }));
      const counts = page.getByTestId(testIds.compare.counts);
      await expect(counts).toBeVisible({ timeout: 10_000 });
      await expect(counts).toHaveText(/selected: ([2-9]\d|\d{3,})\./, { timeout: 1000 });
    }).toPass({ timeout: 100_000 });

    await page.goto(serviceUrl(SERVICE, { from: since, to: 'now' }));
    const { x, y, width, height } = await chartBox(page);
    // What takes longer than the service usually does, over the whole time.
    await page.mouse.move(x + 62, y + 2);
    await page.mouse.down();
    await page.mouse.move(x + width - 9, y + height * 0.4, { steps: 4 });
    await page.mouse.up();
    await expect(page.getByTestId(testIds.latency.box)).toContainText('duration >');
    await expect(page.getByTestId(testIds.latency.searchBox)).toHaveAttribute('href', /search\?.*duration/);
    await page.getByTestId(testIds.latency.compareBox).click();

    const first = page.getByTestId(testIds.compare.attribute).first();
    await expect(first.getByRole('heading')).toHaveText('resource.service.version');
    await first.getByTestId(testIds.compare.value).first().getByRole('link').click();
    await expect(page).toHaveURL(/\/search\?.*service\.version/);
    await expect(page.getByTestId(testIds.search.results)).toBeVisible();
  } finally {
    await switchFault(page.request, false);
  }
});
