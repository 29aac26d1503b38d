import { parser } from '@prometheus-io/lezer-promql';
import { DEFAULT_DIALECT, type MetricsDialect } from './dialect';
import { type RunPromQLAt } from './run-promql';
import { findFewSamples, samplesExpression } from './window-samples';

const NOON = Date.UTC(2026, 10, 21, 12);

/** The last `seconds` before noon, and as long before; a Prometheus with samples every `interval` s from and until. */
async function found(
  seconds: number,
  { interval = 15, from = NOON - 3_600_000, until = NOON }: { interval?: number; from?: number; until?: number } = {},
  dialect: MetricsDialect = DEFAULT_DIALECT
) {
  const times: number[] = [];
  for (let time = NOON - 3_600_000; time <= NOON; time += interval * 1000) {
    if (time >= from && time <= until) {
      times.push(time);
    }
  }
  let asked = 0;
  const runPromQLAt: RunPromQLAt = (range) => async () => {
    asked++;
    const within = (ms: number) => times.filter((time) => time > range.to - ms && time <= range.to);
    const values: Record<string, number> = {
      window: within(range.to - range.from).length,
      recent: within(300_000).length,
      newest: Math.max(...within(300_000)) / 1000,
    };
    const rows = Object.entries(values).filter(([, value]) => value > 0);
    return { samples: rows.map(([part, value]) => ({ labels: { sample_part: part }, value })) };
  };
  const now = { from: NOON - seconds * 1000, to: NOON };
  const earlier = { from: now.from - seconds * 1000, to: now.from };
  return { few: await findFewSamples({ runPromQLAt, dialect, now, earlier }), asked };
}

describe('windows with too few samples', () => {
  it.each([
    [20, 15, 1],
    [40, 15, 1],
    [45, 5, undefined],
    [70, 30, 2],
    [170, 60, 4],
  ])('%i s with a sample every %i s need at least %p min', async (seconds, interval, minutes) => {
    const { few } = await found(seconds, { interval });
    expect(few && [few.window, few.reason, few.interval, few.seconds]).toEqual(
      minutes && ['now', 'short', interval, minutes * 60]
    );
  });

  it('are fine from four samples on, and not looked at where they are long', async () => {
    expect(await found(75)).toEqual({ few: undefined, asked: 2 });
    expect(await found(600)).toEqual({ few: undefined, asked: 0 });
  });

  it('may lack the samples of their end, which makes them longer', async () => {
    const { few } = await found(90, { until: NOON - 60_000 });
    expect(few).toEqual({ window: 'now', reason: 'late', samples: 2, interval: 15, seconds: 120 });
  });

  it('may have samples from some time on only', async () => {
    const { few } = await found(120, { from: NOON - 150_000 });
    expect(few).toMatchObject({ window: 'earlier', reason: 'begun', samples: 3 });
  });

  it('are those shorter than the recorded rates tell anything of', async () => {
    const recorded = { interval: 60, only: true, spans: false };
    expect(await found(300, {}, { ...DEFAULT_DIALECT, recorded })).toEqual({
      few: { window: 'now', reason: 'recorded', seconds: 600 },
      asked: 0,
    });
  });
});

it('asks in PromQL, of the series of the scope only', () => {
  const scope = { selectors: [[{ label: 'client', operator: '=' as const, value: 'a"b' }]], namespaces: ['shop'] };
  const expression = samplesExpression(DEFAULT_DIALECT, 30, scope);
  expect(expression).toContain('client="a\\"b", client_service_namespace="shop"');
  parser.parse(expression).iterate({
    enter: ({ type, from }) => {
      expect(type.isError ? `at ${from}` : '').toBe('');
    },
  });
});
