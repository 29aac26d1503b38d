import { t } from '@grafana/i18n';
import { SceneAppPage } from '@grafana/scenes';
import { APP_BASE_URL, ROUTES } from '../../../constants';
import { serviceMapScene } from './scene';

export function getServiceMapPage() {
  return new SceneAppPage({
    title: t('traceatlas.service-map.title', 'Service map'),
    subTitle: t('traceatlas.service-map.subtitle', 'Services, the calls between them, and how well they go.'),
    url: `${APP_BASE_URL}/${ROUTES.serviceMap}`,
    routePath: `${ROUTES.serviceMap}/*`,
    getScene: serviceMapScene,
  });
}
