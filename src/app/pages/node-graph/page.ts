import { t } from '@grafana/i18n';
import { SceneAppPage } from '@grafana/scenes';
import { APP_BASE_URL, ROUTES } from '../../../constants';
import { nodeGraphScene } from './scene';

export function getNodeGraphPage() {
  return new SceneAppPage({
    title: t('traceatlas.node-graph.title', 'Node graph'),
    subTitle: t('traceatlas.node-graph.subtitle', "The service map's services and calls in Grafana's node graph."),
    url: `${APP_BASE_URL}/${ROUTES.nodeGraph}`,
    routePath: `${ROUTES.nodeGraph}/*`,
    getScene: nodeGraphScene,
  });
}
