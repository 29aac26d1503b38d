import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { parse } from 'yaml';
import { DATASOURCE_ID } from '../src/constants';
import { settingsProblems } from '../src/datasource/settings/settings-problems';
import { normalizeQuery } from '../src/datasource/query/normalize-query';
import { readSpanLinkSettings } from '../src/links/span-link-settings';
import { unknownSpanVariables } from '../src/links/span-variables';

const FILES = ['provisioning/datasources/datasources.yaml', 'docs/examples/datasource-all-settings.yaml'];

const Correlation = v.object({
  targetUID: v.string(),
  label: v.string(),
  type: v.literal('query'),
  config: v.object({ field: v.string(), target: v.record(v.string(), v.unknown()) }),
});
const File = v.object({
  datasources: v.array(
    v.object({
      uid: v.string(),
      type: v.string(),
      jsonData: v.optional(v.record(v.string(), v.unknown()), {}),
      correlations: v.optional(v.array(Correlation), []),
    })
  ),
});

/** As Grafana reads it: `$$` is one `$`. */
function read(file: string) {
  const text = readFileSync(path.resolve(__dirname, '..', file), 'utf8').replace(/\$\$/g, '$');
  return v.parse(File, parse(text)).datasources;
}

const ours = (file: string) => read(file).filter(({ type }) => type === DATASOURCE_ID);

describe.each(FILES)('%s', (file) => {
  it('has settings that the data source reads, all of them', () => {
    expect(ours(file).flatMap(({ jsonData }) => settingsProblems(jsonData))).toEqual([]);
    expect(ours(file)).not.toEqual([]);
  });

  it('has links of spans whose variables exist', () => {
    for (const { jsonData } of ours(file)) {
      const { logs, metrics } = readSpanLinkSettings(jsonData);
      expect(logs.length).toBeGreaterThan(0);
      const texts = [
        ...logs.map(({ query }) => query),
        ...metrics.flatMap(({ queries = [] }) => queries.map((one) => one.query)),
      ];
      expect(texts.flatMap((text) => unknownSpanVariables(text ?? ''))).toEqual([]);
    }
  });

  it('has correlations from this data source and to it, with queries that it reads', () => {
    const all = read(file);
    const uids = ours(file).map(({ uid }) => uid);
    const correlations = all.flatMap(({ uid, correlations: list }) => list.map((one) => ({ source: uid, ...one })));
    expect(correlations.some(({ source }) => uids.includes(source))).toBe(true);
    const toUs = correlations.filter(({ targetUID }) => uids.includes(targetUID));
    expect(toUs).not.toEqual([]);
    for (const { config } of toUs) {
      expect(normalizeQuery({ refId: 'A', ...config.target }).problems).toEqual([]);
    }
  });
});

it('shows every setting that the data source has', () => {
  const [{ jsonData }] = ours('docs/examples/datasource-all-settings.yaml');
  expect(Object.keys(jsonData)).toEqual(
    expect.arrayContaining([
      'tracesToLogsV2',
      'furtherTracesToLogs',
      'tracesToMetrics',
      'furtherTracesToMetrics',
      'tracesToProfiles',
      'serviceMap',
      'nodeGraph',
      'search',
      'traceQuery',
      'spanBar',
      'tagLimit',
      'timeRangeForTags',
      'progressive',
      'timeout',
    ])
  );
  expect(jsonData.serviceMap).toHaveProperty('dialect');
});
