import { type SceneObject } from '@grafana/scenes';
import { searchUrl, serviceUrl } from '../../../links/urls';
import { type MapActions } from '../../../views/service-map/map-actions';
import { linkContext } from '../../link-context';

/** Ways from the map to the app's other pages, with the page's time range and data sources. */
export function pageActions(object: SceneObject): MapActions {
  return {
    serviceUrl: ({ name, namespace }) => serviceUrl(name, { ...linkContext(object), namespace }),
    tracesUrl: (query) => searchUrl(query, linkContext(object)),
  };
}
