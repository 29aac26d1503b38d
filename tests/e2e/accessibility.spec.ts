/** No page has a serious or critical finding of axe-core in what the plugin draws, in both themes. */
import { expect, type Page, test } from '@playwright/test';
import { type AxeResults } from 'axe-core';
import { searchUrl, serviceMapUrl, serviceUrl, traceUrl } from '../../src/links/urls';
import { testIds } from '../../src/test-ids';
import { APP_BASE_URL, ROUTES } from '../../src/constants';
import { newestTraceId } from './newest-trace';

const TIME = { from: 'now-30m', to: 'now' };

declare global {
  interface Window {
    axe: { run(context: object, options: object): Promise<AxeResults> };
  }
}

/** Components of @grafana/ui with findings that only Grafana can mend: the refresh button, names of a chart's legend. */
const GRAFANAS_OWN = ['[data-testid="data-testid RefreshPicker run button"]', 'button[class*="LegendLabel"]'];

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
];

/** One line a finding: rule, impact and the first elements. */
async function findings(page: Page): Promise<string[]> {
  await page.addScriptTag({ path: require.resolve('axe-core/axe.min.js') });
  const { violations } = await page.evaluate((context) => window.axe.run(context, { resultTypes: ['violations'] }), {
    include: [`[data-testid="${testIds.app.root}"]`],
    exclude: GRAFANAS_OWN,
  });
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, impact, nodes }) =>
        `${id} (${impact}): ${nodes
          .slice(0, 5)
          .map(({ html }) => html.slice(0, 300))
          .join(' | ')}`
    );
}

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
      expect(await findings(page)).toEqual([]);
    });
  }
}
