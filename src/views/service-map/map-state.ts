/** What a person did to the map besides looking: what is hidden, folded up, moved, or taken together. */
import { type Point } from './viewport';

export interface MapState {
  /** Services chosen together, by Service.id; one alone is a `Selection` */
  several: ReadonlySet<string>;
  /** Service.id of services taken off the map */
  hidden: ReadonlySet<string>;
  /** MapGroup.id of groups shown as one card */
  collapsed: ReadonlySet<string>;
  /** Centres of services that a person put somewhere, by Service.id, px of the world; no layout moves them */
  pinned: ReadonlyMap<string, Point>;
}

export const EMPTY_STATE: MapState = {
  several: new Set(),
  hidden: new Set(),
  collapsed: new Set(),
  pinned: new Map(),
};

export type MapAction =
  | { type: 'choose'; ids: Iterable<string> }
  | { type: 'hide'; ids: Iterable<string> }
  | { type: 'show-all' }
  | { type: 'toggle-group'; id: string }
  | { type: 'collapse'; ids: Iterable<string> }
  | { type: 'pin'; places: Iterable<readonly [string, Point]> }
  /** All places at once, e.g. from the URL */
  | { type: 'place'; places: ReadonlyMap<string, Point> }
  | { type: 'unpin'; ids?: Iterable<string> };

function without<T>(set: ReadonlySet<T>, item: T): Set<T> {
  return new Set([...set].filter((one) => one !== item));
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
      return {
        ...state,
        collapsed: state.collapsed.has(action.id)
          ? without(state.collapsed, action.id)
          : new Set([...state.collapsed, action.id]),
      };
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
