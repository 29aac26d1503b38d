import { settingsProblems } from './settings-problems';

it('has nothing to say of settings that can be read', () => {
  expect(
    settingsProblems({
      tracesToLogsV2: { datasourceUid: 'loki', tags: [{ key: 'service.name', value: 'service' }, { key: 'pod' }] },
      tracesToLogs: { tags: ['cluster'] },
      furtherTracesToLogs: [{ name: 'Audit', datasourceUid: 'es', spanStartTimeShift: '', query: null }],
      tracesToMetrics: { datasourceUid: 'p', queries: [{ name: 'Rate', query: 'up' }] },
      furtherTracesToMetrics: [],
      serviceMap: { datasourceUid: 'p', dialect: { dialect: 'otel', unit: 's' } },
    })
  ).toEqual([]);
});

it.each<[object, RegExp]>([
  [
    { furtherTracesToLogs: { datasourceUid: 'loki' } },
    /^The setting "furtherTracesToLogs" was ignored: expected a list/,
  ],
  [{ furtherTracesToLogs: [{}, 'loki'] }, /"furtherTracesToLogs\.1" was ignored: expected an object, found "loki"/],
  [{ furtherTracesToLogs: [{ tags: 'job' }] }, /"furtherTracesToLogs\.0\.tags" was ignored: expected a list/],
  [
    { furtherTracesToMetrics: [{ queries: [{ query: 1 }] }] },
    /"furtherTracesToMetrics\.0\.queries" was ignored: 0: query/,
  ],
  [{ tracesToLogsV2: { filterByTraceID: 'yes' } }, /"tracesToLogsV2\.filterByTraceID".*expected true or false/],
  [{ tracesToLogsV2: 'loki' }, /"tracesToLogsV2" was ignored: expected an object/],
  [{ tracesToLogs: { tags: [{ key: 'a' }] } }, /"tracesToLogs\.tags" was ignored: 0: expected text/],
  [{ tracesToMetrics: { datasourceUid: 5 } }, /"tracesToMetrics\.datasourceUid" was ignored: expected text, found 5/],
  [{ serviceMap: { dialect: { unit: 'hours' } } }, /"serviceMap\.dialect\.unit" was ignored: "hours" is none/],
  [{ serviceMap: { dialect: 'otel' } }, /"serviceMap\.dialect" was ignored: expected an object/],
  [{ tagLimit: -3 }, /"tagLimit"/],
])('names what cannot be read in %j', (jsonData, problem) => {
  expect(settingsProblems(jsonData)).toEqual([expect.stringMatching(problem)]);
});

it.each([undefined, null, 'text', []])('survives %j in place of the settings', (jsonData) => {
  expect(settingsProblems(jsonData)).toEqual([]);
});
