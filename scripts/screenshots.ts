/**
 * Takes the pictures of docs/images: `npm run screenshots` against a demo or a Grafana that runs (BASE_URL, else
 * http://localhost:3000). `--all FOLDER` takes every page in both themes and two widths, for looking through.
 */
import { chromium, type Page } from '@playwright/test';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { APP_BASE_URL, ROUTES } from '../src/constants';

const base = process.env.BASE_URL ?? 'http://localhost:3000';
const folderOfAll = process.argv.includes('--all')
  ? (process.argv[process.argv.indexOf('--all') + 1] ?? 'screenshots')
  : '';

interface Shot {
  name: string;
  path: string;
  /** Leaves the page as the picture should show it. */
  prepare?: (page: Page) => Promise<void>;
}

const app = (route: string) => `${APP_BASE_URL}/${route}?from=now-30m&to=now`;

async function newestTrace(page: Page): Promise<string> {
  const response = await page.request.get(
    `${base}/api/datasources/proxy/uid/traceatlas-tempo/api/search?limit=1&q=${encodeURIComponent('{ resource.service.name = "driver" && status = error }')}`
  );
  const { traces } = (await response.json()) as { traces: Array<{ traceID: string }> };
  return traces[0]?.traceID.padStart(32, '0') ?? '';
}

const explore = (query: object) =>
  `/explore?schemaVersion=1&panes=${encodeURIComponent(
    JSON.stringify({
      a: { datasource: 'traceatlas-tempo', queries: [{ refId: 'A', ...query }], range: { from: 'now-30m', to: 'now' } },
    })
  )}`;

const shots: Shot[] = [
  { name: 'service-map', path: app(ROUTES.serviceMap) },
  { name: 'node-graph', path: app(ROUTES.nodeGraph) },
  { name: 'services', path: app(ROUTES.service) },
  { name: 'service', path: app(`${ROUTES.service}/frontend`) },
  {
    name: 'compare',
    path: `${app(ROUTES.compare)}&q=${encodeURIComponent('{ resource.service.name = "driver" }')}&sel=${encodeURIComponent('{ status = error }')}`,
  },
  { name: 'setup', path: app(ROUTES.setup) },
  { name: 'search', path: `${app(ROUTES.search)}&q=${encodeURIComponent('{ kind = server && duration > 500ms }')}` },
  {
    name: 'explore',
    path: explore({ queryType: 'traceql', query: '{ status = error }', tableType: 'traces', limit: 20 }),
  },
  { name: 'dashboard', path: '/d/traceatlas-overview?from=now-30m&to=now' },
];
const onlyInAll: Shot[] = [
  {
    name: 'explore-metrics',
    path: explore({ queryType: 'traceql', query: '{} | rate() by (resource.service.name)' }),
  },
  { name: 'explore-service-graph', path: explore({ queryType: 'serviceMap' }) },
  { name: 'trace-not-found', path: app(`${ROUTES.trace}/${'0123456789abcdef'.repeat(2)}`) },
  { name: 'search-error', path: `${app(ROUTES.search)}&q=${encodeURIComponent('{ bad }')}` },
  { name: 'data-source', path: '/connections/datasources/edit/traceatlas-tempo' },
  { name: 'app-config', path: '/plugins/traceatlas-tempo-app' },
  { name: 'workbench', path: '/workbench' },
];

async function take(page: Page, shot: Shot, file: string) {
  await page.goto(new URL(shot.path, base).href, { waitUntil: 'networkidle' });
  await shot.prepare?.(page);
  // Charts draw a frame or two after their data is there.
  await page.waitForTimeout(3000);
  await page.screenshot({ path: file });
  console.log(path.relative(process.cwd(), file));
}

async function main() {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_BIN,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  const folder = folderOfAll || path.resolve(__dirname, '../docs/images');
  mkdirSync(folder, { recursive: true });
  const widths = folderOfAll ? [1280, 1920] : [1280];
  const only = process.env.ONLY?.split(',');
  for (const theme of ['dark', 'light'] as const) {
    for (const width of widths) {
      const page = await browser.newPage({ viewport: { width, height: width === 1280 ? 800 : 1080 } });
      page.on('console', (message) => message.type() === 'error' && console.error(`  console: ${message.text()}`));
      page.on('pageerror', (error) => console.error(`  page error: ${error.message}`));
      const traceId = await newestTrace(page);
      const all = [
        ...shots,
        { name: 'trace', path: app(`${ROUTES.trace}/${traceId}`) },
        ...(folderOfAll ? onlyInAll : []),
      ];
      for (const shot of all.filter(({ name }) => !only || only.includes(name))) {
        const withTheme = { ...shot, path: `${shot.path}${shot.path.includes('?') ? '&' : '?'}theme=${theme}` };
        const suffix = folderOfAll ? `-${width}` : '';
        await take(page, withTheme, path.join(folder, `${shot.name}-${theme}${suffix}.png`)).catch((error: unknown) =>
          console.error(`${shot.name}: ${String(error)}`)
        );
      }
      await page.close();
    }
  }
  await browser.close();
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
