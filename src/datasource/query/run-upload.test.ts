import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeExportRequestJson, encodeTraceByIdResponseProtobuf } from '../../tempo/otlp';
import { traceFromFrame } from '../../trace/from-frame';
import { keepImport } from '../imports/import-store';
import { fakeClient, runContext, textAnswer } from '../test-support';
import { type TempoQuery } from '../types';
import { runQuery } from './run-query';

const text = readFileSync(join(__dirname, '../../../tests/contract/dataset/hotrod.json'), 'utf8');
const spans = decodeExportRequestJson(text);
const traceIds = [...new Set(spans.map(({ traceId }) => traceId))];
const { signal } = new AbortController();

function run(patch: Partial<TempoQuery>, jsonData = {}, client = fakeClient({}).client) {
  return runQuery({ refId: 'B', ...patch }, runContext(client, jsonData), signal);
}

describe('an imported file', () => {
  it('with several traces is a list of them, each with a link that opens it', async () => {
    const importId = await keepImport('hotrod.json', text);
    const [frame] = await run({ queryType: 'upload', importId });
    expect(frame).toMatchObject({ refId: 'B', meta: { preferredVisualisationType: 'table' }, length: traceIds.length });
    expect([...frame.fields[0].values].sort()).toEqual([...traceIds].sort());
    expect(frame.fields[0].config.links?.[0].internal).toMatchObject({
      datasourceUid: 'tempo-uid',
      query: { queryType: 'upload', importId, importTraceId: '${__value.raw}' },
    });
    const starts = frame.fields[1].values;
    expect(starts).toEqual([...starts].sort((a, b) => b - a));
    expect(frame.fields.find(({ name }) => name === 'spanCount')?.values.reduce((a, b) => a + b, 0)).toBe(spans.length);
  });

  it('is the trace that was chosen, also by its short id, with its node graph if that is on', async () => {
    const importId = await keepImport('hotrod.json', text);
    const chosen = traceIds[1];
    const frames = await run(
      { queryType: 'upload', importId, query: '{ }', importTraceId: chosen.replace(/^0+/, '') },
      { nodeGraph: { enabled: true } }
    );
    expect(frames.map(({ meta }) => meta?.preferredVisualisationType)).toEqual(['trace', 'nodeGraph', 'nodeGraph']);
    expect(traceFromFrame(frames[0]).trace.spans).toEqual(spans.filter(({ traceId }) => traceId === chosen));
  });

  it('says when the chosen trace is not in it, and lists those that are', async () => {
    const importId = await keepImport('hotrod.json', text);
    const [frame] = await run({ queryType: 'upload', importId, importTraceId: 'abc' });
    expect(frame.length).toBe(traceIds.length);
    expect(frame.meta?.notices).toMatchObject([{ text: 'Trace abc is not in the imported file.' }]);
  });

  it('can be a service graph', async () => {
    const nodes = { name: 'Nodes', fields: [{ name: 'id', type: 'string', config: {}, values: ['a'] }] };
    const edges = {
      name: 'Edges',
      fields: [
        { name: 'source', type: 'string', config: {}, values: ['a'] },
        { name: 'target', type: 'string', config: {}, values: ['gone'] },
      ],
    };
    const importId = await keepImport('graph.json', JSON.stringify([nodes, edges]));
    const frames = await run({ queryType: 'upload', importId });
    expect(frames.map(({ meta, refId }) => [meta?.preferredVisualisationType, refId])).toEqual([
      ['nodeGraph', 'B'],
      ['nodeGraph', 'B'],
    ]);
    expect(frames[0].meta?.notices).toMatchObject([
      { text: expect.stringMatching(/^1 calls of the file were left out/) },
    ]);
  });

  it('nothing chosen yet is an empty answer; a file that is not here says what to do; a bad one what is wrong', async () => {
    expect(await run({ queryType: 'upload' })).toEqual([]);
    await expect(run({ queryType: 'upload', importId: 'other-computer' })).rejects.toThrow(
      /not on this computer.*Import trace/
    );
    const importId = await keepImport('bad.json', '{"resourceSpans": 7}');
    await expect(run({ queryType: 'upload', importId })).rejects.toThrow(
      /looks like OTLP JSON.*resourceSpans is not a list/
    );
  });
});

