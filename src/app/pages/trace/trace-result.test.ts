import { createDataFrame, type DataFrame, dateTime, FieldType, LoadingState, type PanelData } from '@grafana/data';
import { traceResult } from './trace-result';

function traceFrame(rows: number): DataFrame {
  const ids = Array.from({ length: rows }, (_, i) => String(i + 1));
  return createDataFrame({
    fields: [
      { name: 'traceID', type: FieldType.string, values: ids },
      { name: 'spanID', type: FieldType.string, values: ids },
      { name: 'startTime', type: FieldType.number, values: ids.map(Number) },
      { name: 'duration', type: FieldType.number, values: ids.map(Number) },
    ],
  });
}

function answer(part: Partial<PanelData>): PanelData {
  const now = dateTime(0);
  return {
    state: LoadingState.Done,
    series: [],
    timeRange: { from: now, to: now, raw: { from: now, to: now } },
    ...part,
  };
}

it.each<[string, PanelData | undefined, string]>([
  ['nothing yet', undefined, 'loading'],
  ['a request under way', answer({ state: LoadingState.Loading }), 'loading'],
  ['spans', answer({ series: [traceFrame(2)] }), 'trace'],
  ['spans while they are loaded anew', answer({ state: LoadingState.Loading, series: [traceFrame(2)] }), 'trace'],
  ['a frame without spans', answer({ series: [traceFrame(0)] }), 'notFound'],
  ['no frame at all', answer({}), 'notFound'],
  [
    'a frame that is no trace',
    answer({ series: [createDataFrame({ fields: [{ name: 'trace', values: [] }] })] }),
    'notFound',
  ],
  [
    "Grafana's text for an unknown trace",
    answer({
      state: LoadingState.Error,
      errors: [{ message: 'failed to get trace with id: deadbeef Status: Not Found' }],
    }),
    'notFound',
  ],
  ['status 404', answer({ state: LoadingState.Error, errors: [{ message: 'nope', status: 404 }] }), 'notFound'],
  [
    'a data source that does not load',
    answer({ state: LoadingState.Error, errors: [{ message: 'Datasource: tempo was not found' }] }),
    'error',
  ],
  ['another error', answer({ state: LoadingState.Error, errors: [{ message: 'connection refused' }] }), 'error'],
])('after %s the page shows: %s', (_, data, expected) => {
  expect(traceResult(data).type).toBe(expected);
});
