import { EmbeddedScene } from '@grafana/scenes';
import { pageControls } from '../../controls';
import { PageTimeRange } from '../../page-time-range';
import { dataSourceVariables } from '../../variables';
import { NodeGraphObject } from './node-graph-object';

export function nodeGraphScene() {
  return new EmbeddedScene({
    $timeRange: new PageTimeRange(),
    $variables: dataSourceVariables(),
    controls: pageControls(),
    body: new NodeGraphObject(),
  });
}
