import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { parse } from 'yaml';
import { expandEnvironment, type Environment } from './environment';

const dataSourceSchema = v.object({
  name: v.string(),
  type: v.string(),
  uid: v.optional(v.string()),
  url: v.optional(v.string(), ''),
  isDefault: v.optional(v.boolean(), false),
  editable: v.optional(v.boolean(), false),
  basicAuth: v.optional(v.boolean(), false),
  basicAuthUser: v.optional(v.string(), ''),
  withCredentials: v.optional(v.boolean(), false),
  jsonData: v.optional(v.record(v.string(), v.unknown()), {}),
  secureJsonData: v.optional(v.record(v.string(), v.string()), {}),
});

const dataSourcesFileSchema = v.object({ datasources: v.nullish(v.array(dataSourceSchema), []) });

const appsFileSchema = v.object({
  apps: v.nullish(
    v.array(
      v.object({
        type: v.string(),
        disabled: v.optional(v.boolean(), false),
        jsonData: v.optional(v.record(v.string(), v.unknown()), {}),
        secureJsonData: v.optional(v.record(v.string(), v.string()), {}),
      })
    ),
    []
  ),
});

export type ProvisionedDataSource = v.InferOutput<typeof dataSourceSchema>;
export type ProvisionedApp = NonNullable<v.InferOutput<typeof appsFileSchema>['apps']>[number];

/** Reads `<dir>/datasources/*.yaml`. Throws with the file's name when one does not hold what Grafana expects there. */
export function readDataSources(dir: string, environment: Environment): ProvisionedDataSource[] {
  return readYamlFiles(path.join(dir, 'datasources'), environment).flatMap(({ file, content }) => {
    return check(dataSourcesFileSchema, content, file).datasources ?? [];
  });
}

/** Reads `<dir>/plugins/*.yaml`: the settings of app plugins. */
export function readApps(dir: string, environment: Environment): ProvisionedApp[] {
  return readYamlFiles(path.join(dir, 'plugins'), environment).flatMap(({ file, content }) => {
    return check(appsFileSchema, content, file).apps ?? [];
  });
}

function readYamlFiles(dir: string, environment: Environment): Array<{ file: string; content: unknown }> {
  if (!existsSync(dir)) {
    return [];
  }
  return readdirSync(dir)
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()
    .map((name) => {
      const file = path.join(dir, name);
      const content: unknown = parse(readFileSync(file, 'utf8')) ?? {};
      return { file, content: expandEnvironment(content, environment) };
    });
}

function check<T extends v.GenericSchema>(schema: T, content: unknown, file: string): v.InferOutput<T> {
  const result = v.safeParse(schema, content);
  if (!result.success) {
    const where = v.getDotPath(result.issues[0]) ?? 'top level';
    throw new Error(`${file}: ${where}: ${result.issues[0].message}`);
  }
  return result.output;
}
