/** Checks dist/ the way Grafana will read it: every plugin complete, entries small, nothing of this machine inside. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import * as v from 'valibot';
import { APP_ID, DATASOURCE_ID, SERVICE_MAP_PANEL_ID, TRACE_PANEL_ID } from '../src/constants';

const root = path.resolve(__dirname, '..');
const dist = path.join(root, 'dist');

const PluginJson = v.object({
  id: v.string(),
  type: v.picklist(['app', 'datasource', 'panel']),
  info: v.object({
    version: v.pipe(v.string(), v.regex(/^\d+\.\d+\.\d+/, 'the version was not filled in')),
    updated: v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\d$/, 'the date was not filled in')),
    logos: v.object({ small: v.string(), large: v.string() }),
  }),
  includes: v.optional(v.array(v.object({ type: v.string(), path: v.optional(v.string()) }))),
  dependencies: v.object({ grafanaDependency: v.string() }),
});

const FOLDERS: Record<string, string> = {
  [APP_ID]: '.',
  [DATASOURCE_ID]: 'datasource',
  [SERVICE_MAP_PANEL_ID]: 'panels/service-map',
  [TRACE_PANEL_ID]: 'panels/trace',
};

/** kB gzip; Grafana loads an entry before anything of the plugin is on screen. */
const MAX_ENTRY_KB = 20;

/** What Grafana 12.0.0, the oldest that plugin.json allows, gives to plugins, as far as any of ours may need it. */
const SHARED = new Set([
  '@emotion/css',
  '@emotion/react',
  '@grafana/data',
  '@grafana/runtime',
  '@grafana/ui',
  'i18next',
  'lodash',
  'module',
  'moment',
  'react',
  'react-dom',
  'react-router',
  'rxjs',
  'rxjs/operators',
]);

const problems: string[] = [];

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(file) : [file];
  });
}

/** The modules that an entry and all of its chunks have from Grafana */
function requiredBy(entry: string): string[] {
  const [, list] = /\bdefine\((\[[^\]]*\])/.exec(readFileSync(entry, 'utf8')) ?? [];
  return v.parse(v.array(v.string()), JSON.parse(list ?? '[]'));
}

function checkPlugin(id: string, folder: string) {
  const where = path.join(dist, folder);
  const parsed = v.safeParse(PluginJson, JSON.parse(readFileSync(path.join(where, 'plugin.json'), 'utf8')));
  if (!parsed.success) {
    problems.push(...parsed.issues.map((issue) => `${folder}/plugin.json: ${v.getDotPath(issue)}: ${issue.message}`));
    return;
  }
  const { output } = parsed;
  if (output.id !== id) {
    problems.push(`${folder}/plugin.json: the id is ${output.id} instead of ${id}`);
  }
  for (const logo of Object.values(output.info.logos)) {
    if (!existsSync(path.join(where, logo))) {
      problems.push(`${folder}: the logo ${logo} is missing`);
    }
  }
  const entry = path.join(where, 'module.js');
  for (const name of requiredBy(entry).filter((required) => !SHARED.has(required))) {
    problems.push(`${folder}/module.js needs ${name}, which Grafana 12.0.0 does not share: the plugin would not load`);
  }
  const kilobytes = gzipSync(readFileSync(entry)).length / 1024;
  console.log(`${path.relative(dist, entry)}: ${kilobytes.toFixed(1)} kB gzip`);
  if (kilobytes > MAX_ENTRY_KB) {
    problems.push(`${folder}/module.js has ${kilobytes.toFixed(1)} kB gzip, more than ${MAX_ENTRY_KB}: load it lazily`);
  }
}

if (!existsSync(dist)) {
  problems.push('dist/ is missing: run npm run build');
} else {
  for (const [id, folder] of Object.entries(FOLDERS)) {
    if (existsSync(path.join(dist, folder, 'plugin.json'))) {
      checkPlugin(id, folder);
    } else {
      problems.push(`${folder}/plugin.json is missing`);
    }
  }
  for (const file of filesBelow(dist).filter((name) => name.endsWith('.js'))) {
    const text = readFileSync(file, 'utf8');
    if (text.includes(root + path.sep)) {
      problems.push(`${path.relative(dist, file)} contains the path of this machine`);
    }
    if (/\bself\.onmessage\b/.test(text) && text.startsWith('define(')) {
      problems.push(`${path.relative(dist, file)} is a worker, but an AMD module: a worker has no define`);
    }
  }
  for (const required of ['README.md', 'CHANGELOG.md', 'LICENSE']) {
    if (!existsSync(path.join(dist, required)) || statSync(path.join(dist, required)).size === 0) {
      problems.push(`${required} is missing from the package`);
    }
  }
}

if (problems.length > 0) {
  console.error(problems.map((problem) => `- ${problem}`).join('\n'));
  process.exitCode = 1;
}
