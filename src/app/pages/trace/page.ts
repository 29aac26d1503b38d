import { t } from '@grafana/i18n';
import { SceneAppPage, type SceneAppPageLike } from '@grafana/scenes';
import { APP_BASE_URL, ROUTES } from '../../../constants';
import { normalizeTraceId } from '../../../links/exemplars';
import { routeParam } from '../../route-param';
import { traceLookupScene, traceScene } from './scene';

const TRACES_URL = `${APP_BASE_URL}/${ROUTES.trace}`;

/** A place to enter a trace id, and below it a page for each trace. */
export function getTracePage() {
  return new SceneAppPage({
    title: t('traceatlas.trace.title', 'Trace'),
    subTitle: t('traceatlas.trace.subtitle', 'One request on its way through all services.'),
    url: TRACES_URL,
    routePath: `${ROUTES.trace}/*`,
    getScene: traceLookupScene,
    drilldowns: [
      {
        routePath: ':traceId',
        getPage: (match, parent) => getOneTracePage(routeParam(match.params.traceId), parent),
      },
    ],
  });
}

function getOneTracePage(text: string, parent: SceneAppPageLike) {
  const traceId = normalizeTraceId(text);
  const page = new SceneAppPage({
    title: traceId?.replace(/^0+/, '').slice(0, 8) ?? t('traceatlas.trace.title', 'Trace'),
    url: `${TRACES_URL}/${encodeURIComponent(text)}`,
    routePath: '*',
    getParentPage: () => parent,
    getScene: () =>
      traceId === undefined ? traceLookupScene(text) : traceScene(traceId, (title) => page.setState({ title })),
  });
  return page;
}
