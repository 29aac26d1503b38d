/** Where keys lead on the map: what the keyboard is on, and what it goes to from there. */
import { type FoldedMap } from '../model/folded-map';
import { type Pointed } from '../pointer/hit-test';
import { isArrow } from './keyboard';
import { callAfter, firstGroup, groupOf, isFoldedUp, nextPlace } from './keyboard-walk';
import { type MapAction, type MapState } from '../map-state';
import { type MapGroup } from '../model/map-types';
import { type Selection } from '../selection';
import { type ViewportControls } from '../viewport/use-viewport';
import { type Rect, revealRect, type Size } from '../viewport/viewport';

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

/** What the keyboard is on */
export function cursorOf({
  map,
  state,
  selected,
}: Pick<KeyContext, 'map' | 'state' | 'selected'>): Pointed | undefined {
  const group = groupOf(map, state.group);
  return group ? { kind: 'group', id: group.id } : selected;
}

export function groupUnderCursor(context: KeyContext): MapGroup | undefined {
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

export function goTo(context: KeyContext, place: Pointed | undefined): boolean {
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

export function walk(context: KeyContext, key: string): boolean {
  const { map, asGroups } = context;
  return goTo(context, nextPlace(map, cursorOf(context), isArrow(key) ? key : 'ArrowRight', asGroups));
}

/** Unfolds a folded group, and looks at an open one. */
export function open(context: KeyContext, group: MapGroup): boolean {
  const { map, controls, dispatch } = context;
  if (isFoldedUp(map, group)) {
    dispatch({ type: 'toggle-group', id: group.id });
  } else {
    controls.showRect(group.box);
  }
  return true;
}

/** From a service to its group, from a group to its busiest service, else to the first group */
export function changeLevel(context: KeyContext): boolean {
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

export function lookAt(context: KeyContext): boolean {
  const { map, controls } = context;
  const cursor = cursorOf(context);
  const rect =
    cursor?.kind === 'group'
      ? groupOf(map, cursor.id)?.box
      : cursor?.kind === 'service'
        ? map.model.nodeById.get(cursor.id)?.card
        : cursor && map.model.edgeById.get(cursor.id)?.way.bounds;
  if (!rect) {
    return false;
  }
  controls.showRect(rect);
  return true;
}

export function callOf(context: KeyContext, step: 1 | -1): boolean {
  const { map, selected } = context;
  const edge = selected?.kind === 'call' ? map.model.edgeById.get(selected.id) : undefined;
  const service = edge?.call.source ?? (selected?.kind === 'service' ? selected.id : undefined);
  const next = service === undefined ? undefined : callAfter(map, service, edge?.call.id, step);
  return next !== undefined && goTo(context, next);
}

export function enter(context: KeyContext): boolean {
  const cursor = cursorOf(context);
  const group = cursor?.kind === 'group' ? groupOf(context.map, cursor.id) : undefined;
  return group ? open(context, group) : cursor === undefined && walk(context, 'Enter');
}
