import { type Dispatch, useEffect, useMemo, useRef } from 'react';
import { type GraphLayout } from '../../servicegraph/layout/layout-graph';
import { type ServiceGraph } from '../../servicegraph/model';
import { layoutStore } from './layout-store';
import { EMPTY_STATE, type MapAction, type MapState } from './map-state';
import { readPlaces, writePlaces } from './places-text';

interface PlacesOptions {
  graph: ServiceGraph;
  /** Names data source and scope; drawings are kept in the browser under it. Absent: they are not. */
  storageKey?: string;
  /** Places from the URL or the panel's options; they count more than the browser's */
  places?: string;
  onPlaces?(places: string | undefined): void;
}

const idsOf = ({ services }: ServiceGraph) => services.map(({ id }) => id);

/** Where the map's state begins: with the places that a person gave to services before. */
export function initialState({ graph, storageKey, places }: PlacesOptions): MapState {
  const text = places ?? (storageKey ? layoutStore(window.localStorage).places(storageKey) : undefined);
  const pinned = readPlaces(text, idsOf(graph));
  return pinned.size > 0 ? { ...EMPTY_STATE, pinned } : EMPTY_STATE;
}

/** Keeps places where they belong: URL or panel options, and the browser; and takes them from there when they change. */
export function usePlaces(options: PlacesOptions, state: MapState, dispatch: Dispatch<MapAction>) {
  const { storageKey, places } = options;
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });
  const { pinned } = state;
  const known = useRef({ pinned, places });

  useEffect(() => {
    const { graph, onPlaces, storageKey: key, places: before } = latest.current;
    if (known.current.pinned === pinned) {
      return;
    }
    const text = writePlaces(pinned, { before, ids: idsOf(graph) });
    known.current = { pinned, places: text };
    onPlaces?.(text);
    if (key) {
      layoutStore(window.localStorage).keepPlaces(key, text);
    }
  }, [pinned]);

  useEffect(() => {
    if (places !== known.current.places && latest.current.onPlaces) {
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
