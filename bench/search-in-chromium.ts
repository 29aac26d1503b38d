import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Browser, type Page } from '@playwright/test';
import { searchUrl } from '../src/links/urls';
import { testIds } from '../src/test-ids';
import { buildHostPage } from '../workbench/host/build';
import { startHost } from '../workbench/host/server';
import { type BenchResult } from './bench-result';
import { launchChromium } from './chromium';

const ROOT = path.resolve(__dirname, '..');
const LIMIT = 1000;
/** A page that answers later than this has failed. */
const PATIENCE_MS = 90_000;

interface Figures {
  frames: number;
  seconds: number;
  longestTaskMs: number;
}

/**
 * The same search on the app's search page in Chromium: how smooth the page stays while rows stream in. Says why when there
 * is no build or no browser to measure with.
 */
export async function searchWhileDrawing(
  tempoUrl: string,
  { query, start, end }: { query: string; start: number; end: number }
): Promise<Required<Pick<BenchResult, 'rows' | 'notes'>>> {
  const distDir = path.join(ROOT, 'dist');
  if (!existsSync(distDir)) {
    return { rows: [], notes: ['Nothing was measured in a browser: there is no dist/ yet, run npm run build first.'] };
  }
  let browser: Browser;
  try {
    browser = await launchChromium(['--no-sandbox']);
  } catch (error) {
    return { rows: [], notes: [error instanceof Error ? error.message : String(error)] };
  }
  try {
    return await searchInBrowser(browser, distDir, tempoUrl, searchUrl(query, { from: start * 1000, to: end * 1000 }));
  } finally {
    await browser.close();
  }
}

/** @param address of the search page, without host */
async function searchInBrowser(
  browser: Browser,
  distDir: string,
  tempoUrl: string,
  address: string
): Promise<Required<Pick<BenchResult, 'rows' | 'notes'>>> {
  const host = await startHost({
    port: 0,
    distDir,
    provisioningDir: path.join(ROOT, 'provisioning'),
    pageDir: (await buildHostPage()).pageDir,
    upstreams: { 'traceatlas-tempo': tempoUrl, prometheus: tempoUrl },
    log: () => undefined,
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    // tsx wraps functions in a helper of its own, also those that run in the page.
    await page.addInitScript('globalThis.__name = (named) => named;');
    await page.goto(`${host.url}${address}&limit=${LIMIT}`);
    await page.getByTestId(testIds.progress.stop).waitFor({ timeout: PATIENCE_MS });
    const figures = await measure(page);
    const rows = await page.getByTestId(testIds.search.traceLink).count();
    return {
      rows: [
        {
          search: 'in Chromium, while rows stream in',
          as: 'slices',
          'total (s)': Number(figures.seconds.toFixed(2)),
          'frames/s': Math.round(figures.frames / figures.seconds),
          'longest task (ms)': Math.round(figures.longestTaskMs),
        },
      ],
      notes: [
        `Chromium: the search page of the built plugin in the workbench's host, limit ${LIMIT}, ${rows} rows a page, measured from the first answer to the last.`,
      ],
    };
  } finally {
    await host.close();
  }
}

/** From the first rows until the progress bar is gone. */
async function measure(page: Page): Promise<Figures> {
  await page.getByTestId(testIds.search.traceLink).first().waitFor({ timeout: PATIENCE_MS });
  return page.evaluate(
    (stopId) =>
      new Promise<Figures>((resolve) => {
        const started = performance.now();
        let frames = 0;
        let longestTaskMs = 0;
        const observer = new PerformanceObserver((list) => {
          for (const { duration } of list.getEntries()) {
            longestTaskMs = Math.max(longestTaskMs, duration);
          }
        });
        observer.observe({ type: 'longtask' });
        const frame = () => {
          frames++;
          if (document.querySelector(`[data-testid="${stopId}"]`)) {
            requestAnimationFrame(frame);
          } else {
            observer.disconnect();
            resolve({ frames, seconds: (performance.now() - started) / 1000, longestTaskMs });
          }
        };
        requestAnimationFrame(frame);
      }),
    testIds.progress.stop
  );
}
