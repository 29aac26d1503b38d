import { EmbeddedScene, SceneTimeRange, VariableValueSelectors } from '@grafana/scenes';
import { dataSourceVariables } from '../../variables';
import { SetupCheck } from './setup-check';

/** The check always looks at the present; the time range is only carried on to the other pages. */
export function setupScene() {
  return new EmbeddedScene({
    $timeRange: new SceneTimeRange({ from: 'now-1h', to: 'now' }),
    $variables: dataSourceVariables(),
    controls: [new VariableValueSelectors({})],
    body: new SetupCheck(),
  });
}
