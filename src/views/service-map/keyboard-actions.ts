/** What each key does on the map. All that a pointer can do is here, too. */
import { type FoldedMap } from './folded-map';
import { isArrow, nextService } from './keyboard';
import { type MapAction, type MapState } from './map-state';
import { type Selection } from './selection';
import { type ViewportControls } from './use-viewport';
import { type Point, ZOOM } from './viewport';

export interface KeyContext {
  map: FoldedMap;
  state: MapState;
  selected?: Selection;
  controls: ViewportControls;
  dispatch(action: MapAction): void;
  onSelect(selection: Selection | undefined): void;
  onFullScreen?(): void;
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

function moveSelected({ map, selected, dispatch }: KeyContext, key: string): boolean {
  const node = selected?.kind === 'service' ? map.model.nodeById.get(selected.id) : undefined;
  const by = DIRECTIONS[key];
  if (!node || !by) {
    return false;
  }
  dispatch({ type: 'pin', places: [[node.service.id, { x: node.centre.x + by.x, y: node.centre.y + by.y }]] });
  return true;
}

function walk({ map, selected, onSelect }: KeyContext, key: string): boolean {
  const current = selected?.kind === 'service' ? selected.id : undefined;
  const id = nextService(map.model, current, isArrow(key) ? key : 'ArrowRight');
  onSelect(id === undefined ? undefined : { kind: 'service', id });
  return true;
}

function escape({ state, selected, dispatch, onSelect }: KeyContext): boolean {
  if (state.several.size > 0) {
    dispatch({ type: 'choose', ids: [] });
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

function letter(context: KeyContext, key: string): boolean {
  const { map, state, controls, dispatch, onSelect, onFullScreen } = context;
  switch (key) {
    case '+':
    case '=':
      controls.zoomBy(ZOOM.step);
      return true;
    case '-':
      controls.zoomBy(1 / ZOOM.step);
      return true;
    case '0':
      controls.fitAll();
      return true;
    case 'f':
      onFullScreen?.();
      return onFullScreen !== undefined;
    case 'p':
      return onSelectedService(context, (id) => {
        const node = map.model.nodeById.get(id);
        if (state.pinned.has(id)) {
          dispatch({ type: 'unpin', ids: [id] });
        } else if (node) {
          dispatch({ type: 'pin', places: [[id, node.centre]] });
        }
      });
    case 'h':
      if (state.several.size > 0) {
        dispatch({ type: 'hide', ids: state.several });
        return true;
      }
      return onSelectedService(context, (id) => {
        dispatch({ type: 'hide', ids: [id] });
        onSelect(undefined);
      });
    case 'c':
      return onSelectedService(context, (id) => {
        const group = map.model.groups[map.model.nodeById.get(id)?.group ?? -1];
        if (group) {
          dispatch({ type: 'toggle-group', id: group.id });
        }
      });
    case ' ':
      return onSelectedService(context, (id) => {
        const others = [...state.several].filter((one) => one !== id);
        dispatch({ type: 'choose', ids: state.several.has(id) ? others : [...others, id] });
      });
    default:
      return false;
  }
}

/** @returns whether the key was for the map */
export function mapKeyDown(event: Key, context: KeyContext): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) {
    return false;
  }
  if (event.shiftKey && isArrow(event.key)) {
    return moveSelected(context, event.key);
  }
  if (isArrow(event.key) || (event.key === 'Enter' && !context.selected)) {
    return walk(context, event.key);
  }
  return event.key === 'Escape' ? escape(context) : letter(context, event.key.toLowerCase());
}
