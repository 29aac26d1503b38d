import { type DataFrame, type DataLink } from '@grafana/data';
import { APP_BASE_URL, ROUTES, VARIABLES } from '../../../constants';
import { layoutGraph } from '../../../servicegraph/layout/layout-graph';
import { type ServiceGraph } from '../../../servicegraph/model';
import { toNodeGraphFrames } from '../../../servicegraph/to-frames';

/** The core panel draws circles of 100 px with two lines of text below, which need more height than our cards. */
const STRETCH = { x: 1, y: 1.9 } as const;

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
  const layout = layoutGraph(graph, { width: 1600, height: 900 });
  const positions = new Map(
    layout.serviceIds.map((id, node) => [id, { x: layout.x[node] * STRETCH.x, y: layout.y[node] * STRETCH.y }])
  );
  return toNodeGraphFrames(graph, { refId: 'A', positions, nodeLinks: nodeLinks() });
}
