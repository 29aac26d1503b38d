/** No page has a serious or critical finding of axe-core in what the plugin draws, in both themes. */
import { expect, type Page, test } from '@playwright/test';
import { searchUrl, serviceMapUrl, serviceUrl, setupUrl, traceUrl } from '../../src/links/urls';
import { testIds } from '../../src/test-ids';
import { APP_BASE_URL, ROUTES } from '../../src/constants';
import { seriousFindings } from './axe-findings';
import { newestTraceId } from './newest-trace';

const TIME = { from: 'now-30m', to: 'now' };

interface PageUnderTest {
  name: string;
  url: (page: Page) => string | Promise<string>;
  ready: string;
}

const pages: PageUnderTest[] = [
  {
    name: 'service map',
    url: () => serviceMapUrl({ ...TIME, selected: 'frontend' }),
    ready: testIds.serviceMap.canvas,
  },
  {
    name: 'services',
    url: () => `${APP_BASE_URL}/${ROUTES.service}?from=${TIME.from}&to=${TIME.to}`,
    ready: testIds.service.list,
  },
  { name: 'service', url: () => serviceUrl('frontend', TIME), ready: testIds.search.results },
  { name: 'search', url: () => searchUrl('{ kind = server }', TIME), ready: testIds.search.results },
  { name: 'trace', url: async (page) => traceUrl(await newestTraceId(page.request), TIME), ready: testIds.trace.row },
  { name: 'set-up check', url: () => setupUrl(TIME), ready: testIds.setup.fixText },
];

for (const theme of ['dark', 'light']) {
  for (const { name, url, ready } of pages) {
    test(`the ${name} page has no serious accessibility finding in the ${theme} theme`, async ({ page }) => {
      const address = await url(page);
      await page.goto(`${address}&theme=${theme}`);
      await expect(page.getByTestId(ready).first()).toBeVisible();
      if (name === 'trace') {
        await page.getByTestId(ready).first().click();
        await expect(page.getByTestId(testIds.trace.detail)).toBeVisible();
      }
      expect(await seriousFindings(page)).toEqual([]);
    });
  }
}
