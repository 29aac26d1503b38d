/** What is on a service's page, from top to bottom. */
import { t } from '@grafana/i18n';
import { SceneCSSGridItem, SceneCSSGridLayout, type SceneObject } from '@grafana/scenes';
import { type RequestsScope } from '../../../links/requests-of-service';
import {
  callErrorQueries,
  callLatencyQueries,
  callRateQueries,
  callScope,
  callSidesQueries,
  type CallSource,
} from './call-source';
import { ErrorsTable } from './errors-table';
import { LatencySection } from './latency-section';
import { OperationsTable } from './operations-table';
import { errorsPanel, ratePanel, splitLatencyPanel, timeSeriesPanel } from './service-panels';
import { latencyQueries, type ServiceSource, type Split } from './service-source';
import { ServiceTraces } from './service-traces';

interface ServiceParts {
  source: ServiceSource;
  /** Of the series, which may not tell namespaces apart */
  scope: RequestsScope;
  /** Of the spans */
  traceScope: RequestsScope;
  split: Split;
  onPickOperation: (operation: string) => void;
}

function row(...children: SceneObject[]): SceneObject {
  return new SceneCSSGridLayout({
    templateColumns: 'repeat(auto-fit, minmax(320px, 1fr))',
    autoRows: '240px',
    rowGap: 1,
    columnGap: 1,
    children: children.map((body) => new SceneCSSGridItem({ body })),
  });
}

export function serviceParts({ source, scope, traceScope, split, onPickOperation }: ServiceParts): SceneObject[] {
  return [
    new LatencySection(latencyQueries(source, scope), traceScope),
    row(ratePanel(source, scope, split), errorsPanel(source, scope, split), splitLatencyPanel(source, scope, split)),
    new OperationsTable({ source, scope: { ...scope, operation: undefined }, onPick: onPickOperation }),
    new ErrorsTable({ scope: traceScope }),
    new ServiceTraces(traceScope),
  ];
}

/** The same of one caller's calls. */
export function callParts(source: CallSource): SceneObject[] {
  const sides = callSidesQueries(source);
  const scope = callScope(source);
  return [
    new LatencySection(callLatencyQueries(source), scope),
    row(
      timeSeriesPanel(
        t('traceatlas.service.rate', 'Requests'),
        t('traceatlas.service.call-rate-hint', 'Requests of this caller per second.'),
        'reqps',
        callRateQueries(source)
      ),
      timeSeriesPanel(
        t('traceatlas.service.errors', 'Failed requests'),
        t('traceatlas.service.call-errors-hint', 'Requests of this caller that failed, per second.'),
        'reqps',
        callErrorQueries(source)
      ),
      timeSeriesPanel(
        t('traceatlas.service.p95', 'Latency p95'),
        t(
          'traceatlas.service.call-sides-hint',
          'As the caller and as the callee measured it: the difference is the network and waiting.'
        ),
        sides.unit,
        sides
      )
    ),
    new ErrorsTable({ scope }),
    new ServiceTraces(scope),
  ];
}
