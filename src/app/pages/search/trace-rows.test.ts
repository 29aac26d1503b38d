import { createDataFrame, FieldType } from '@grafana/data';
import { traceRows } from './trace-rows';

const frame = (over: Record<string, unknown[]> = {}) => {
  const values: Record<string, unknown[]> = {
    traceID: ['abc123'],
    startTime: [1795255500000],
    traceService: ['frontend'],
    traceName: ['GET /dispatch'],
    traceDuration: [321],
    ...over,
  };
  return createDataFrame({
    fields: Object.entries(values).map(([name, list]) => ({ name, type: FieldType.other, values: list })),
  });
};

describe('traceRows', () => {
  it('pads trace ids whose zeros Tempo has cut', () => {
    expect(traceRows([frame()])).toEqual([
      {
        traceId: '00000000000000000000000000abc123',
        startMs: 1795255500000,
        service: 'frontend',
        name: 'GET /dispatch',
        durationMs: 321,
      },
    ]);
  });

  it("reads core's text for durations under a millisecond as 0", () => {
    expect(traceRows([frame({ traceDuration: ['<1ms'] })])[0].durationMs).toBe(0);
  });

  it('leaves a missing duration absent instead of 0', () => {
    expect(traceRows([frame({ traceDuration: [undefined] })])[0].durationMs).toBeUndefined();
  });

  it.each([[['not hex']], [['']], [[null]]])('leaves out rows without a usable id: %j', (traceID) => {
    expect(traceRows([frame({ traceID })])).toEqual([]);
  });

  it('shows a trace once when several frames have it', () => {
    expect(traceRows([frame(), frame()])).toHaveLength(1);
  });

  it('ignores frames that are no search results', () => {
    expect(traceRows([createDataFrame({ fields: [{ name: 'Time', values: [1] }] })])).toEqual([]);
  });
});
