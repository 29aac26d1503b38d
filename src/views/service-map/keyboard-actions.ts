/** What each key does on the map. All that a pointer can do is here, too. */
import { type FoldedMap } from './folded-map';
import { type Pointed } from './hit-test';
import { isArrow } from './keyboard';
import { callAfter, firstGroup, groupOf, isFoldedUp, nextPlace } from './keyboard-walk';
import { type MapGroup } from './map-types';
import { type MapAction, type MapState } from './map-state';
import { type Selection } from './selection';
import { type ViewportControls } from './use-viewport';
import { type Point, type Rect, revealRect, type Size, ZOOM } from './viewport';

export interface KeyContext {
  map: FoldedMap;
  state: MapState;
  selected?: Selection;
  controls: ViewportControls;
  /** px of the map on the screen */
  size: Size;
  /** Whether groups stand for their services, as from afar */
  asGroups: boolean;
  dispatch(action: MapAction): void;
  onSelect(selection: Selection | undefined): void;
  onFullScreen?(): void;
  /** Shows what the keys do */
  onHelp?(): void;
}

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

/** What the keyboard is on */
export function cursorOf({
  map,
  state,
  selected,
}: Pick<KeyContext, 'map' | 'state' | 'selected'>): Pointed | undefined {
  const group = groupOf(map, state.group);
  return group ? { kind: 'group', id: group.id } : selected;
}

function groupUnderCursor(context: KeyContext): MapGroup | undefined {
  const { map } = context;
  const cursor = cursorOf(context);
  return cursor?.kind === 'group'
    ? groupOf(map, cursor.id)
    : cursor?.kind === 'service'
      ? map.model.groups[map.model.nodeById.get(cursor.id)?.group ?? -1]
      : undefined;
}

/** As far as needed, and without zooming */
function bringIntoView({ controls, size }: KeyContext, rect: Rect) {
  const now = controls.store.get();
  const next = revealRect(now, rect, size);
  if (next.x !== now.x || next.y !== now.y) {
    controls.panBy(next.x - now.x, next.y - now.y);
  }
}

function goTo(context: KeyContext, place: Pointed | undefined): boolean {
  const { map, state, selected, dispatch, onSelect } = context;
  if (place?.kind === 'group') {
    const group = groupOf(map, place.id);
    if (selected) {
      onSelect(undefined);
    }
    dispatch({ type: 'go-to-group', id: place.id });
    if (group) {
      bringIntoView(context, group.box);
    }
    return true;
  }
  if (state.group !== undefined) {
    dispatch({ type: 'go-to-group', id: undefined });
  }
  onSelect(place);
  return true;
}

/** Everything that is chosen moves together. */
function moveSelected({ map, state, selected, dispatch }: KeyContext, key: string): boolean {
  const by = DIRECTIONS[key];
  const ids = state.several.size > 0 ? [...state.several] : selected?.kind === 'service' ? [selected.id] : [];
  const nodes = ids.flatMap((id) => map.model.nodeById.get(id) ?? []);
  if (nodes.length === 0 || !by) {
    return false;
  }
  const places = nodes.map(({ service, centre }) => [service.id, { x: centre.x + by.x, y: centre.y + by.y }] as const);
  dispatch({ type: 'pin', places });
  return true;
}

function walk(context: KeyContext, key: string): boolean {
  const { map, asGroups } = context;
  return goTo(context, nextPlace(map, cursorOf(context), isArrow(key) ? key : 'ArrowRight', asGroups));
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

/** Unfolds a folded group, and looks at an open one. */
function open(context: KeyContext, group: MapGroup): boolean {
  const { map, controls, dispatch } = context;
  if (isFoldedUp(map, group)) {
    dispatch({ type: 'toggle-group', id: group.id });
  } else {
    controls.showRect(group.box);
  }
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

/** From a service to its group, from a group to its busiest service, else to the first group */
function changeLevel(context: KeyContext): boolean {
  const { map } = context;
  const cursor = cursorOf(context);
  const group = groupUnderCursor(context);
  if (cursor?.kind === 'group' && group) {
    const [busiest] = group.members;
    return !isFoldedUp(map, group) && busiest
      ? goTo(context, { kind: 'service', id: busiest.service.id })
      : open(context, group);
  }
  const place: Pointed | undefined = group ? { kind: 'group', id: group.id } : firstGroup(map);
  return place !== undefined && goTo(context, place);
}

function lookAt(context: KeyContext): boolean {
  const { map, controls } = context;
  const cursor = cursorOf(context);
  const rect =
    cursor?.kind === 'group'
      ? groupOf(map, cursor.id)?.box
      : cursor?.kind === 'service'
        ? map.model.nodeById.get(cursor.id)?.card
        : cursor && map.model.edgeById.get(cursor.id)?.bounds;
  if (!rect) {
    return false;
  }
  controls.showRect(rect);
  return true;
}

function callOf(context: KeyContext, step: 1 | -1): boolean {
  const { map, selected } = context;
  const edge = selected?.kind === 'call' ? map.model.edgeById.get(selected.id) : undefined;
  const service = edge?.call.source ?? (selected?.kind === 'service' ? selected.id : undefined);
  const next = service === undefined ? undefined : callAfter(map, service, edge?.call.id, step);
  return next !== undefined && goTo(context, next);
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

function enter(context: KeyContext): boolean {
  const cursor = cursorOf(context);
  const group = cursor?.kind === 'group' ? groupOf(context.map, cursor.id) : undefined;
  return group ? open(context, group) : cursor === undefined && walk(context, 'Enter');
}

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
