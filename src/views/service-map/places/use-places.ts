import { type Dispatch, useEffect, useMemo, useRef } from 'react';
import { type GraphLayout } from '../../../servicegraph/layout/layout-graph';
import { type ServiceGraph } from '../../../servicegraph/model';
import { layoutStore } from './layout-store';
import { EMPTY_STATE, type MapAction, type MapState } from '../map-state';
import { readPlaces, writePlaces } from './places-text';

interface PlacesOptions {
  graph: ServiceGraph;
  /** Names data source and scope; drawings are kept in the browser under it. Absent: they are not. */
  storageKey?: string;
  /** Places from the URL or the panel's options; they count more than the browser's */
  places?: string;
  onPlaces?(places: string | undefined): void;
  /** There is no graph yet whose services could have places. */
  isRehearsal?: boolean;
}

const idsOf = ({ services }: ServiceGraph) => services.map(({ id }) => id);

/** Where the map's state begins: with the places that a person gave to services before. */
export function initialState(options: PlacesOptions): MapState {
  const pinned = options.isRehearsal ? EMPTY_STATE.pinned : rememberedPlaces(options);
  return pinned.size > 0 ? { ...EMPTY_STATE, pinned } : EMPTY_STATE;
}

/** Where a person put services of the graph in an earlier visit. */
export function rememberedPlaces({ graph, storageKey, places }: PlacesOptions): MapState['pinned'] {
  const text = places ?? (storageKey ? layoutStore(window.localStorage).places(storageKey) : undefined);
  return text === undefined ? EMPTY_STATE.pinned : readPlaces(text, idsOf(graph));
}

/** Keeps places where they belong: URL or panel options, and the browser; and takes them from there when they change. */
export function usePlaces(options: PlacesOptions, state: MapState, dispatch: Dispatch<MapAction>) {
  const { storageKey, places, isRehearsal = false } = options;
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });
  const { pinned } = state;
  const known = useRef<{ pinned: MapState['pinned']; places?: string }>(undefined);

  useEffect(() => {
    const { graph, onPlaces, storageKey: key, places: before } = latest.current;
    if (isRehearsal) {
      return;
    }
    // What was there from the beginning is kept already.
    known.current ??= { pinned, places: before };
    if (known.current.pinned === pinned) {
      return;
    }
    const text = writePlaces(pinned, { before, ids: idsOf(graph) });
    known.current = { pinned, places: text };
    onPlaces?.(text);
    if (key) {
      layoutStore(window.localStorage).keepPlaces(key, text);
    }
  }, [pinned, isRehearsal]);

  useEffect(() => {
    if (known.current && places !== known.current.places && latest.current.onPlaces) {
      const changed = readPlaces(places, idsOf(latest.current.graph));
      known.current = { pinned: changed, places };
      dispatch({ type: 'place', places: changed });
    }
  }, [places, dispatch]);

  return useMemo(() => {
    if (!storageKey) {
      return {};
    }
    const store = layoutStore(window.localStorage);
    const keyOf = (part: string) => `${storageKey}|${part}`;
    return {
      restored: (part: string) => store.layout(keyOf(part)),
      onLayout: (part: string, layout: GraphLayout) => store.keep(keyOf(part), layout),
    };
  }, [storageKey]);
}
