/** The ways through the plugin without a mouse. */
import { expect, test } from '@playwright/test';
import { searchUrl, serviceMapUrl, traceUrl } from '../../src/links/urls';
import { testIds } from '../../src/test-ids';
import { newestTraceId } from './newest-trace';

const TIME = { from: 'now-30m', to: 'now' };

test('a trace is read with the keyboard', async ({ page }) => {
  await page.goto(traceUrl(await newestTraceId(page.request), TIME));
  const grid = page.getByTestId(testIds.trace.grid);
  const detail = page.getByTestId(testIds.trace.detail);
  const rows = page.getByTestId(testIds.trace.row);
  await grid.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(detail).toBeVisible();
  await expect(page).toHaveURL(/span=[0-9a-f]{16}/);
  await page.keyboard.press('Escape');
  await expect(detail).toBeHidden();
  await page.keyboard.press('ArrowLeft');
  await expect(rows).toHaveCount(1);
  await page.keyboard.press('ArrowRight');
  await expect(rows.nth(1)).toBeVisible();

  await page.keyboard.press('/');
  const find = page.getByTestId(testIds.trace.find);
  await expect(find).toBeFocused();
  await page.keyboard.type('service.name=mysql');
  await expect(page.getByText(/^\d+ found$/)).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByText(/^1 of \d+$/)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(grid).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(detail).toContainText('mysql');
});

test('a service is found on the map and left again with the keyboard', async ({ page }) => {
  await page.goto(serviceMapUrl(TIME));
  await expect(page.getByTestId(testIds.serviceMap.canvas)).toBeVisible();
  await page.getByTestId(testIds.serviceMap.search).getByRole('combobox').focus();
  await page.keyboard.type('customer');
  await page.keyboard.press('Enter');
  const panel = page.getByTestId(testIds.serviceMap.sidePanel);
  await expect(panel).toContainText('customer');
  await page.getByTestId(testIds.serviceMap.canvas).focus();
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
});

test('services are grouped by a label, and the groups folded up and unfolded with the keyboard', async ({ page }) => {
  const { serviceMap: ids } = testIds;
  await page.goto(serviceMapUrl(TIME));
  const map = page.getByTestId(ids.canvas);
  await expect(map).toBeVisible();
  await page.getByTestId(ids.groupBy).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitemradio', { name: 'Automatic' })).toBeFocused();
  await page.keyboard.press('End');
  await expect(page.getByRole('menuitem', { name: 'Another label…' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId(ids.groupLabel)).toBeFocused();
  await page.keyboard.type('k8s_cluster_name');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/[?&]group=k8s_cluster_name/);
  const notice = page.getByTestId(ids.groupNotice);
  await expect(notice).toContainText('None of these services has the label');
  await notice.getByRole('button', { name: /^Tell services apart by/ }).press('Enter');
  const groups = page.getByRole('table', { name: /^Groups of the map/ });
  await expect(groups.getByRole('rowheader', { name: 'demo-eu-1' })).toBeAttached();
  await expect(notice).toBeHidden();

  const spoken = page.getByTestId(ids.spoken);
  await map.focus();
  await page.keyboard.press('g');
  await expect(spoken).toContainText(/^Group demo-eu-1, \d+ services, .*req\/s.*, unfolded$/);
  await page.keyboard.press('c');
  await expect(spoken).toContainText('folded up');
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByTestId(ids.sidePanel).getByRole('heading').first()).toHaveText('user');
  await page.keyboard.press('ArrowRight');
  await expect(spoken).toContainText(/^Group demo-eu-1/);
  await page.keyboard.press('Enter');
  await expect(spoken).toContainText('unfolded');
  await page.keyboard.press('?');
  const keys = page.getByTestId(ids.keys);
  await expect(keys).toBeFocused();
  await expect(keys).toContainText('Shift+C');
  await page.keyboard.press('Escape');
  await expect(map).toBeFocused();
});

test('TraceQL is typed with completion and run from the editor', async ({ page }) => {
  await page.goto(searchUrl('{}', TIME));
  await expect(page.getByTestId(testIds.search.results)).toBeVisible();
  const editor = page.getByTestId(testIds.search.editor);
  await editor.getByRole('code').click();
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Delete');
  await page.keyboard.type('{ resource.service.na');
  await page
    .getByRole('option', { name: /service\.name/ })
    .first()
    .waitFor();
  await page.keyboard.press('Tab');
  await expect(editor).toContainText('resource.service.name');
  await page.keyboard.type(' = "driver" }');
  await page.keyboard.press('Shift+Enter');
  await expect(page).toHaveURL(/driver/);
  await expect(page.getByTestId(testIds.search.results)).toBeVisible();
});
