import { type DataFrame, type Field, FieldType } from '@grafana/data';
import { type SearchResponse } from '../../tempo/types';
import { fakeClient, goldenAnswer, TARGET } from '../test-support';
import { rawResponse, spanTable, traceTable } from './search-frames';

const OPTIONS = { refId: 'B', target: TARGET, notices: [], executedQuery: '{}' };

async function recorded(name: string): Promise<SearchResponse> {
  const { client } = fakeClient({ '/api/search': goldenAnswer(name) });
  return client.search({ query: '{}' });
}

function fieldOf(frame: DataFrame, name: string): Field {
  const field = frame.fields.find((one) => one.name === name);
  if (!field) {
    throw new Error(`${frame.name} has no field ${name}, only ${frame.fields.map((one) => one.name).join(', ')}`);
  }
  return field;
}

describe('traceTable', () => {
  it('has the columns, units and links that Grafana knows from its own Tempo data source', async () => {
    const frame = traceTable(await recorded('search-status-error'), OPTIONS);
    expect(frame).toMatchObject({
      name: 'Traces',
      refId: 'B',
      meta: { preferredVisualisationType: 'table', uniqueRowIdFields: [0] },
    });
    expect(frame.fields.map(({ name, type }) => [name, type])).toEqual([
      ['traceID', FieldType.string],
      ['startTime', FieldType.time],
      ['traceService', FieldType.string],
      ['traceName', FieldType.string],
      ['traceDuration', FieldType.number],
      ['nested', FieldType.nestedFrames],
    ]);
    expect(fieldOf(frame, 'traceDuration').config.unit).toBe('ms');
    expect(fieldOf(frame, 'traceID').config.links?.[0]).toMatchObject({
      title: 'Trace: ${__value.raw}',
      internal: { datasourceUid: 'tempo-uid', query: { query: '${__value.raw}', queryType: 'traceql' } },
    });
  });

  it('puts the newest trace first', async () => {
    const times = fieldOf(traceTable(await recorded('search-all'), OPTIONS), 'startTime').values;
    expect(times.length).toBeGreaterThan(5);
    expect(times).toEqual([...times].sort((a, b) => b - a));
  });

  it('shows whole ids, as the short ones of Tempo open nothing elsewhere', async () => {
    const ids = fieldOf(traceTable(await recorded('search-all'), OPTIONS), 'traceID').values;
    expect(ids.every((id) => /^[0-9a-f]{32}$/.test(id))).toBe(true);
  });

  it('has the spans of each span set inside the row, with a link that focuses the span', async () => {
    const response = await recorded('search-status-error');
    const frame = traceTable(response, OPTIONS);
    const nested: DataFrame[][] = fieldOf(frame, 'nested').values;
    expect(nested.map((sets) => sets.map(({ length }) => length))).toEqual(
      [...response.traces]
        .sort((a, b) => Number(b.startTimeUnixNano - a.startTimeUnixNano))
        .map((trace) => trace.spanSets.map(({ spans }) => spans.length))
    );
    const [[first]] = nested;
    expect(first.fields.map(({ name }) => name)).toEqual([
      'traceIdHidden',
      'spanID',
      'time',
      'name',
      'status',
      'duration',
    ]);
    expect(fieldOf(first, 'duration').config.unit).toBe('ns');
    expect(fieldOf(first, 'name').config.custom).toMatchObject({ hidden: true, hideFrom: { viz: true } });
    expect(fieldOf(first, 'spanID').config.links?.[0]).toMatchObject({
      title: 'Span: ${__value.raw}',
      internal: {
        query: { query: '${__data.fields.traceIdHidden}', queryType: 'traceql' },
        panelsState: { trace: { spanId: '${__value.raw}' } },
      },
    });
  });

  it('writes a trace of less than a millisecond as such, and keeps the column a number', () => {
    const frame = traceTable(
      {
        traces: [
          {
            traceId: '1'.padStart(32, '0'),
            rootServiceName: 'a',
            rootTraceName: 'b',
            startTimeUnixNano: BigInt('1795255615000000000'),
            durationMs: 0,
            spanSets: [],
            serviceStats: {},
          },
        ],
        metrics: {},
      },
      OPTIONS
    );
    const duration = fieldOf(frame, 'traceDuration');
    expect(duration.values).toEqual([0]);
    expect(duration.config.mappings?.[0].options).toEqual({ '0': { text: '<1ms' } });
  });
});

describe('spanTable', () => {
  it('has the trace and the span in front, then the attributes by name', async () => {
    const frame = spanTable(await recorded('search-select-all-value-types'), OPTIONS);
    expect(frame).toMatchObject({ name: 'Spans', refId: 'B' });
    const names = frame.fields.map(({ name }) => name);
    expect(names.slice(0, 6)).toEqual(['traceIdHidden', 'traceService', 'traceName', 'spanID', 'time', 'name']);
    expect(names[names.length - 1]).toBe('duration');
    const attributes = names.slice(6, -1);
    expect(attributes.length).toBeGreaterThan(3);
    expect(attributes).toEqual([...attributes].sort());
  });

  it('gives attributes the type that all their values have', async () => {
    const frame = spanTable(await recorded('search-select-all-value-types'), OPTIONS);
    const types = new Set(frame.fields.slice(6, -1).map(({ type }) => type));
    expect(types).toEqual(new Set([FieldType.string, FieldType.number, FieldType.boolean]));
    for (const { values } of frame.fields.filter(({ type }) => type === FieldType.number)) {
      expect(values.every((value) => value === null || typeof value === 'number')).toBe(true);
    }
  });

  it('keeps false', async () => {
    const frame = spanTable(await recorded('search-attr-bool'), OPTIONS);
    const afterTime = frame.fields.findIndex(({ name }) => name === 'time') + 1;
    const field = frame.fields.slice(afterTime, -1).find(({ type }) => type === FieldType.boolean);
    expect(field?.values).toContain(false);
  });
});

describe('rawResponse', () => {
  it('is the answer as text', async () => {
    const frame = rawResponse(await recorded('search-status-error'), OPTIONS);
    expect(frame).toMatchObject({ name: 'Raw response', refId: 'B', length: 1 });
    expect(JSON.parse(frame.fields[0].values[0]).traces[0].traceId).toMatch(/^[0-9a-f]{32}$/);
  });

  it('has a trace id that opens the trace and no empty column for names that Tempo did not send', async () => {
    const frame = spanTable(await recorded('search-attr-bool'), OPTIONS);
    expect(frame.fields[0].config.links?.[0].title).toBe('Trace: ${__value.raw}');
    expect(frame.fields.map(({ name }) => name)).not.toContain('name');
  });
});
