/** What a person did to the map besides looking: what is hidden, folded up, moved, or taken together. */
import { isRemainderId } from '../../servicegraph/remainder';
import { type Point } from './viewport/viewport';

export interface MapState {
  /** Services chosen together, by Service.id; one alone is a `Selection` */
  several: ReadonlySet<string>;
  /** Service.id of services taken off the map */
  hidden: ReadonlySet<string>;
  /** MapGroup.id of groups shown as one card */
  collapsed: ReadonlySet<string>;
  /** MapGroup.id of remainders that are shown one by one; they are folded up else */
  unfolded: ReadonlySet<string>;
  /** MapGroup.id of the group that the keyboard is on */
  group?: string;
  /** Centres of services that a person put somewhere, by Service.id, px of the world; no layout moves them */
  pinned: ReadonlyMap<string, Point>;
}

export const EMPTY_STATE: MapState = {
  several: new Set(),
  hidden: new Set(),
  collapsed: new Set(),
  unfolded: new Set(),
  pinned: new Map(),
};

export type MapAction =
  | { type: 'choose'; ids: Iterable<string> }
  | { type: 'hide'; ids: Iterable<string> }
  | { type: 'show-all' }
  | { type: 'toggle-group'; id: string }
  /** All or none of the groups that there are */
  | { type: 'collapse'; ids: Iterable<string> }
  /** With the keyboard; undefined leaves the groups */
  | { type: 'go-to-group'; id: string | undefined }
  | { type: 'pin'; places: Iterable<readonly [string, Point]> }
  /** All places at once, e.g. from the URL */
  | { type: 'place'; places: ReadonlyMap<string, Point> }
  | { type: 'unpin'; ids?: Iterable<string> };

function toggled<T>(set: ReadonlySet<T>, item: T): Set<T> {
  return set.has(item) ? new Set([...set].filter((one) => one !== item)) : new Set([...set, item]);
}

export function isFolded({ collapsed, unfolded }: Pick<MapState, 'collapsed' | 'unfolded'>, groupId: string): boolean {
  return isRemainderId(groupId) ? !unfolded.has(groupId) : collapsed.has(groupId);
}

/** MapGroup.id of all that is folded up. @param remainderIds of the map */
export function foldedIds(
  { collapsed, unfolded }: Pick<MapState, 'collapsed' | 'unfolded'>,
  remainderIds: readonly string[]
): ReadonlySet<string> {
  return remainderIds.length === 0
    ? collapsed
    : new Set([...collapsed, ...remainderIds.filter((id) => !unfolded.has(id))]);
}

export function nextMapState(state: MapState, action: MapAction): MapState {
  switch (action.type) {
    case 'choose':
      return { ...state, several: new Set(action.ids) };
    case 'hide':
      return { ...state, several: new Set(), hidden: new Set([...state.hidden, ...action.ids]) };
    case 'show-all':
      return { ...state, hidden: new Set() };
    case 'toggle-group':
      return isRemainderId(action.id)
        ? { ...state, unfolded: toggled(state.unfolded, action.id) }
        : { ...state, collapsed: toggled(state.collapsed, action.id) };
    case 'go-to-group':
      return { ...state, group: action.id };
    case 'collapse':
      return { ...state, collapsed: new Set(action.ids) };
    case 'pin':
      return { ...state, pinned: new Map([...state.pinned, ...action.places]) };
    case 'place':
      return { ...state, pinned: action.places };
    case 'unpin': {
      if (!action.ids) {
        return { ...state, pinned: new Map() };
      }
      const gone = new Set(action.ids);
      return { ...state, pinned: new Map([...state.pinned].filter(([id]) => !gone.has(id))) };
    }
  }
}
