import { EmbeddedScene, SceneTimeRange } from '@grafana/scenes';
import { pageControls } from '../../controls';
import { dataSourceVariables } from '../../variables';
import { TraceSearch } from './trace-search';

export function searchScene() {
  return new EmbeddedScene({
    $timeRange: new SceneTimeRange({ from: 'now-1h', to: 'now' }),
    $variables: dataSourceVariables(),
    controls: pageControls(),
    body: new TraceSearch(),
  });
}
