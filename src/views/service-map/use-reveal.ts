/** Brings into view what is chosen elsewhere than on the map. */
import { useEffect, useRef } from 'react';
import { type FoldedMap } from './folded-map';
import { groupOf } from './keyboard-walk';
import { type MapState } from './map-state';
import { type MapModel } from './map-types';
import { type Selection } from './selection';
import { type ViewportControls } from './use-viewport';
import { type Point, revealRect, type Size } from './viewport';

/** What is selected elsewhere (search, table, keyboard, URL) comes into view. */
export function useRevealSelected(
  model: MapModel,
  selected: Selection | undefined,
  revealPoint: (point: Point) => void
) {
  const modelRef = useRef(model);
  useEffect(() => {
    modelRef.current = model;
  }, [model]);
  const key = selected?.kind === 'service' ? selected.id : undefined;
  useEffect(() => {
    const node = key === undefined ? undefined : modelRef.current.nodeById.get(key);
    if (node) {
      revealPoint(node.centre);
    }
  }, [key, revealPoint]);
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
