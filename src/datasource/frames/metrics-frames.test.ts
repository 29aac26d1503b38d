import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DataFrame, FieldType } from '@grafana/data';
import { type MetricsResponse } from '../../tempo/types';
import { fakeClient, goldenAnswer, TARGET } from '../test-support';
import { instantFrames, rangeFrames } from './metrics-frames';

const OPTIONS = { refId: 'C', target: TARGET, notices: [], executedQuery: '{} | rate()', isHistogram: false };

async function range(name: string): Promise<MetricsResponse> {
  const { client } = fakeClient({ '/api/metrics/query_range': goldenAnswer(name) });
  return client.metricsRange({ query: '', start: 0, end: 1 });
}

/** What Grafana's own Tempo data source made of such an answer. */
function coreFrames(name: string): Array<{ schema: DataFrame }> {
  const file = join(__dirname, `../../../tests/contract/grafana/${name}.json`);
  return JSON.parse(readFileSync(file, 'utf8')).body.results.A.frames;
}

describe('rangeFrames', () => {
  it('has one frame for each series, shaped as those of core', async () => {
    const frames = rangeFrames(await range('metrics-rate-by-service'), OPTIONS);
    const frame = frames.find(({ name }) => name === 'mysql');
    const [core] = coreFrames('tempo-metrics-range');
    expect(frame?.refId).toBe('C');
    expect(frame?.meta).toMatchObject({ ...core.schema.meta });
    expect(frame?.fields.map(({ name, type, labels, config }) => ({ name, type, labels, config }))).toEqual([
      { name: 'time', type: FieldType.time, labels: undefined, config: {} },
      {
        name: 'mysql',
        type: FieldType.number,
        labels: { 'resource.service.name': '"mysql"' },
        config: { displayName: 'mysql' },
      },
    ]);
    expect(Object.keys(core.schema.fields[1].labels ?? {})).toEqual(['resource.service.name']);
    expect(frame?.fields[1].values.some((value) => value > 0)).toBe(true);
  });

  it('names a series of several labels by all of them', async () => {
    const [frame] = rangeFrames(await range('metrics-rate-by-two'), OPTIONS);
    expect(frame.name).toMatch(/^\{[\w.:]+=[^,]+, [\w.:]+=.+\}$/);
  });

  it('puts the buckets of a histogram in order, for a heatmap', async () => {
    const frames = rangeFrames(await range('metrics-histogram'), { ...OPTIONS, isHistogram: true });
    const series = frames.filter(({ name }) => name !== 'exemplar');
    const bounds = series.map(({ name }) => Number(name));
    expect(bounds.length).toBeGreaterThan(2);
    expect(bounds).toEqual([...bounds].sort((a, b) => a - b));
    expect(series[0].meta).toMatchObject({
      preferredVisualisationPluginId: 'heatmap',
      preferredVisualisationType: 'graph',
    });
  });

  it('names a bucket of durations by its upper bound, and not as a number by which core would sort', async () => {
    const options = { ...OPTIONS, isHistogram: true, isDuration: true };
    const frames = rangeFrames(await range('metrics-histogram'), options).filter(({ name }) => name !== 'exemplar');
    const names = frames.map(({ fields }) => fields[1].config.displayName ?? '');
    expect(names.every((name) => /^≤ [\d.]+ (µs|ms|s|mins)$/.test(name))).toBe(true);
    expect(names.every((name) => Number.isNaN(parseFloat(name)))).toBe(true);
  });

  it('has one frame with the exemplars of all series, linked to their traces', async () => {
    const response = await range('metrics-exemplars-quantile');
    const count = response.series.reduce((sum, { exemplars }) => sum + exemplars.length, 0);
    const exemplars = rangeFrames(response, OPTIONS).filter(({ name }) => name === 'exemplar');
    expect(count).toBeGreaterThan(0);
    expect(exemplars).toHaveLength(1);
    const [frame] = exemplars;
    expect(frame).toMatchObject({
      refId: 'C',
      length: count,
      meta: { dataTopic: 'annotations', custom: { resultType: 'exemplar' } },
    });
    const core = coreFrames('tempo-metrics-range').find(({ schema }) => schema.name === 'exemplar');
    expect(frame.fields.slice(0, 3).map(({ name, type }) => [name, type])).toEqual(
      core?.schema.fields.slice(0, 3).map(({ name, type }) => [name, type])
    );
    expect(frame.fields[2].values.every((id) => /^[0-9a-f]{32}$/.test(id))).toBe(true);
    expect(frame.fields[2].config).toMatchObject({
      displayName: 'Trace ID',
      links: [{ title: 'View trace', internal: { query: { query: '${__value.raw}', queryType: 'traceql' } } }],
    });
    const times = frame.fields[0].values;
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  it('gives exemplars the labels of their series, so that hiding a series hides them', async () => {
    const frames = rangeFrames(await range('metrics-exemplars-hint-true'), OPTIONS);
    const exemplars = frames.find(({ name }) => name === 'exemplar');
    const labels = frames[0].fields[1].labels ?? {};
    for (const [key, value] of Object.entries(labels)) {
      expect(exemplars?.fields.find(({ name }) => name === key)?.values).toContain(value);
    }
    expect(Object.keys(labels).length).toBeGreaterThan(0);
  });

  it('has one frame for each attribute value that compare() counts, told apart as core does', async () => {
    const frames = rangeFrames(await range('metrics-compare-window'), OPTIONS);
    const series = frames.filter(({ name }) => name !== 'exemplar');
    expect(new Set(series.map(({ fields }) => fields[1].labels?.__meta_type))).toEqual(
      new Set(['"baseline"', '"baseline_total"', '"selection"', '"selection_total"'])
    );
    const baseline = series.find(
      ({ fields: [, { labels }] }) =>
        labels?.__meta_type === '"baseline"' && labels['span.http.response.status_code'] === '200'
    );
    expect(baseline?.fields[1].values).toContain(437);
  });

  it('has no exemplar frame without exemplars', async () => {
    const frames = rangeFrames(await range('metrics-exemplars-hint-false'), OPTIONS);
    expect(frames.some(({ name }) => name === 'exemplar')).toBe(false);
  });
});

describe('instantFrames', () => {
  it('has one row for each series, at the end of the range', async () => {
    const { client } = fakeClient({ '/api/metrics/query': goldenAnswer('instant-count-by') });
    const response = await client.metricsInstant({ query: '', start: 0, end: 1 });
    const frames = instantFrames(response, 1_795_255_800_000, OPTIONS);
    const [core] = coreFrames('tempo-metrics-instant');
    expect(frames.length).toBe(response.series.length);
    expect(frames[0].meta).toMatchObject({ ...core.schema.meta });
    expect(frames[0].fields.map(({ name, type }) => [name, type])).toEqual(
      core.schema.fields.map(({ name, type }) => [name, type])
    );
    expect(frames[0].fields[0].values).toEqual([1_795_255_800_000]);
  });
});
