import { type Dispatch, useEffect, useRef } from 'react';
import { type ReducedGraph } from '../../servicegraph/remainder';
import { type MapAction, type MapState } from './map-state';
import { type Selection } from './selection';

interface UnfoldedOptions {
  unfolded?: readonly string[];
  onUnfold?(ids: string[]): void;
  selected?: Selection;
}

const textOf = (ids: Iterable<string>) => JSON.stringify([...ids].sort());

/** Keeps unfolded remainders where they belong, e.g. the URL, and unfolds the one that holds what is selected. */
export function useUnfolded(
  options: UnfoldedOptions,
  state: MapState,
  dispatch: Dispatch<MapAction>,
  { reduction }: ReducedGraph
) {
  const { unfolded: given = [], selected } = options;
  const own = textOf(state.unfolded);
  const wanted = textOf(given);
  const latest = useRef<{ options: UnfoldedOptions; known: string; own: string; opened?: string }>({
    options,
    known: '[]',
    own,
  });
  useEffect(() => {
    latest.current.options = options;
  });

  useEffect(() => {
    const { known, options: now } = latest.current;
    if (now.onUnfold && wanted !== known) {
      latest.current.known = wanted;
      dispatch({ type: 'unfold', ids: now.unfolded ?? [] });
    }
  }, [wanted, dispatch]);

  useEffect(() => {
    const { known, own: before, options: now } = latest.current;
    latest.current.own = own;
    if (own !== before && own !== known && now.onUnfold) {
      latest.current.known = own;
      now.onUnfold([...state.unfolded]);
    }
    // `own` is the text of it.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [own]);

  const id = selected?.kind === 'service' ? selected.id : undefined;
  useEffect(() => {
    const holder = id === undefined ? undefined : reduction?.remainders.find(({ services }) => services.includes(id));
    // Only for what is newly selected: a person may fold it up again.
    if (holder && latest.current.opened !== id && !state.unfolded.has(holder.id)) {
      dispatch({ type: 'toggle-group', id: holder.id });
    }
    latest.current.opened = holder ? id : undefined;
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [id, reduction, dispatch]);
}
