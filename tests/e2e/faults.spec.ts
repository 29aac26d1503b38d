/** From "orders fail" to the guilty span, with a fault of the sample services that is switched on for it. */
import { type APIRequestContext, expect, type Page, test } from '@playwright/test';
import { searchUrl } from '../../src/links/urls';
import { testIds } from '../../src/test-ids';

/** The load controller of the demo, where there is no page of the workbench with switches (`--grafana`). */
const LOAD_URL = process.env.E2E_LOAD_URL;
const FAULT = { id: 'failing-dependency', title: 'Failing dependency' };

async function switchFault(page: Page, active: boolean) {
  if (LOAD_URL) {
    const answer = await page.request.put(`${LOAD_URL}/faults/${FAULT.id}`, { data: { active } });
    expect(answer.ok()).toBe(true);
    return;
  }
  await page.goto('/workbench');
  const control = page.getByRole('switch', { name: FAULT.title });
  await expect(control).toBeChecked({ checked: !active });
  await control.locator('..').locator('label').click();
  await expect(control).toBeChecked({ checked: active });
  await expect.poll(() => isActive(page.request)).toBe(active);
}

async function isActive(request: APIRequestContext): Promise<boolean | undefined> {
  const answer = await request.get('/workbench/api/faults');
  const faults = (await answer.json()) as Array<{ id: string; active: boolean }>;
  return faults.find(({ id }) => id === FAULT.id)?.active;
}

test('a fault that is switched on is found in a trace, down to the failed call', async ({ page }) => {
  const since = Date.now();
  await switchFault(page, true);
  try {
    await page.goto(
      searchUrl('{ resource.service.name = "billing-service" && kind = client && status = error }', {
        from: since,
        to: 'now',
      })
    );
    const results = page.getByTestId(testIds.search.results);
    await expect(async () => {
      await page.getByTestId(testIds.search.run).click();
      await expect(results).toBeVisible({ timeout: 2000 });
    }).toPass({ timeout: 45_000 });
    await results.getByTestId(testIds.search.traceLink).first().click();
    await page.getByRole('button', { name: 'Find errors' }).click();
    await expect(page.getByText(/^\d+ found$/)).toBeVisible();
    await page.getByTestId(testIds.trace.find).fill('billing-service');
    const failed = page
      .getByTestId(testIds.trace.row)
      .filter({ hasText: 'billing-service' })
      .filter({ has: page.getByRole('img') })
      .last();
    await failed.click();
    await expect(page.getByTestId(testIds.trace.detail)).toContainText('error');
    await expect(page.getByTestId(testIds.trace.detail)).toContainText('payment');
  } finally {
    await switchFault(page, false);
  }
});
