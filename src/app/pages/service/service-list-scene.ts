import { EmbeddedScene, SceneTimeRange } from '@grafana/scenes';
import { pageControls } from '../../controls';
import { dataSourceVariables } from '../../variables';
import { MetricsLoader } from './metrics-loader';
import { ServiceList } from './service-list';

export function serviceListScene() {
  return new EmbeddedScene({
    $timeRange: new SceneTimeRange({ from: 'now-1h', to: 'now' }),
    $variables: dataSourceVariables(),
    controls: pageControls(),
    body: new MetricsLoader((metrics) => metrics && new ServiceList(metrics)),
  });
}
