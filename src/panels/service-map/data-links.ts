import { type DataFrame } from '@grafana/data';
import { rowsOfGraph } from '../../servicegraph/from-frames';
import { type MapLink } from '../../views/service-map/map-actions';
import { type Selection } from '../../views/service-map/selection';

/** The data links of a service's or call's row, each title once: defaults of a panel are on every field. */
export function dataLinksOf(frames: readonly DataFrame[]): (selection: Selection) => MapLink[] {
  let rows: ReturnType<typeof rowsOfGraph> | undefined;
  return ({ kind, id }) => {
    rows ??= rowsOfGraph(frames);
    const place = rows[kind].get(id);
    const links = new Map<string, MapLink>();
    for (const field of place?.frame.fields ?? []) {
      for (const link of field.getLinks?.({ valueRowIndex: place?.row }) ?? []) {
        if (!links.has(link.title)) {
          links.set(link.title, link);
        }
      }
    }
    return [...links.values()];
  };
}
