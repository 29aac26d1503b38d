import { t } from '@grafana/i18n';
import { EmbeddedScene, sceneGraph, type SceneObject, TextBoxVariable } from '@grafana/scenes';
import { VariableHide } from '@grafana/schema';
import { VARIABLES } from '../../../constants';
import { requestsOf } from '../../../links/requests-of-service';
import { searchUrl } from '../../../links/urls';
import { spansQuery } from '../../../servicegraph/traces-of';
import { pageControls } from '../../controls';
import { linkContext } from '../../link-context';
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
    body: new MetricsLoader(
      (metrics, context) =>
        new ServiceBody(service, namespaceOf(context), metrics ? { kind: 'promql', metrics } : { kind: 'traceql' }),
      (context) => {
        const requests = requestsOf({ service, namespace: namespaceOf(context) });
        return searchUrl(spansQuery(requests), linkContext(context));
      }
    ),
  });
}

function namespaceOf(context: SceneObject): string | undefined {
  const value = sceneGraph.lookupVariable(VARIABLES.namespace, context)?.getValue();
  return typeof value === 'string' && value !== '' ? value : undefined;
}
