import { EmbeddedScene, VariableValueSelectors } from '@grafana/scenes';
import { PageTimeRange } from '../../page-time-range';
import { dataSourceVariables } from '../../variables';
import { SetupCheck } from './setup-check';

/** The check always looks at the present; the time range is only carried on to the other pages. */
export function setupScene() {
  return new EmbeddedScene({
    $timeRange: new PageTimeRange(),
    $variables: dataSourceVariables(),
    controls: [new VariableValueSelectors({})],
    body: new SetupCheck(),
  });
}
