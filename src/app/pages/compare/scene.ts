import { EmbeddedScene } from '@grafana/scenes';
import { pageControls } from '../../controls';
import { PageTimeRange } from '../../page-time-range';
import { dataSourceVariables } from '../../variables';
import { CompareView } from './compare-view';

export function compareScene() {
  return new EmbeddedScene({
    $timeRange: new PageTimeRange(),
    $variables: dataSourceVariables(),
    controls: pageControls(),
    body: new CompareView(),
  });
}
