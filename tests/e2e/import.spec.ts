/** Traces out of files: in Explore, on the trace page, and back into a file. */
import { readFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { APP_BASE_URL, DATASOURCE_ID, ROUTES } from '../../src/constants';
import { exploreUrl } from '../../src/links/urls';
import { testIds } from '../../src/test-ids';

const TIME = { from: 'now-30m', to: 'now' };
const TEMPO = { uid: 'traceatlas-tempo', type: DATASOURCE_ID };

const jaegerSpan = (spanID: string, operationName: string, parent?: string) => ({
  traceID: 'c0ffee',
  spanID,
  operationName,
  references: parent ? [{ refType: 'CHILD_OF', traceID: 'c0ffee', spanID: parent }] : [],
  startTime: 1_700_000_000_000_000,
  duration: 2500,
  processID: 'p1',
  tags: [
    { key: 'big', type: 'int64', value: '9007199254740993' },
    { key: 'link', type: 'string', value: 'javascript:alert(1)' },
    { key: 'html', type: 'string', value: '<img src=x onerror="document.title=1">' },
  ],
  logs: [],
});
const JAEGER = JSON.stringify({
  data: [
    {
      traceID: 'c0ffee',
      processes: { p1: { serviceName: 'coffee-shop', tags: [] } },
      spans: [jaegerSpan('1', 'brew'), jaegerSpan('2', 'grind beans', '1')],
    },
  ],
});

async function choose(page: Page, name: string, content: string) {
  const input = page.getByTestId(testIds.traceImport.dropzone).locator('input[type=file]');
  await input.setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(content) });
}

test('a Jaeger file is read on the trace page, exported as OTLP JSON, and read again', async ({ page }) => {
  await page.goto(`${APP_BASE_URL}/${ROUTES.trace}`);
  await choose(page, 'broken.json', '{\n  "data": [{]\n}');
  await expect(page.getByTestId(testIds.traceImport.error)).toContainText('line 2, column 13');
  await choose(page, 'jaeger.json', JAEGER);
  const rows = page.getByTestId(testIds.trace.row);
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(1)).toContainText('grind beans');

  await rows.nth(1).click();
  const detail = page.getByTestId(testIds.trace.detail);
  await expect(detail).toContainText('9007199254740993');
  await expect(detail).toContainText('javascript:alert(1)');
  await expect(page.locator('a[href^="javascript:" i], img[src="x"]')).toHaveCount(0);

  const downloading = page.waitForEvent('download');
  await page.getByTestId(testIds.trace.export).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe(`trace-${'c0ffee'.padStart(32, '0')}.json`);
  const exported = readFileSync(await download.path(), 'utf8');
  expect(JSON.parse(exported).resourceSpans[0].scopeSpans[0].spans).toHaveLength(2);
  expect(exported).toContain('"intValue":"9007199254740993"');

  await page.getByTestId(testIds.traceImport.clear).click();
  await choose(page, 'exported.json', exported);
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(0)).toContainText('brew');
});

test('a file is imported in the query editor, and is still there after the page was loaded again', async ({ page }) => {
  await page.goto(exploreUrl({ datasource: TEMPO, query: { queryType: 'upload' }, ...TIME }));
  await choose(page, 'jaeger.json', JAEGER);
  await expect(page.getByText('grind beans').first()).toBeVisible();
  // Explore writes its address after a pause.
  await expect(page).toHaveURL(/importId/);
  await page.reload();
  await expect(page.getByText('jaeger.json')).toBeVisible();
  await expect(page.getByText('grind beans').first()).toBeVisible();
});
