import { t } from '@grafana/i18n';
import { SceneAppPage, type SceneAppPageLike } from '@grafana/scenes';
import { APP_BASE_URL, ROUTES } from '../../../constants';
import { serviceUrl, textOfSegment } from '../../../links/urls';
import { routeParam } from '../../route-param';
import { serviceListScene } from './service-list-scene';
import { serviceScene } from './service-scene';

const SERVICES_URL = `${APP_BASE_URL}/${ROUTES.service}`;

/** The list of services, and below it a page for each. */
export function getServicePage() {
  return new SceneAppPage({
    title: t('traceatlas.services.title', 'Services'),
    subTitle: t('traceatlas.services.subtitle', 'Rate, errors and latency of the requests that each service received.'),
    url: SERVICES_URL,
    routePath: `${ROUTES.service}/*`,
    getScene: serviceListScene,
    drilldowns: [
      {
        routePath: ':service',
        getPage: (match, parent) => getOneServicePage(textOfSegment(routeParam(match.params.service)), parent),
      },
    ],
  });
}

function getOneServicePage(service: string, parent: SceneAppPageLike) {
  return new SceneAppPage({
    title: service,
    url: serviceUrl(service, {}),
    routePath: '*',
    getParentPage: () => parent,
    getScene: () => serviceScene(service),
  });
}
