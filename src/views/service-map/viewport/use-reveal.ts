/** Brings into view what is chosen elsewhere than on the map. */
import { useEffect, useRef } from 'react';
import { type FoldedMap } from '../model/folded-map';
import { groupOf } from '../keyboard/keyboard-walk';
import { type MapState } from '../map-state';
import { type MapEdge, type MapModel } from '../model/map-types';
import { type Selection } from '../selection';
import { type ViewportControls } from './use-viewport';
import { intersects, revealRect, type Size, visibleRect, ZOOM } from './viewport';

/** Whether a call can be read where it is */
function isInView({ way }: MapEdge, { store }: ViewportControls, size: Size): boolean {
  return store.get().k >= ZOOM.readable && intersects(way.bounds, visibleRect(store.get(), size));
}

/** What is selected elsewhere (search, table, list of changes, keyboard, URL) comes into view. */
export function useRevealSelected(
  model: MapModel,
  selected: Selection | undefined,
  controls: ViewportControls,
  size: Size
) {
  const latest = useRef({ model, size });
  useEffect(() => {
    latest.current = { model, size };
  }, [model, size]);
  const { kind, id } = selected ?? {};
  useEffect(() => {
    const { model, size } = latest.current;
    const node = kind === 'service' && id !== undefined ? model.nodeById.get(id) : undefined;
    const call = kind === 'call' && id !== undefined ? model.edgeById.get(id) : undefined;
    if (node) {
      controls.revealPoint(node.centre);
    } else if (call && !isInView(call, controls, size)) {
      controls.revealPoint(call.source.centre);
      controls.revealPoint(call.target.centre);
    }
  }, [kind, id, controls]);
}

/** What somebody unfolds is not left out of sight. */
export function useRevealUnfolded(
  map: FoldedMap,
  unfolded: MapState['unfolded'],
  controls: ViewportControls,
  size: Size
) {
  const seen = useRef({ map, unfolded });
  useEffect(() => {
    const { current: before } = seen;
    // What is unfolded from the beginning, as in a link, is part of the first look.
    const wasThere = before.map.model.nodes.length > 0;
    const fresh = wasThere ? [...unfolded].filter((id) => !before.unfolded.has(id)) : [];
    seen.current = { map, unfolded };
    const box = groupOf(map, fresh[0])?.box;
    if (fresh.length === 1 && box) {
      const now = controls.store.get();
      const next = revealRect(now, box, size);
      if (next.x !== now.x || next.y !== now.y) {
        controls.panBy(next.x - now.x, next.y - now.y);
      }
    }
  }, [map, unfolded, controls, size]);
}
