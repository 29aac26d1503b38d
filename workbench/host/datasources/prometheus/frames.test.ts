import { type DataFrame } from '@grafana/data';
import { exemplarFrame, sampleExemplars, toExemplars } from './exemplars';
import { toFrames } from './frames';
import { nativeHistogramFrame } from './native-histogram';
import { asExemplars, asMatrix, asVector, readRecording, type RecordedFrame } from './recorded-frames';

/** What of a frame is told, without what only the wire needs. */
function told(frame: DataFrame) {
  return {
    name: frame.name,
    refId: frame.refId,
    meta: frame.meta,
    fields: frame.fields.map(({ name, type, labels, config }) => ({ name, type, labels, config })),
    values: frame.fields.map(({ values }) => values),
  };
}

function toldByGrafana({ schema, data }: RecordedFrame) {
  return {
    name: schema.name,
    refId: schema.refId,
    meta: schema.meta,
    fields: schema.fields.map(({ name, type, labels, config = {} }) => ({ name, type, labels, config })),
    values: data.values.map((values, index) =>
      values.map((value, row) => (data.entities?.[index]?.NaN.includes(row) ? NaN : value))
    ),
  };
}

test.each([
  'prometheus-range',
  'prometheus-range-exemplars',
  'prometheus-heatmap-exemplars',
  'prometheus-native-exemplars',
])('frames of %s are those that Grafana made', (name) => {
  const { query, frames } = readRecording(name);
  const series = frames.filter(({ schema }) => schema.name !== 'exemplar');
  const input = { refId: 'A', expr: query.expr, legendFormat: query.legendFormat, stepMs: 15_000 };
  expect(toFrames(asMatrix(series), input).map(told)).toEqual(series.map(toldByGrafana));
});

it('makes the frames of an instant query as Grafana does', () => {
  const { query, frames } = readRecording('prometheus-instant-table');
  const input = { refId: 'A', expr: query.expr, stepMs: 15_000 };
  expect(toFrames(asVector(frames), input).map(told)).toEqual(frames.map(toldByGrafana));
});

test.each(['prometheus-range-exemplars', 'prometheus-heatmap-exemplars'])(
  'the exemplar frame of %s is the one that Grafana made',
  (name) => {
    const recorded = readRecording(name).frames.find(({ schema }) => schema.name === 'exemplar');
    if (!recorded) {
      // this recording holds none, nor does the stand-in make one of nothing
      expect(exemplarFrame([], 'A')).toBeUndefined();
      return;
    }
    const exemplars = sampleExemplars(toExemplars(asExemplars(recorded)), 15_000);
    const frame = exemplarFrame(exemplars, 'A');
    expect(frame && told(frame)).toEqual(toldByGrafana(recorded));
  }
);

it('makes heatmap cells of a native histogram as Grafana does', () => {
  const { query, frames } = readRecording('prometheus-native-heatmap');
  const [xMax, yMin, yMax, count, yLayout] = frames[0].data.values;
  const times = [...new Set(xMax.map(Number))];
  const samples = times.map(
    (time): [number, { count: string; sum: string; buckets: Array<[number, string, string, string]> }] => [
      time / 1000,
      {
        count: '0',
        sum: '0',
        buckets: xMax.flatMap((at, row): Array<[number, string, string, string]> =>
          at === time ? [[Number(yLayout[row]), String(yMin[row]), String(yMax[row]), String(count[row])]] : []
        ),
      },
    ]
  );
  const frame = nativeHistogramFrame({}, samples, { refId: 'A', expr: query.expr, stepMs: 15_000 });
  const recorded = toldByGrafana(frames[0]);
  expect(told(frame)).toEqual({ ...recorded, meta: { type: 'heatmap-cells', typeVersion: [0, 0] } });
});

test.each([
  ['NaN', NaN],
  ['+Inf', Infinity],
  ['-Inf', -Infinity],
  ['1e-3', 0.001],
])('reads the value %s', (text, value) => {
  const [frame] = toFrames({ resultType: 'scalar', result: [1, text] }, { refId: 'A', expr: 'x', stepMs: 1000 });
  expect(frame.fields[1].values).toEqual([value]);
});
