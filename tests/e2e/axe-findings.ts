import { type Page } from '@playwright/test';
import { type AxeResults } from 'axe-core';
import { testIds } from '../../src/test-ids';

declare global {
  interface Window {
    axe: { run(context: object, options: object): Promise<AxeResults> };
  }
}

/**
 * Components of @grafana/ui with findings that only Grafana can mend: the refresh button, names of a chart's legend,
 * the arrow of a MultiCombobox (Grafana 12).
 */
const GRAFANAS_OWN = [
  '[data-testid="data-testid RefreshPicker run button"]',
  'button[class*="LegendLabel"]',
  'div[class*="input-suffix"][aria-expanded]',
];

/** axe-core's serious and critical findings in what the plugin draws. One line each: rule, impact and the first elements. */
export async function seriousFindings(page: Page): Promise<string[]> {
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
