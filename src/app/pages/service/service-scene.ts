import { t } from '@grafana/i18n';
import { EmbeddedScene, sceneGraph, TextBoxVariable } from '@grafana/scenes';
import { VariableHide } from '@grafana/schema';
import { VARIABLES } from '../../../constants';
import { pageControls } from '../../controls';
import { PageTimeRange } from '../../page-time-range';
import { dataSourceVariables } from '../../variables';
import { MetricsLoader } from './metrics-loader';
import { ServiceBody } from './service-body';

export function serviceScene(service: string) {
  const namespace = new TextBoxVariable({
    name: VARIABLES.namespace,
    label: t('traceatlas.service.namespace', 'Namespace'),
    value: '',
    hide: VariableHide.hideVariable,
  });
  return new EmbeddedScene({
    $timeRange: new PageTimeRange(),
    $variables: dataSourceVariables(namespace),
    controls: pageControls(),
    body: new MetricsLoader((metrics, context) => {
      const value = sceneGraph.lookupVariable(VARIABLES.namespace, context)?.getValue();
      return new ServiceBody(
        service,
        typeof value === 'string' && value !== '' ? value : undefined,
        metrics ? { kind: 'promql', metrics } : { kind: 'traceql' }
      );
    }),
  });
}
