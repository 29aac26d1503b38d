import { type Dispatch, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { type Remainder } from '../../../servicegraph/remainder';
import { readFolds, type TextGroup, writeFolds } from './folds-text';
import { type MapAction, type MapState, nextMapState } from '../map-state';
import { type MapModel } from '../model/map-types';
import { type Selection } from '../selection';

/** What is folded up, as `writeFolds` tells it; both absent at first */
export interface Folds {
  /** Groups that are folded up */
  folded?: string;
  /** Remainders ("+N more") that are not */
  more?: string;
}

export interface FoldsOptions {
  folds?: Folds;
  /** @param isStep a person did it, and may want to go back */
  onFolds?(folds: Folds, isStep: boolean): void;
}

const NO_FOLDS: Folds = {};
const NO_REMAINDERS: readonly Remainder[] = [];

function foldable({ groups }: MapModel): TextGroup[] {
  return groups
    .filter(({ remainder }) => !remainder)
    .map(({ id, members }) => ({ id, members: members.map(({ service }) => service.id) }));
}

/** The very same set as long as the same is in it */
function useSameSet(set: ReadonlySet<string>): ReadonlySet<string> {
  const text = JSON.stringify([...set].sort());
  // `text` is all that is in it.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  return useMemo(() => set, [text]);
}

function textsAfter(
  action: MapAction,
  {
    state,
    folds,
    groups,
    remainders,
  }: { state: MapState; folds: Folds; groups(): TextGroup[]; remainders: TextGroup[] }
): Folds {
  const { collapsed, unfolded } = nextMapState(state, action);
  const isForAll = action.type === 'collapse';
  return {
    folded:
      collapsed === state.collapsed
        ? folds.folded
        : writeFolds(collapsed, { groups: groups(), before: folds.folded, isForAll }),
    more: unfolded === state.unfolded ? folds.more : writeFolds(unfolded, { groups: remainders, before: folds.more }),
  };
}

/** What is folded up, in the hands of an owner such as the URL; without `onFolds` it is kept here. */
export function useFolds({ folds: given = NO_FOLDS, onFolds }: FoldsOptions) {
  const [own, setOwn] = useState(NO_FOLDS);
  return { folds: onFolds ? given : own, onFolds: onFolds ?? setOwn };
}

/** Remainder.id of those that are shown one by one */
export function useUnfolded({ more }: Folds, remainders: readonly Remainder[] = NO_REMAINDERS): ReadonlySet<string> {
  return useSameSet(useMemo(() => readFolds(more, remainders), [more, remainders]));
}

interface FoldedMapState {
  own: MapState;
  dispatch: Dispatch<MapAction>;
  unfolded: ReadonlySet<string>;
  model?: MapModel;
  remainders?: readonly Remainder[];
  selected?: Selection;
}

/** The state of the map with what is folded up; the remainder that holds what gets selected is unfolded. */
export function useFoldedState(
  { folds, onFolds }: ReturnType<typeof useFolds>,
  { own, dispatch, unfolded, model, remainders = NO_REMAINDERS, selected }: FoldedMapState
): { state: MapState; dispatch: Dispatch<MapAction> } {
  const { folded } = folds;
  const collapsed = useSameSet(
    useMemo(() => readFolds(folded, folded && model ? foldable(model) : []), [folded, model])
  );
  const state = useMemo(() => ({ ...own, collapsed, unfolded }), [own, collapsed, unfolded]);
  const latest = useRef({ state, folds, onFolds, model, remainders });
  useLayoutEffect(() => {
    latest.current = { state, folds, onFolds, model, remainders };
  });

  const fold = useCallback((action: MapAction, isStep: boolean) => {
    const { model: of, remainders: rest, onFolds: tell, ...now } = latest.current;
    tell(textsAfter(action, { ...now, groups: () => (of ? foldable(of) : []), remainders: [...rest] }), isStep);
  }, []);
  const act = useCallback(
    (action: MapAction) =>
      action.type === 'toggle-group' || action.type === 'collapse' ? fold(action, true) : dispatch(action),
    [fold, dispatch]
  );

  const id = selected?.kind === 'service' ? selected.id : undefined;
  const opened = useRef<string>(undefined);
  useEffect(() => {
    const holder = id === undefined ? undefined : remainders.find(({ services }) => services.includes(id));
    // Only for what is newly selected: a person may fold it up again.
    if (holder && opened.current !== id && !latest.current.state.unfolded.has(holder.id)) {
      fold({ type: 'toggle-group', id: holder.id }, false);
    }
    opened.current = holder ? id : undefined;
  }, [id, remainders, fold]);
  return { state, dispatch: act };
}
