import { dateTime, type PluginExtensionPanelContext } from '@grafana/data';
import { setTemplateSrv, type TemplateSrv } from '@grafana/runtime';
import { configureTraceLink, configureTracesLink } from './links';

type Target = PluginExtensionPanelContext['targets'][number];

const VALUES: Record<string, string | string[]> = { service: 'shop', services: ['a.b', 'c'] };

/** Only `replace` is asked for. */
const templateSrv: Pick<TemplateSrv, 'replace'> = {
  replace: (text = '', _scoped, format) =>
    text.replace(/\$(\w+)/g, (whole, name: string) => {
      const value = VALUES[name];
      return value === undefined ? whole : typeof format === 'function' ? String(format(value, {}, undefined)) : whole;
    }),
};

beforeAll(() =>
  setTemplateSrv({ getVariables: () => [], containsTemplate: () => false, updateTimeRange: () => {}, ...templateSrv })
);

const prometheus = { uid: 'P', type: 'prometheus' };
const target = (query: object) => ({ refId: 'A', ...query }) as Target;
const linkOf = (
  targets: Target[],
  timeRange: PluginExtensionPanelContext['timeRange'] = { from: 'now-1h', to: 'now' }
) => configureTracesLink({ targets, timeRange })?.path;
const parametersOf = (path: string | undefined) => new URL(path ?? '', 'http://localhost').searchParams;

describe('traces behind a panel', () => {
  it.each<[string, object, string]>([
    [
      'matchers of PromQL',
      { datasource: prometheus, expr: 'rate(x{service="shop"}[5m])' },
      '{ resource.service.name = "shop" }',
    ],
    ['a variable', { datasource: prometheus, expr: 'x{service="$service"}' }, '{ resource.service.name = "shop" }'],
    [
      'a variable of several values',
      { datasource: prometheus, expr: 'x{service=~"$services"}' },
      '{ resource.service.name =~ "a\\\\.b|c" }',
    ],
    ['TraceQL', { datasource: { uid: 'T', type: 'tempo' }, query: '{ name = "$service" }' }, '{ name = "shop" }'],
  ])('%s', (_, query, expected) => {
    const path = linkOf([target(query)]);
    expect(path).toMatch(/\/search\?/);
    const parameters = parametersOf(path);
    expect(parameters.get('q')).toBe(expected);
    expect([parameters.get('from'), parameters.get('to')]).toEqual(['now-1h', 'now']);
  });

  it('names the data source that was asked, and a fixed range in ms', () => {
    const range = { from: dateTime(1000), to: dateTime(2000) };
    const parameters = parametersOf(linkOf([target({ datasource: prometheus, expr: 'x{service="a"}' })], range));
    expect([parameters.get('var-prometheus'), parameters.get('from'), parameters.get('to')]).toEqual([
      'P',
      '1000',
      '2000',
    ]);
  });

  it('takes the first query that tells of traces, and none that is hidden', () => {
    const path = linkOf([
      target({ datasource: prometheus, expr: 'up' }),
      target({ datasource: prometheus, expr: 'x{service="hidden"}', hide: true }),
      target({ datasource: prometheus, expr: 'x{service="seen"}' }),
    ]);
    expect(parametersOf(path).get('q')).toContain('"seen"');
  });

  it.each<[string, object]>([
    ['nothing telling', { datasource: prometheus, expr: 'up' }],
    ['another language', { datasource: { uid: 'L', type: 'loki' }, expr: '{service="a"}' }],
    ['broken PromQL', { datasource: prometheus, expr: 'x{service="a' }],
    ['no text', { datasource: prometheus, expr: 12 }],
    ['an empty query', { datasource: { uid: 'T', type: 'tempo' }, query: ' ' }],
    ['no query at all', {}],
  ])('is no link for %s', (_, query) => {
    expect(linkOf([target(query)])).toBeUndefined();
  });

  it.each([undefined, {}])('is no link without a panel (%p)', (context) => {
    expect(configureTracesLink(context)).toBeUndefined();
  });
});

describe('a trace of the core trace view', () => {
  const datasource = { uid: 'T', type: 'tempo' };

  it('opens on its page, with an hour around it', () => {
    const path = configureTraceLink({
      traceID: 'abc',
      startTime: 7_200_000_000,
      endTime: 7_300_000_000,
      datasource,
    })?.path;
    expect(path).toContain(`/trace/${'abc'.padStart(32, '0')}?`);
    const parameters = parametersOf(path);
    expect([parameters.get('from'), parameters.get('to'), parameters.get('var-tempo')]).toEqual([
      '3600000',
      '10900000',
      'T',
    ]);
  });

  it.each([undefined, {}, { traceID: 5, datasource }, { traceID: '', datasource }])('is no link for %p', (context) => {
    expect(configureTraceLink(context)).toBeUndefined();
  });
});
