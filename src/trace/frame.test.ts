import { type DataFrame, dataFrameFromJSON, type DataFrameJSON, FieldType } from '@grafana/data';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeExportRequestJson, decodeTempoTraceJson } from '../tempo/otlp';
import { isTraceFrame, traceFromFrame } from './from-frame';
import { type Span, type Trace } from './model';
import { traceToFrame } from './to-frame';

const CONTRACT = join(__dirname, '../../tests/contract');
const readJson = (path: string) => JSON.parse(readFileSync(join(CONTRACT, path), 'utf8'));

function coreFrame(): DataFrame {
  const recorded: DataFrameJSON = readJson('grafana/tempo-trace.json').body.results.A.frames[0];
  return dataFrameFromJSON(recorded);
}

function hotrodTrace(): Trace {
  const text = JSON.stringify(readJson('golden/trace-v2-hotrod.json').body);
  return { traceId: '9516e154ccab4d8696f38fbf968f7943', spans: decodeTempoTraceJson(text).spans };
}

/** As it comes from another producer: the same values, and nothing behind them. */
function foreign(frame: DataFrame): DataFrame {
  return { ...frame, fields: frame.fields.map((field) => ({ ...field, values: [...field.values] })) };
}

function oddTrace(name: string): Trace {
  const spans = decodeExportRequestJson(readFileSync(join(CONTRACT, 'dataset/odd.json'), 'utf8'));
  const traceId = spans.find((span) => span.name === name)?.traceId ?? '';
  return { traceId, spans: spans.filter((span) => span.traceId === traceId) };
}

describe('traceToFrame', () => {
  it("has the fields of Grafana's own Tempo data source, in its order and of its types", () => {
    const columns = ({ fields }: DataFrame) => fields.map(({ name, type }) => [name, type]);
    const frame = traceToFrame(hotrodTrace(), { refId: 'B' });
    expect(columns(frame)).toEqual(columns(coreFrame()));
    expect(frame).toMatchObject({ name: 'Trace', refId: 'B', meta: { preferredVisualisationType: 'trace' } });
    expect(isTraceFrame(frame)).toBe(true);
  });

  it('writes the same values as Grafana for the same spans', () => {
    // The recorded frame is read back to spans; writing these must give the recorded frame again.
    const core = coreFrame();
    const ours = traceToFrame(traceFromFrame(core).trace);
    for (const [i, field] of core.fields.entries()) {
      const expected: unknown[] = field.values.map((value) => value ?? []);
      if (field.type === FieldType.number) {
        ours.fields[i].values.forEach((value, row) => expect(value).toBeCloseTo(Number(expected[row]), 3));
      } else {
        expect([field.name, ours.fields[i].values]).toEqual([field.name, expected]);
      }
    }
  });

  it('says that the trace is partial, and why', () => {
    const frame = traceToFrame(hotrodTrace(), { partial: 'too large' });
    expect(frame.meta?.custom).toMatchObject({ partial: true, message: 'too large' });
    expect(traceFromFrame(frame).partial).toBe('too large');
    expect(traceFromFrame(traceToFrame(hotrodTrace())).partial).toBeUndefined();
  });

  it('names spans without a service as Grafana does, and reads them back as having none', () => {
    const frame = traceToFrame(oddTrace('no resource'));
    expect(frame.fields.find(({ name }) => name === 'serviceName')?.values).toEqual(['OTLPResourceNoServiceName']);
    expect(traceFromFrame(foreign(frame)).trace.spans[0].resource.attributes).toEqual([]);
  });
});

describe('traceFromFrame', () => {
  it('gives back what a frame can hold', () => {
    const trace = hotrodTrace();
    const back = traceFromFrame(foreign(traceToFrame(trace))).trace;
    const comparable = (span: Span) => ({
      ...span,
      startTimeUnixNano: undefined,
      endTimeUnixNano: undefined,
      events: span.events.map(({ name, attributes }) => ({ name, attributes })),
    });
    expect(back.traceId).toBe(trace.traceId);
    expect(back.spans.map(comparable)).toEqual(trace.spans.map(comparable));
    for (const [i, span] of back.spans.entries()) {
      expect(Math.abs(Number(span.startTimeUnixNano - trace.spans[i].startTimeUnixNano))).toBeLessThan(500);
    }
  });

  it('gives back the very trace of a frame of ours, also when Grafana has put its own fields around the values', () => {
    const trace = oddTrace('attribute values');
    const frame = traceToFrame(trace, { partial: 'cut' });
    const decorated = { ...frame, fields: frame.fields.map((field) => ({ ...field, config: { unit: 'ms' } })) };
    expect(traceFromFrame(decorated)).toEqual({ trace, partial: 'cut', skippedRows: 0 });
    expect(traceFromFrame(decorated).trace).toBe(trace);
    expect(JSON.stringify(frame)).not.toContain('startTimeUnixNano');
  });

  it('reads a frame of ours anew when a column was filtered, changed or taken away', () => {
    const trace = hotrodTrace();
    const frame = traceToFrame(trace);
    const changed = frame.fields.map((field) =>
      field.name === 'operationName' ? { ...field, values: field.values.map(() => 'renamed') } : field
    );
    const names = traceFromFrame({ ...frame, fields: changed }).trace.spans.map(({ name }) => name);
    expect(new Set(names)).toEqual(new Set(['renamed']));
    const without = traceFromFrame({ ...frame, fields: frame.fields.filter(({ name }) => name !== 'tags') });
    expect(without.trace.spans.every(({ attributes }) => attributes.length === 0)).toBe(true);
  });

  it('shares one resource among the spans that have the same one', () => {
    const spans = traceFromFrame(coreFrame()).trace.spans;
    expect(new Set(spans.map(({ resource }) => resource)).size).toBe(
      new Set(spans.map(({ resource }) => JSON.stringify(resource))).size
    );
  });

  it('leaves out rows that are no spans, and says how many', () => {
    const frame = foreign(traceToFrame(hotrodTrace()));
    frame.fields[1].values[0] = 'nonsense';
    frame.fields.find(({ name }) => name === 'startTime')!.values[1] = null;
    const { trace, skippedRows } = traceFromFrame(frame);
    expect(skippedRows).toBe(2);
    expect(trace.spans).toHaveLength(37);
  });
});
