import { DEFAULT_STATIC_FILTERS, parseInterval, parseSettings } from './parse-settings';

describe('parseSettings', () => {
  it('gives the defaults for nothing', () => {
    expect(parseSettings(undefined)).toEqual({
      problems: [],
      settings: {
        progressive: { search: true, metrics: true, parallel: 3 },
        serviceMapDatasourceUid: '',
        searchHidden: false,
        staticFilters: DEFAULT_STATIC_FILTERS,
        nodeGraphEnabled: false,
        traceTimeShift: undefined,
        tagLimit: 5000,
        tagRangeSeconds: undefined,
        traceToProfiles: undefined,
      },
    });
  });

  it("reads a provisioning file written for Grafana's own Tempo data source", () => {
    const { settings, problems } = parseSettings({
      tracesToLogsV2: { datasourceUid: 'loki', customQuery: true },
      serviceMap: { datasourceUid: 'prometheus' },
      nodeGraph: { enabled: true },
      search: { hide: true, filters: [{ id: 'c', tag: 'cluster', scope: 'resource', operator: '=' }] },
      traceQuery: { timeShiftEnabled: true, spanStartTimeShift: '-1h', spanEndTimeShift: '1h' },
      tracesToProfiles: { datasourceUid: 'pyroscope', profileTypeId: 'cpu', customQuery: false },
      spanBar: { type: 'Tag', tag: 'http.path' },
      tagLimit: '200',
      timeRangeForTags: 1800,
      streamingEnabled: { search: true },
    });
    expect(problems).toEqual([]);
    expect(settings).toMatchObject({
      serviceMapDatasourceUid: 'prometheus',
      nodeGraphEnabled: true,
      searchHidden: true,
      staticFilters: [{ id: 'c', tag: 'cluster', scope: 'resource', operator: '=' }],
      traceTimeShift: { beforeMs: 3_600_000, afterMs: 3_600_000 },
      tagLimit: 200,
      tagRangeSeconds: 1800,
    });
  });

  it('looks half an hour around the range when the shift is on without figures', () => {
    const { settings } = parseSettings({ traceQuery: { timeShiftEnabled: true } });
    expect(settings.traceTimeShift).toEqual({ beforeMs: 1_800_000, afterMs: 1_800_000 });
  });

  it('ignores each part it cannot read, with a sentence that names it', () => {
    const { settings, problems } = parseSettings({
      serviceMap: 'prometheus',
      nodeGraph: { enabled: 'yes' },
      search: { filters: [{ id: 'ok' }, { tag: 'no id' }] },
      traceQuery: { timeShiftEnabled: true, spanStartTimeShift: 'soon' },
      tagLimit: -3,
    });
    expect(settings).toMatchObject({
      serviceMapDatasourceUid: '',
      nodeGraphEnabled: false,
      staticFilters: [{ id: 'ok' }],
      traceTimeShift: { beforeMs: 1_800_000, afterMs: 1_800_000 },
      tagLimit: 5000,
    });
    expect(problems).toEqual([
      expect.stringContaining('"serviceMap"'),
      expect.stringContaining('Search filter 2'),
      expect.stringContaining('"nodeGraph"'),
      expect.stringContaining('"traceQuery.spanStartTimeShift"'),
      expect.stringContaining('"tagLimit"'),
    ]);
  });

  it.each(['text', 7, null, []])('survives %j in place of the settings', (jsonData) => {
    expect(parseSettings(jsonData).settings.tagLimit).toBe(5000);
  });
});

describe('parseInterval', () => {
  it.each([
    ['30s', 30_000],
    ['-1h', -3_600_000],
    ['1.5m', 90_000],
    ['100ms', 100],
    ['1M', 2_592_000_000],
    ['5', undefined],
    ['1 h', undefined],
    ['', undefined],
  ])('%s', (text, ms) => expect(parseInterval(text)).toBe(ms));
});
