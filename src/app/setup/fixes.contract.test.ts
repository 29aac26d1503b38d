import { parse } from 'yaml';
import { traceToMetrics } from './changes';
import { provisioningFix } from './fixes';

const names = { calls: 'c_total', latency: 'l', unit: 's' as const, serviceLabel: 'service', namespaceLabel: 'ns' };

it('writes a provisioning file that Grafana reads as the change, with $ doubled', () => {
  const set = traceToMetrics('prom', names, 'classic');
  const { text } = provisioningFix({ dataSourceUid: 't', dataSourceName: 'Tempo: 1', set }, 'tempo');
  expect(text).toContain('{$$__tags}');
  expect(parse(text.replace(/\$\$/g, '$'))).toEqual({
    apiVersion: 1,
    datasources: [{ name: 'Tempo: 1', uid: 't', type: 'tempo', jsonData: set }],
  });
});
