import { EmbeddedScene, SceneTimeRange } from '@grafana/scenes';
import { pageControls } from '../../controls';
import { dataSourceVariables } from '../../variables';
import { NodeGraphObject } from './node-graph-object';

export function nodeGraphScene() {
  return new EmbeddedScene({
    $timeRange: new SceneTimeRange({ from: 'now-1h', to: 'now' }),
    $variables: dataSourceVariables(),
    controls: pageControls(),
    body: new NodeGraphObject(),
  });
}
