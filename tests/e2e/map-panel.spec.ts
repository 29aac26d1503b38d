/** The service map in a dashboard with a variable: searched, sorted, taken out as files; and its menu on the page. */
import { readFileSync } from 'node:fs';
import { type Download, expect, type Page, type Request, test } from '@playwright/test';
import { serviceMapUrl } from '../../src/links/urls';
import { testIds } from '../../src/test-ids';

const TIME = 'from=now-30m&to=now';
const DASHBOARD = '/d/traceatlas-overview';
const { serviceMap: ids } = testIds;

async function exported(page: Page, format: string): Promise<{ download: Download; text: string }> {
  await page.getByTestId(ids.export).click();
  const downloading = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: format, exact: true }).click();
  const download = await downloading;
  return { download, text: readFileSync(await download.path(), 'utf8') };
}

test('a variable of the dashboard is searched for on the map, and what is shown is what is exported', async ({
  page,
}) => {
  await page.goto(`${DASHBOARD}?${TIME}&var-service=driver`);
  const panel = page.getByTestId(ids.root);
  await expect(panel.getByTestId(ids.canvas)).toBeVisible();
  const search = panel.getByRole('combobox', { name: 'Find a service' });
  await expect(search).toHaveValue('name=~"driver"');
  await expect(panel.getByText('1 found')).toBeVisible();

  const whole = JSON.parse((await exported(page, 'JSON')).text) as { services: Array<{ name: string }> };
  expect(whole.services.map(({ name }) => name)).toEqual(expect.arrayContaining(['driver', 'redis', 'frontend']));

  // An expression that is not finished says what is missing, and hides nothing.
  await panel.getByTestId(ids.searchMode('only')).click();
  await search.fill('kind=database errors>');
  await expect(panel.getByTestId(ids.searchError)).toContainText('errors>');
  await search.fill('kind=data');
  await page.getByTestId(ids.searchSuggestions).getByRole('option', { name: 'database' }).click();
  await expect(search).toHaveValue('kind=database ');
  await expect(panel.getByText('3 found')).toBeVisible();

  const { download, text } = await exported(page, 'SVG');
  expect(download.suggestedFilename()).toMatch(/^service-map_\d{4}-[\dT-]+Z_\d{4}-[\dT-]+Z\.svg$/);
  const drawn = await page.evaluate((content) => {
    const { documentElement } = new DOMParser().parseFromString(content, 'image/svg+xml');
    return [...documentElement.querySelectorAll('g.service > title')].map((title) => title.textContent);
  }, text);
  expect(drawn.sort()).toEqual(['mysql', 'postgres', 'redis']);
  expect((await exported(page, 'Mermaid')).text).toMatch(/^flowchart LR\n/);
  expect((await exported(page, 'DOT (Graphviz)')).text).toContain('"redis"');
  const png = await exported(page, 'PNG');
  expect(
    readFileSync(await png.download.path())
      .subarray(1, 4)
      .toString()
  ).toBe('PNG');

  await search.fill('');
  await panel.getByTestId(ids.tableToggle).click();
  const table = panel.getByTestId(ids.table);
  await expect(table.getByRole('columnheader', { name: 'Rate' })).toHaveAttribute('aria-sort', 'descending');
  await table.getByRole('button', { name: 'Service', exact: true }).click();
  await expect(table.getByRole('rowheader', { name: 'driver' })).toBeVisible();
  const names = await table.getByRole('rowheader').allInnerTexts();
  expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b)));
  expect(names).toContain('driver');
  const downloading = page.waitForEvent('download');
  await table.getByTestId(ids.csv).click();
  const csv = readFileSync(await (await downloading).path(), 'utf8');
  expect(csv.trim().split('\r\n')).toHaveLength(names.length + 1);
  expect(csv).toMatch(/^driver,/m);
});