describe('the node graph of a trace', () => {
  const large = Array.from({ length: 400 }, (_, i) => ({
    ...spans[i % 39],
    traceId: traceIds[0],
    spanId: (i + 1).toString(16).padStart(16, '0'),
    parentSpanId: i === 0 ? '' : i.toString(16).padStart(16, '0'),
  }));

  it('is of services when the trace has more spans than the node graph shows, without calls to itself', async () => {
    const bytes = encodeTraceByIdResponseProtobuf({ spans: large, partial: false, message: '' });
    const body = new Uint8Array(bytes).buffer;
    const { client } = fakeClient({ '/api/v2/traces': { ...textAnswer(200, '', 'application/protobuf'), body } });
    const [, nodes, edges] = await run({ query: traceIds[0] }, { nodeGraph: { enabled: true } }, client);
    const services = new Set(large.map(({ resource }) => resource)).size;
    expect(nodes.length).toBeLessThanOrEqual(services + 5);
    expect(nodes.meta?.notices?.[0].text).toMatch(/of its services/);
    const column = (name: string) => edges.fields.find((field) => field.name === name)?.values ?? [];
    expect(edges.length).toBeGreaterThan(0);
    column('source').forEach((source, row) => expect(source).not.toBe(column('target')[row]));
    nodes.fields
      .filter(({ name }) => name.startsWith('fixed'))
      .forEach(({ values }) => expect(values.every(Number.isFinite)).toBe(true));
  });
});

describe('the service graph without metrics', () => {
  const search = JSON.stringify({
    traces: traceIds.map((traceID) => ({
      traceID,
      rootServiceName: 'frontend',
      startTimeUnixNano: '1795255500000000000',
    })),
  });
  const ofHotrod = new Uint8Array(
    encodeTraceByIdResponseProtobuf({
      spans: spans.filter(({ traceId }) => traceId === traceIds[0]),
      partial: false,
      message: '',
    })
  ).buffer;

  it('is made of sampled traces, and says so', async () => {
    const { client, requests } = fakeClient({
      '/api/search': textAnswer(200, search, 'application/json'),
      '/api/v2/traces': { ...textAnswer(200, '', 'application/protobuf'), body: ofHotrod },
    });
    const [nodes, edges, table] = await run({ queryType: 'serviceMap' }, {}, client);
    const notices = nodes.meta?.notices?.map(({ text: notice }) => notice) ?? [];
    expect(notices[0]).toMatch(/No metrics data source is set/);
    expect(notices[1]).toMatch(new RegExp(`^From ${traceIds.length} sampled traces, not from all requests`));
    expect(nodes.fields.find(({ name }) => name === 'title')?.values).toContain('frontend');
    expect(edges.length).toBeGreaterThan(0);
    expect(table.fields.find(({ name }) => name === 'Rate')?.values.every((rate) => rate === undefined)).toBe(true);
    expect(requests.length).toBe(4 + traceIds.length);
  });

  it('keeps to the filter of the query', async () => {
    const { client } = fakeClient({
      '/api/search': textAnswer(200, search, 'application/json'),
      '/api/v2/traces': { ...textAnswer(200, '', 'application/protobuf'), body: ofHotrod },
    });
    const selector = '{client="frontend", server!~"drive.*"}';
    const [, edges] = await run({ queryType: 'serviceMap', serviceMapQuery: selector }, {}, client);
    const column = (name: string) => edges.fields.find((field) => field.name === name)?.values;
    expect(new Set(column('sourceName'))).toEqual(new Set(['frontend']));
    expect(column('targetName')).not.toContain('driver');
    expect(column('targetName')).toContain('customer');
  });
});
