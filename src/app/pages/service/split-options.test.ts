import { TEMPO_SPAN_METRICS, UNTRANSLATED_SPAN_METRICS } from '../../../servicegraph/dialect';
import { type ServiceSource } from './service-source';
import { splitOfText, splitOptions, splitText } from './split-options';

const series: ServiceSource = { kind: 'promql', metrics: { names: TEMPO_SPAN_METRICS, histogram: 'classic' } };
const untranslated: ServiceSource = {
  kind: 'promql',
  metrics: { names: UNTRANSLATED_SPAN_METRICS, histogram: 'classic' },
};
const values = (source: ServiceSource, labels: string[], chosen: string) =>
  splitOptions(source, labels, chosen).map(({ value }) => value);

it.each(['promql:span_name', 'traceql:resource.service.version', 'traceql:name'])(
  '%s is read back as it was',
  (text) => {
    const split = splitOfText(text);
    expect(split && splitText(split)).toBe(text);
  }
);

it.each([undefined, '', 'span_name', 'promql:', 'promql:a b', 'promql:a) or up(', 'sql:x', 'traceql:{}'])(
  'takes %p for no split',
  (text) => {
    expect(splitOfText(text)).toBeUndefined();
  }
);

it("offers the series' labels, but none that is no part of the service", () => {
  const offered = values(series, ['__name__', 'le', 'service', 'span_name', 'version'], 'promql:span_name');
  expect(offered).toEqual(expect.arrayContaining(['promql:span_name', 'promql:version', 'traceql:name']));
  expect(offered).not.toEqual(expect.arrayContaining(['promql:le']));
  expect(offered).not.toContain('promql:service');
  expect(new Set(offered).size).toBe(offered.length);
});

it('offers the name of the span as the series have it', () => {
  const offered = values(untranslated, [], 'promql:span.name');
  expect(offered).toContain('promql:span.name');
  expect(offered).not.toContain('promql:span_name');
});

it('offers attributes only where there are no series, version and instance among them', () => {
  const offered = values({ kind: 'traceql' }, ['version'], 'traceql:name');
  expect(offered.every((value) => value.startsWith('traceql:'))).toBe(true);
  expect(offered).toEqual(
    expect.arrayContaining(['traceql:resource.service.version', 'traceql:resource.service.instance.id'])
  );
});

it('keeps one that the address names, and drops what is none', () => {
  expect(values({ kind: 'traceql' }, [], 'traceql:span.http.route')).toContain('traceql:span.http.route');
  expect(values({ kind: 'traceql' }, [], 'nonsense')).not.toContain('nonsense');
});
