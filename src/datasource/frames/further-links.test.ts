import { readSpanLinkSettings } from '../../links/span-link-settings';
import { runQuery } from '../query/run-query';
import { fakeClient, goldenAnswer, runContext } from '../test-support';
import { type TempoJsonData } from '../types';

/** Links of the frame of a trace; the plugin id of a data source is its uid here. */
async function linksOf(jsonData: Partial<TempoJsonData>) {
  const { client } = fakeClient({ '/api/v2/traces/': goldenAnswer('trace-v2-hotrod-protobuf') });
  const { signal } = new AbortController();
  const [frame] = await runQuery({ refId: 'A', query: 'abc1' }, runContext(client, jsonData), signal);
  return frame.fields.flatMap(({ name, config }) => (config.links ?? []).map((link) => ({ field: name, ...link })));
}

const FIRST = { datasourceUid: 'loki', customQuery: false };

it('leaves the first target to Grafana, which makes its links from the settings', async () => {
  expect(readSpanLinkSettings({ tracesToLogsV2: FIRST }).logs).toHaveLength(1);
  expect(await linksOf({ tracesToLogsV2: FIRST })).toEqual([]);
});

it('has a link with variables for each further target', async () => {
  const links = await linksOf({
    tracesToLogsV2: FIRST,
    furtherTracesToLogs: [
      {
        datasourceUid: 'elasticsearch',
        name: 'Audit',
        tags: [{ key: 'enduser.id', value: 'user' }],
        filterByTraceID: true,
      },
      { datasourceUid: 'loki', customQuery: true, query: '{app="x"} |= "${__span.spanId}"' },
      { datasourceUid: 'loki' },
    ],
    tracesToMetrics: { datasourceUid: 'prometheus' },
    furtherTracesToMetrics: [
      {
        datasourceUid: 'prometheus',
        tags: [{ key: 'service.name', value: 'service' }],
        queries: [{ query: 'rate(c{$__tags}[5m])' }],
      },
    ],
  });
  expect(links.map(({ title, internal }) => [title, internal?.datasourceUid, internal?.query])).toEqual([
    [
      'Audit',
      'elasticsearch',
      expect.objectContaining({ query: 'user:"${__span.tags[\'enduser.id\']}" AND "${__span.traceId}"' }),
    ],
    ['Logs in Name of loki', 'loki', expect.objectContaining({ expr: '{app="x"} |= "${__span.spanId}"' })],
    [
      'Logs in Name of loki',
      'loki',
      expect.objectContaining({ expr: '{service_name="${__span.tags[\'service.name\']}"}' }),
    ],
    [
      'Metrics in Name of prometheus',
      'prometheus',
      expect.objectContaining({ expr: 'rate(c{service="${__span.tags[\'service.name\']}"}[5m])' }),
    ],
  ]);
  expect(new Set(links.map(({ field }) => field))).toEqual(new Set(['spanID']));
});
