/** Traces as broken instrumentation sends them: all of it is drawn, and each odd span says what is odd. */
import { expect, type Locator, type Page, test } from '@playwright/test';
import { traceUrl } from '../../src/links/urls';
import { testIds } from '../../src/test-ids';
import { sendOddTraces } from './send-traces';

const TIME = { from: 'now-15m', to: 'now' };
let idOf: (datasetId: string) => string;

test.beforeAll(async ({ request }) => {
  idOf = await sendOddTraces(request);
});

async function open(page: Page, datasetId: string) {
  await page.goto(traceUrl(idOf(datasetId), TIME));
  await expect(page.getByTestId(testIds.trace.row).first()).toBeVisible();
}

const row = (page: Page, name: string): Locator =>
  page.getByTestId(testIds.trace.row).filter({ hasText: name }).first();

for (const { what, id, spans, span, warning } of [
  {
    what: 'a missing parent',
    id: 'fedc0001000000000000000000000001',
    spans: 3,
    span: 'handle orphan',
    warning: 'not in the trace',
  },
  {
    what: 'a ring of parents',
    id: 'fedc0003000000000000000000000003',
    spans: 6,
    span: 'ring A',
    warning: 'its own ancestor',
  },
  {
    what: 'a span id used twice',
    id: 'fedc0004000000000000000000000004',
    spans: 6,
    span: 'sent twice',
    warning: 'same span id',
  },
  {
    what: 'a clock that is off',
    id: 'fedc0006000000000000000000000006',
    spans: 4,
    span: 'skewed server',
    warning: 'starts before its parent',
  },
]) {
  test(`a trace with ${what} is drawn and says so`, async ({ page }) => {
    await open(page, id);
    await expect(page.getByTestId(testIds.trace.grid)).toHaveAttribute('aria-rowcount', String(spans));
    await expect(row(page, span).getByRole('img', { name: new RegExp(warning) })).toBeVisible();
    await row(page, span).click();
    await expect(page.getByTestId(testIds.trace.detail)).toContainText(warning);
  });
}

test('a trace of a thousand levels is drawn, and its last span can be reached', async ({ page }) => {
  await open(page, 'fedc000d00000000000000000000000d');
  const grid = page.getByTestId(testIds.trace.grid);
  await expect(grid).toHaveAttribute('aria-rowcount', '1000');
  await grid.focus();
  await page.keyboard.press('End');
  await expect(page.getByTestId(testIds.trace.row).last()).toHaveAttribute('aria-rowindex', '1000');
});

test('any character may be in a name', async ({ page }) => {
  await open(page, 'fedc0008000000000000000000000008');
  await expect(row(page, 'GET /café/über?q=🔥')).toBeVisible();
  await expect(page.getByRole('heading', { name: /café/ })).toBeVisible();
});
