import { getDataSourceSrv } from '@grafana/runtime';
import { type SceneObject } from '@grafana/scenes';
import { t } from '../../../i18n/translate';
import { compareSpansUrl, searchUrl, serviceUrl } from '../../../links/urls';
import { type MapActions } from '../../../views/service-map/map-actions';
import { linkContext } from '../../link-context';
import { serviceLogs } from './side-panel/service-logs';

function resolveDataSource(uid: string) {
  const found = getDataSourceSrv().getInstanceSettings(uid);
  return found && { uid: found.uid, type: found.type, name: found.name };
}

/** Ways from the map to the app's other pages, with the page's time range and data sources. */
export function pageActions(object: SceneObject): MapActions {
  return {
    serviceUrl: ({ name, namespace }) => serviceUrl(name, { ...linkContext(object), namespace }),
    tracesUrl: (query) => searchUrl(query, linkContext(object)),
    compareUrl: (comparison) => compareSpansUrl(comparison, linkContext(object)),
    logs(service) {
      const { tempo, from = 'now-1h', to = 'now' } = linkContext(object);
      const settings = tempo === undefined ? undefined : getDataSourceSrv().getInstanceSettings(tempo)?.jsonData;
      return serviceLogs({ service, settings, resolveDataSource, from, to }).map(({ name, datasource, url }) => ({
        label: name ?? t('traceatlas.trace.related-logs', 'Logs in {{name}}', { name: datasource.name }),
        href: url,
      }));
    },
  };
}
