import { createDataFrame, type DataFrame, type Field, type FieldConfig, FieldType } from '@grafana/data';
import { t } from '@grafana/i18n';
import { type Service, type ServiceGraph } from '../../servicegraph/model';
import { errorShare } from '../../servicegraph/to-frames';
import { type LinkTarget } from '../frames/trace-links';
import { tracesLink } from './graph-links';

/** Rate, errors and latency of every service, busiest first. Rates in req/s, errors as a share, latency in s. */
export function serviceTable(
  { services }: ServiceGraph,
  { refId, tempo, includeNamespace }: { refId: string; tempo: LinkTarget; includeNamespace: boolean }
): DataFrame {
  const rows = [...services].sort((a, b) => (b.stats.rate ?? -1) - (a.stats.rate ?? -1));
  const text = (
    name: string,
    displayName: string,
    read: (row: Service) => string,
    config: FieldConfig = {}
  ): Field => ({
    name,
    type: FieldType.string,
    values: rows.map(read),
    config: { ...config, displayName },
  });
  const number = (
    name: string,
    displayName: string,
    read: (row: Service) => number | undefined,
    config: FieldConfig
  ): Field => ({ name, type: FieldType.number, values: rows.map(read), config: { ...config, displayName } });
  const link = tracesLink(tempo, '${__data.fields.Name}', includeNamespace ? '${__data.fields.Namespace}' : undefined);
  return createDataFrame({
    name: 'Services',
    refId,
    meta: { preferredVisualisationType: 'table' },
    fields: [
      text('Name', t('traceatlas.datasource.service-map.name', 'Name'), (row) => row.name, { links: [link] }),
      ...(includeNamespace
        ? [
            text(
              'Namespace',
              t('traceatlas.datasource.service-map.namespace', 'Namespace'),
              (row) => row.namespace ?? ''
            ),
          ]
        : []),
      text('Kind', t('traceatlas.datasource.service-map.kind', 'Kind'), (row) => row.kind),
      number('Rate', t('traceatlas.datasource.service-map.rate', 'Rate'), (row) => row.stats.rate, { unit: 'reqps' }),
      number(
        'Error rate',
        t('traceatlas.datasource.service-map.error-rate', 'Error rate'),
        (row) => errorShare(row.stats),
        { unit: 'percentunit', min: 0, max: 1 }
      ),
      number('Duration (mean)', t('traceatlas.datasource.service-map.mean', 'Mean'), (row) => row.stats.mean, {
        unit: 's',
      }),
      number('Duration (p50)', t('traceatlas.datasource.service-map.p50', 'p50'), (row) => row.stats.p50, {
        unit: 's',
      }),
      number('Duration (p95)', t('traceatlas.datasource.service-map.p95', 'p95'), (row) => row.stats.p95, {
        unit: 's',
      }),
      number('Duration (p99)', t('traceatlas.datasource.service-map.p99', 'p99'), (row) => row.stats.p99, {
        unit: 's',
      }),
    ],
  });
}
