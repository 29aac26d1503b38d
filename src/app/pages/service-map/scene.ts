import { EmbeddedScene, SceneTimeRange } from '@grafana/scenes';
import { pageControls } from '../../controls';
import { dataSourceVariables } from '../../variables';
import { ServiceMapObject } from './service-map-scene-object';

export function serviceMapScene() {
  return new EmbeddedScene({
    $timeRange: new SceneTimeRange({ from: 'now-1h', to: 'now' }),
    $variables: dataSourceVariables(),
    controls: pageControls(),
    body: new ServiceMapObject(),
  });
}
