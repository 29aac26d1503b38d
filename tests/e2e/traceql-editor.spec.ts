/** Writing TraceQL in Explore: completion, repair by the message, and the search builder as the other view of the same query. */
import { expect, type Page, test } from '@playwright/test';
import { DATASOURCE_ID } from '../../src/constants';
import { exploreUrl } from '../../src/links/urls';
import { testIds } from '../../src/test-ids';

const TEMPO = { type: DATASOURCE_ID, uid: 'traceatlas-tempo' };
const TIME = { from: 'now-30m', to: 'now' };
const ids = testIds.datasource;

async function openExplore(page: Page, query: string): Promise<void> {
  await page.goto(exploreUrl({ datasource: TEMPO, query: { queryType: 'traceql', query }, ...TIME }));
  await expect(page.getByTestId(ids.traceqlEditor).locator('.monaco-editor').first()).toBeVisible();
}

function editorText(page: Page) {
  return page.getByTestId(ids.traceqlEditor).locator('.view-lines');
}

async function focusEnd(page: Page): Promise<void> {
  await editorText(page).click();
  await page.keyboard.press('ControlOrMeta+End');
}

async function placeCursor(page: Page, offset: number): Promise<void> {
  await editorText(page).click();
  await page.keyboard.press('ControlOrMeta+Home');
  for (let moved = 0; moved < offset; moved++) {
    await page.keyboard.press('ArrowRight');
  }
}

function suggestion(page: Page, name: string) {
  return page.locator('.suggest-widget .monaco-list-row').filter({ hasText: name }).first();
}

test('a query is written with completion: scope, tag, operator, value, function', async ({ page }) => {
  await openExplore(page, '');
  await editorText(page).click();
  await page.keyboard.type('{ resource.service.na');
  await expect(suggestion(page, 'resource.service.name')).toBeVisible();
  await page.keyboard.press('Enter');
  await page.keyboard.type(' = ');
  await expect(suggestion(page, 'frontend')).toBeVisible();
  await page.keyboard.type('"front');
  await expect(suggestion(page, 'frontend')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(editorText(page)).toContainText('resource.service.name = "frontend"');

  await page.keyboard.type(' && kin');
  await expect(suggestion(page, 'kind')).toBeVisible();
  await page.keyboard.press('Enter');
  await page.keyboard.type(' = ser');
  await expect(suggestion(page, 'server')).toBeVisible();
  await page.keyboard.press('Enter');
  await page.keyboard.press('ControlOrMeta+End');
  await page.keyboard.type(' | quan');
  await expect(suggestion(page, 'quantile_over_time')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.locator('.parameter-hints-widget')).toContainText('quantile_over_time(field, quantile');
  await page.keyboard.press('Escape');
  await expect(editorText(page)).toContainText('&& kind = server} | quantile_over_time()');
});

test('an error is repaired by its message, and the repaired query runs', async ({ page }) => {
  await openExplore(page, '{ service.name = "frontend" and kind = server }');
  const marked = page.getByTestId(ids.traceqlEditor).locator('.squiggly-error').first();
  await expect(marked).toBeVisible();
  await focusEnd(page);
  // Each repair shows what is wrong next.
  for (const [before, fix, result] of [
    ['{ ', 'Write resource.service.name', '{ resource.service.name ='],
    ['{ resource.service.name = "frontend" ', 'Write the and operator', '"frontend" && kind'],
  ]) {
    await placeCursor(page, before.length);
    await page.keyboard.press('ControlOrMeta+.');
    await expect(page.getByRole('menuitem', { name: fix })).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(editorText(page)).toContainText(result);
  }
  await expect(editorText(page)).toContainText('{ resource.service.name = "frontend" && kind = server }');
  await expect(marked).toBeHidden();
  await focusEnd(page);
  await page.keyboard.press('Shift+Enter');
  await expect(page.getByRole('link', { name: /^[0-9a-f]{32}$/ }).first()).toBeVisible();

  await page.getByRole('button', { name: 'Recent queries' }).click();
  await expect(page.getByTestId(ids.library).getByRole('button', { name: /frontend/ })).toBeVisible();
});

test('builder and text are two views of one query', async ({ page }) => {
  await openExplore(
    page,
    '{ resource.service.name = "frontend" && (.a = .b || kind = server) } >> { } | rate() by (name)'
  );
  await page.getByRole('radio', { name: 'Search' }).click({ force: true });
  const builder = page.getByTestId(ids.searchBuilder);
  await expect(builder.getByText('frontend').first()).toBeVisible();
  await expect(builder.getByRole('textbox', { name: 'Condition in TraceQL' })).toHaveValue('.a = .b || kind = server');
  const rest = builder.getByRole('textbox', { name: 'Also in this query' });
  await expect(rest).toHaveValue('>> { } | rate() by (name)');
  await rest.fill('| count() > 0');
  await rest.press('Enter');
  await builder.getByTestId(ids.editAsTraceql).click();
  await expect(editorText(page)).toContainText(
    '{resource.service.name="frontend" && (.a = .b || kind = server)} | count() > 0'
  );

  await page.getByRole('button', { name: 'Examples' }).click();
  await page.getByRole('button', { name: /Request rate by service/ }).press('Enter');
  await expect(editorText(page)).toContainText('{ kind = server } | rate() by (resource.service.name)');
});
