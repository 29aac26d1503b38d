import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { type HostPluginMeta } from '../shared/boot-data';

const pluginJsonSchema = v.looseObject({
  id: v.string(),
  name: v.string(),
  type: v.picklist(['app', 'datasource', 'panel']),
  info: v.looseObject({
    version: v.optional(v.string(), ''),
    updated: v.optional(v.string(), ''),
    description: v.optional(v.string(), ''),
    author: v.optional(v.object({ name: v.string() }), { name: '' }),
    logos: v.optional(v.object({ small: v.string(), large: v.string() }), { small: '', large: '' }),
    keywords: v.optional(v.array(v.string())),
  }),
  includes: v.optional(
    v.array(
      v.looseObject({
        type: v.string(),
        name: v.string(),
        path: v.optional(v.string()),
        addToNav: v.optional(v.boolean()),
        defaultNav: v.optional(v.boolean()),
      })
    )
  ),
  languages: v.optional(v.array(v.string()), []),
});

export interface BuiltPlugin {
  dir: string;
  meta: HostPluginMeta;
}

/** Finds every built plugin below `distDir`: the folders that hold a plugin.json. */
export function findPlugins(distDir: string): BuiltPlugin[] {
  if (!existsSync(distDir)) {
    return [];
  }
  const file = path.join(distDir, 'plugin.json');
  const here = existsSync(file) ? [{ dir: distDir, meta: readPluginMeta(file) }] : [];
  const below = readdirSync(distDir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap((entry) => findPlugins(path.join(distDir, entry.name)));
  return [...here, ...below];
}

function readPluginMeta(file: string): HostPluginMeta {
  const json: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const parsed = v.safeParse(pluginJsonSchema, json);
  if (!parsed.success) {
    throw new Error(`${file}: ${v.getDotPath(parsed.issues[0]) ?? ''}: ${parsed.issues[0].message}`);
  }
  const plugin = parsed.output;
  const baseUrl = `public/plugins/${plugin.id}`;
  const { logos } = plugin.info;
  return {
    ...plugin,
    info: {
      ...plugin.info,
      links: [],
      screenshots: [],
      logos: { small: `${baseUrl}/${logos.small}`, large: `${baseUrl}/${logos.large}` },
    },
    module: `${baseUrl}/module.js`,
    baseUrl,
    enabled: true,
    jsonData: {},
    secureJsonFields: {},
    translations: Object.fromEntries(
      plugin.languages.map((language) => [language, `${baseUrl}/locales/${language}/${plugin.id}.json`])
    ),
  };
}
