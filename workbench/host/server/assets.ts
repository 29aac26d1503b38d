import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { type ServerResponse } from 'node:http';
import { fallbackIcon } from './fallback-icons';
import { sendFile } from './http';

/** Fonts that `GlobalStyles` of @grafana/ui asks for, and where the same faces lie on npm. */
const FONTS: Array<{ pattern: RegExp; file: string }> = [
  { pattern: /^inter\/Inter-Regular\.woff2$/, file: '@fontsource/inter/files/inter-latin-400-normal.woff2' },
  { pattern: /^inter\/Inter-Medium\.woff2$/, file: '@fontsource/inter/files/inter-latin-500-normal.woff2' },
  { pattern: /^inter\/Inter-Italic\.woff2$/, file: '@fontsource/inter/files/inter-latin-400-italic.woff2' },
  { pattern: /^inter\/Inter-MediumItalic\.woff2$/, file: '@fontsource/inter/files/inter-latin-500-italic.woff2' },
  { pattern: /^roboto\/[\w-]+\.woff2$/, file: '@fontsource/roboto-mono/files/roboto-mono-latin-400-normal.woff2' },
];

const ONE_HOUR = 'public, max-age=3600';

/** Serves what lies under `/public/` besides the plugins. Answers false when there is nothing under `relative`. */
export async function sendPublicAsset(
  response: ServerResponse,
  roots: { nodeModules: string; assets: string },
  relative: string
): Promise<boolean> {
  if (relative.startsWith('workbench/')) {
    return sendFile(response, roots.assets, relative.slice('workbench/'.length), ONE_HOUR);
  }
  if (relative.startsWith('fonts/')) {
    const font = FONTS.find(({ pattern }) => pattern.test(relative.slice('fonts/'.length)));
    return font ? sendFile(response, roots.nodeModules, font.file, ONE_HOUR) : false;
  }
  const icon = /^build\/img\/icons\/([\w-]+)\/([\w-]+)\.svg$/.exec(relative);
  if (!icon) {
    return false;
  }
  const [, folder, name] = icon;
  return (
    (await sendFile(
      response,
      path.join(roots.nodeModules, '@grafana/ui/dist/public/img/icons'),
      `${folder}/${name}.svg`,
      ONE_HOUR
    )) || sendSvg(response, fallbackIcon(name))
  );
}

function sendSvg(response: ServerResponse, svg: string): boolean {
  response.writeHead(200, { 'content-type': 'image/svg+xml', 'cache-control': ONE_HOUR });
  response.end(svg);
  return true;
}

/** The node_modules folder that holds @grafana/ui, seen from this project. */
export function findNodeModules(from: string): string {
  const dirs = createRequire(path.join(from, 'index.js')).resolve.paths('@grafana/ui') ?? [];
  const found = dirs.find((dir) => existsSync(path.join(dir, '@grafana/ui')));
  if (!found) {
    throw new Error('@grafana/ui is not installed: run npm ci');
  }
  return found;
}
