import { EmbeddedScene } from '@grafana/scenes';
import { pageControls } from '../../controls';
import { PageTimeRange } from '../../page-time-range';
import { dataSourceVariables } from '../../variables';
import { ServiceMapObject } from './service-map-scene-object';

export function serviceMapScene() {
  return new EmbeddedScene({
    $timeRange: new PageTimeRange(),
    $variables: dataSourceVariables(),
    controls: pageControls(),
    body: new ServiceMapObject(),
  });
}
