/** What each key does on the map. All that a pointer can do is here, too. */
import { isArrow } from './keyboard';
import {
  callOf,
  changeLevel,
  cursorOf,
  enter,
  goTo,
  groupUnderCursor,
  type KeyContext,
  lookAt,
  walk,
} from './keyboard-places';
import { groupOf, isFoldedUp } from './keyboard-walk';
import { type Point, ZOOM } from '../viewport/viewport';

interface Key {
  key: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

/** px of the world that Shift with an arrow key moves a card by */
const STEP = 20;
const DIRECTIONS: Record<string, Point> = {
  ArrowLeft: { x: -STEP, y: 0 },
  ArrowRight: { x: STEP, y: 0 },
  ArrowUp: { x: 0, y: -STEP },
  ArrowDown: { x: 0, y: STEP },
};
/** Part of the map that a key moves it by */
const PAN_SHARE = 0.4;

/** Everything that is chosen moves together. */
function moveSelected({ map, state, selected, controls, dispatch }: KeyContext, key: string): boolean {
  const by = DIRECTIONS[key];
  const ids = state.several.size > 0 ? [...state.several] : selected?.kind === 'service' ? [selected.id] : [];
  const nodes = ids.flatMap((id) => map.model.nodeById.get(id) ?? []);
  if (nodes.length === 0 || !by) {
    return false;
  }
  const places = nodes.map(({ service, centre }) => [service.id, { x: centre.x + by.x, y: centre.y + by.y }] as const);
  controls.stay();
  dispatch({ type: 'pin', places });
  return true;
}

function escape({ state, selected, dispatch, onSelect }: KeyContext): boolean {
  if (state.several.size > 0) {
    dispatch({ type: 'choose', ids: [] });
    return true;
  }
  if (state.group !== undefined) {
    dispatch({ type: 'go-to-group', id: undefined });
    return true;
  }
  if (selected) {
    onSelect(undefined);
    return true;
  }
  return false;
}

function onSelectedService(context: KeyContext, act: (id: string) => void): boolean {
  const { selected } = context;
  if (selected?.kind !== 'service') {
    return false;
  }
  act(selected.id);
  return true;
}

function toggleFold(context: KeyContext): boolean {
  const group = groupUnderCursor(context);
  if (!group) {
    return false;
  }
  // A service that vanishes in its group leaves the keyboard on the group.
  goTo(context, { kind: 'group', id: group.id });
  context.dispatch({ type: 'toggle-group', id: group.id });
  return true;
}

function toggleAll({ map, dispatch }: KeyContext): boolean {
  const { groups } = map.model;
  if (groups.length === 0) {
    return false;
  }
  const isAnyFolded = groups.some((group) => !group.remainder && isFoldedUp(map, group));
  const ids = groups.filter(({ remainder }) => !remainder).map(({ id }) => id);
  dispatch({ type: 'collapse', ids: isAnyFolded ? [] : ids });
  return true;
}

/** Services that a key acts on together: those of the group that the keyboard is on, else the selected one */
function idsUnderCursor(context: KeyContext): string[] {
  const cursor = cursorOf(context);
  return cursor?.kind === 'group'
    ? (groupOf(context.map, cursor.id)?.members ?? []).map(({ service }) => service.id)
    : cursor?.kind === 'service'
      ? [cursor.id]
      : [];
}

function hide(context: KeyContext): boolean {
  const { state, dispatch, onSelect } = context;
  const ids = state.several.size > 0 ? [...state.several] : idsUnderCursor(context);
  if (ids.length === 0) {
    return false;
  }
  dispatch({ type: 'hide', ids });
  if (state.several.size === 0) {
    onSelect(undefined);
  }
  return true;
}

/** Takes services together with those that are chosen already, or lets them go. */
function choose(context: KeyContext): boolean {
  const { state, dispatch } = context;
  const ids = idsUnderCursor(context);
  if (ids.length === 0) {
    return false;
  }
  const others = [...state.several].filter((id) => !ids.includes(id));
  dispatch({ type: 'choose', ids: ids.every((id) => state.several.has(id)) ? others : [...others, ...ids] });
  return true;
}

function togglePin(context: KeyContext): boolean {
  const { map, state, dispatch } = context;
  return onSelectedService(context, (id) => {
    const node = map.model.nodeById.get(id);
    if (state.pinned.has(id)) {
      dispatch({ type: 'unpin', ids: [id] });
    } else if (node) {
      dispatch({ type: 'pin', places: [[id, node.centre]] });
    }
  });
}

type Act = (context: KeyContext) => boolean;

function done(act: (context: KeyContext) => void): Act {
  return (context) => {
    act(context);
    return true;
  };
}

function pan(right: number, down: number): Act {
  return done(({ controls, size }) => controls.panBy(-right * PAN_SHARE * size.width, -down * PAN_SHARE * size.height));
}

const KEYS: Readonly<Record<string, Act>> = {
  '+': done(({ controls }) => controls.zoomBy(ZOOM.step)),
  '=': done(({ controls }) => controls.zoomBy(ZOOM.step)),
  '-': done(({ controls }) => controls.zoomBy(1 / ZOOM.step)),
  '0': done(({ controls }) => controls.fitAll()),
  Escape: escape,
  PageUp: pan(0, -1),
  PageDown: pan(0, 1),
  Home: pan(-1, 0),
  End: pan(1, 0),
  ' ': choose,
  '?': ({ onHelp }) => {
    onHelp?.();
    return onHelp !== undefined;
  },
  c: toggleFold,
  C: toggleAll,
  e: (context) => callOf(context, 1),
  E: (context) => callOf(context, -1),
  f: ({ onFullScreen }) => {
    onFullScreen?.();
    return onFullScreen !== undefined;
  },
  g: changeLevel,
  h: hide,
  p: togglePin,
  z: lookAt,
};

/** Letters do the same with caps lock on, and with Shift where that does nothing else. */
function actOf({ key, shiftKey }: Key): Act | undefined {
  const plain = key.length === 1 ? key.toLowerCase() : key;
  return (shiftKey ? KEYS[key] : undefined) ?? KEYS[plain];
}

/** @returns whether the key was for the map */
export function mapKeyDown(event: Key, context: KeyContext): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) {
    return false;
  }
  if (event.shiftKey && isArrow(event.key)) {
    return moveSelected(context, event.key);
  }
  if (isArrow(event.key)) {
    return walk(context, event.key);
  }
  return event.key === 'Enter' ? enter(context) : (actOf(event)?.(context) ?? false);
}
