import { t } from '@grafana/i18n';
import { SceneAppPage } from '@grafana/scenes';
import { APP_BASE_URL, ROUTES } from '../../../constants';
import { compareScene } from './scene';

export function getComparePage() {
  return new SceneAppPage({
    title: t('traceatlas.compare.title', 'Compare spans'),
    subTitle: t('traceatlas.compare.subtitle', 'What the selected spans have in common that the others have not.'),
    url: `${APP_BASE_URL}/${ROUTES.compare}`,
    routePath: `${ROUTES.compare}/*`,
    getScene: compareScene,
  });
}
