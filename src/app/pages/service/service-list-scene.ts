import { EmbeddedScene } from '@grafana/scenes';
import { pageControls } from '../../controls';
import { PageTimeRange } from '../../page-time-range';
import { dataSourceVariables } from '../../variables';
import { MetricsLoader } from './metrics-loader';
import { ServiceList } from './service-list';

export function serviceListScene() {
  return new EmbeddedScene({
    $timeRange: new PageTimeRange(),
    $variables: dataSourceVariables(),
    controls: pageControls(),
    body: new MetricsLoader((metrics) => metrics && new ServiceList(metrics)),
  });
}