test('the search of the page is in its URL, and all of the menu is reached by the keyboard', async ({ page }) => {
  await page.goto(serviceMapUrl({ from: 'now-30m', to: 'now' }));
  const map = page.getByTestId(ids.canvas);
  await expect(map).toBeVisible();
  await page.keyboard.press('/');
  await page.keyboard.type('calls=redis');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId(ids.sidePanel).getByRole('heading').first()).toHaveText('driver');
  await expect(page).toHaveURL(/[?&]find=calls(?:=|%3D)redis/);
  await page.reload();
  const search = page.getByRole('combobox', { name: 'Find a service' });
  await expect(search).toHaveValue('calls=redis');

  await expect(page.getByTestId(ids.sidePanel)).toBeVisible();
  await map.focus();
  await page.keyboard.press('Shift+F10');
  const menu = page.getByTestId(ids.menu);
  await expect(menu).toContainText('driver');
  const traces = { name: 'Traces of this service' };
  // Grafana 12 leaves links of a menu links.
  await expect(menu.getByRole('menuitem', traces).or(menu.getByRole('link', traces))).toHaveAttribute('href', /driver/);
  const hide = menu.getByRole('menuitem', { name: 'Hide', exact: true });
  await expect(async () => {
    await page.keyboard.press('ArrowDown');
    await expect(hide).toBeFocused({ timeout: 100 });
  }).toPass();
  await page.keyboard.press('Enter');
  await expect(menu).toBeHidden();
  await expect(page.getByTestId(ids.several)).toContainText('Show 1 hidden');

  await map.click({ button: 'right', position: { x: 8, y: 8 } });
  await menu.getByRole('menuitem', { name: 'Show what is hidden' }).click();
  await expect(page.getByTestId(ids.several)).toBeHidden();
});

/** Also as a form has it, with blanks as plus signs */
function promqlOf(request: Request): string {
  return decodeURIComponent(
    (request.postData() ?? request.url()).replace(/\+/g, ' ').replace(/%(?![0-9a-f]{2})/gi, '%25')
  );
}

test('from near a card shows what its service does, and an operation leads to its traces', async ({ page }) => {
  const [time, only] = [{ from: 'now-30m', to: 'now' }, 'find=name%3D%22frontend%22&found=only'];
  await page.goto(`${serviceMapUrl(time)}&${only}`);
  const map = page.getByTestId(ids.canvas);
  const status = page.getByTestId(ids.operationsStatus);
  await expect(map).toHaveAttribute('data-painted');
  await expect(page.getByText('1 service, 0 calls')).toBeVisible();
  await expect(status).toBeEmpty();

  // The one service stays in the middle while one comes nearer.
  await map.focus();
  const asked = page.waitForRequest((request) => promqlOf(request).includes('topk by (service'));
  await page.keyboard.press('+');
  await page.keyboard.press('+');
  await page.keyboard.press('+');
  expect(promqlOf(await asked)).toContain('frontend');
  await expect(status).toContainText('operations of the services in view');

  // The first operation is a little below the middle of the card.
  const { width = 0, height = 0 } = (await map.boundingBox()) ?? {};
  const place = { x: width / 2 - 150, y: height / 2 + 16 };
  const tooltip = page.getByTestId(ids.tooltip);
  await map.hover({ position: place });
  await expect(tooltip).toContainText('req/s');
  await expect(tooltip.locator('div').nth(1)).toHaveText('frontend');
  const operation = await tooltip.locator('div').first().innerText();
  await map.click({ position: place });
  const chosen = page.getByTestId(ids.operations).locator('tr[aria-current="true"]');
  await expect(chosen).toContainText(operation);
  await expect(page).toHaveURL(/[?&]operation=/);
  await page.reload();
  await expect(chosen).toContainText(operation);

  await chosen.getByRole('link').click();
  await expect(page.getByTestId(testIds.search.results).getByRole('link').first()).toBeVisible();
  await expect(page).toHaveURL((url) => url.searchParams.get('q')?.includes(`name = "${operation}"`) ?? false);
});
