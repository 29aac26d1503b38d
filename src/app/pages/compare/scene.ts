import { EmbeddedScene, SceneTimeRange } from '@grafana/scenes';
import { pageControls } from '../../controls';
import { dataSourceVariables } from '../../variables';
import { CompareView } from './compare-view';

export function compareScene() {
  return new EmbeddedScene({
    $timeRange: new SceneTimeRange({ from: 'now-1h', to: 'now' }),
    $variables: dataSourceVariables(),
    controls: pageControls(),
    body: new CompareView(),
  });
}
