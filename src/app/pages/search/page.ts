import { t } from '@grafana/i18n';
import { SceneAppPage } from '@grafana/scenes';
import { APP_BASE_URL, ROUTES } from '../../../constants';
import { searchScene } from './scene';

export function getSearchPage() {
  return new SceneAppPage({
    title: t('traceatlas.search.title', 'Search'),
    subTitle: t('traceatlas.search.subtitle', 'Find traces with TraceQL, or open one by its id.'),
    url: `${APP_BASE_URL}/${ROUTES.search}`,
    routePath: `${ROUTES.search}/*`,
    getScene: searchScene,
  });
}
