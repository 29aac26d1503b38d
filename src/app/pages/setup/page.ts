import { t } from '@grafana/i18n';
import { SceneAppPage } from '@grafana/scenes';
import { APP_BASE_URL, ROUTES } from '../../../constants';
import { setupScene } from './scene';

export function getSetupPage() {
  return new SceneAppPage({
    title: t('traceatlas.setup.page.title', 'Set-up check'),
    subTitle: t(
      'traceatlas.setup.page.subtitle',
      'How the two data sources are wired, what is missing, and how to mend it.'
    ),
    url: `${APP_BASE_URL}/${ROUTES.setup}`,
    routePath: `${ROUTES.setup}/*`,
    getScene: setupScene,
  });
}
