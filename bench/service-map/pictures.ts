/**
 * Takes the pictures of docs/service-map.md: maps of 10 to 10,000 services, seeded, in both themes.
 * `npx tsx bench/service-map/pictures.ts [folder]`; CHROMIUM_BIN is a browser other than Playwright's own.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import path from 'node:path';
import { launchChromium } from '../chromium';
import { bundlePictures } from './bundle';

/** Where the style sheets of the font look for it */
const FONTS = path.resolve(__dirname, '../../node_modules/@fontsource/inter/files');
const SIZE = { width: 1280, height: 720 };
const SERVICES = [10, 100, 1000, 10_000];
const folder = process.argv[2] ?? path.resolve(__dirname, '../../docs/images');

const BLANK = '<!doctype html><meta charset="utf-8"><body><script type="module" src="/page.js"></script>';

async function main() {
  const files = await bundlePictures();
  const browser = await launchChromium(['--no-sandbox', '--disable-gpu']);
  const server = createServer(({ url = '/' }, response) => {
    if (/^\/files\/[\w.-]+$/.test(url)) {
      response.end(readFileSync(path.join(FONTS, path.basename(url))));
      return;
    }
    const script = files[url];
    response.writeHead(script || url === '/' ? 200 : 404, { 'content-type': script ? 'text/javascript' : 'text/html' });
    response.end(script ?? (url === '/' ? BLANK : ''));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const page = await browser.newPage({ viewport: SIZE });
  await page.goto(`http://127.0.0.1:${port}/`);
  await page.waitForFunction(() => typeof window.showMap === 'function');
  // Canvas draws with the fonts that are there.
  await page.evaluate(() =>
    Promise.all(['400', '500', '600'].map((weight) => document.fonts.load(`${weight} 14px Inter`)))
  );
  for (const services of SERVICES) {
    for (const mode of ['light', 'dark'] as const) {
      await page.evaluate(([count, theme, width, height]) => window.showMap(count, theme, width, height), [
        services,
        mode,
        SIZE.width,
        SIZE.height,
      ] as const);
      await page.waitForSelector('canvas[data-painted]');
      // Ways around cards that were not found in time for the first picture are in the one painted when all is at rest.
      await page.waitForTimeout(1000);
      await page.screenshot({ path: path.join(folder, `service-map-${services}-${mode}.png`) });
    }
  }
  await browser.close();
  server.close();
}

void main();
