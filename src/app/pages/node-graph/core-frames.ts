import { type DataFrame, type DataLink } from '@grafana/data';
import { APP_BASE_URL, ROUTES, VARIABLES } from '../../../constants';
import { type ServiceGraph } from '../../../servicegraph/model';
import { nodeGraphPositions } from '../../../servicegraph/node-graph-positions';
import { toNodeGraphFrames } from '../../../servicegraph/to-frames';

/** Filled in by the panel for each node. */
function nodeLinks(): DataLink[] {
  const service = '${__data.fields.title:percentencode}';
  const namespace = '${__data.fields.subtitle:percentencode}';
  return [
    {
      title: 'Trace Atlas/Service',
      url: `${APP_BASE_URL}/${ROUTES.service}/${service}?var-${VARIABLES.namespace}=${namespace}&\${__url_time_range}`,
    },
  ];
}

/** Frames for Grafana's node graph panel, placed by our layout, as its own puts everything into one column. */
export function coreNodeGraphFrames(graph: ServiceGraph): DataFrame[] {
  // The panel cannot draw a call of a service to itself: its line would have no direction.
  const drawable = { ...graph, calls: graph.calls.filter(({ source, target }) => source !== target) };
  return toNodeGraphFrames(drawable, { refId: 'A', positions: nodeGraphPositions(graph), nodeLinks: nodeLinks() });
}
