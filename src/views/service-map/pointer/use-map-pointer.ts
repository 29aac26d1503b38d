import { type RefObject, useEffect, useMemo, useState } from 'react';
import { type FoldedMap } from '../model/folded-map';
import { groupNameAt, hitIndex, hitTest, type Pointed, servicesIn } from './hit-test';
import { lazily } from '../model/lazily';
import { detailAt, hasCards } from '../drawing/level-of-detail';
import { isFolded, type MapAction, type MapState } from '../map-state';
import { type MapModel } from '../model/map-types';
import { operationAt } from '../operations/operation-rows';
import { type OperationsState } from '../operations/operations-state';
import { type Selection } from '../selection';
import { usePointer, type WheelMode } from './use-pointer';
import { type ViewportControls } from '../viewport/use-viewport';
import { type Point, type Rect, toWorld } from '../viewport/viewport';

interface MapPointerOptions {
  element: RefObject<HTMLCanvasElement | null>;
  model: MapModel;
  map: FoldedMap;
  state: MapState;
  dispatch(action: MapAction): void;
  controls: ViewportControls;
  wheel: WheelMode;
  operations: OperationsState;
  onSelect(selection: Selection | undefined): void;
}

interface Hover {
  pointed: Pointed;
  /** px of the canvas */
  at: Point;
}

interface Drag {
  /** Service.id */
  id: string;
  /** px of the screen */
  by: Point;
}

function samePlace(a: Pointed, b: Pointed): boolean {
  const operation = (pointed: Pointed) => (pointed.kind === 'service' ? pointed.operation : undefined);
  return a.kind === b.kind && a.id === b.id && operation(a) === operation(b);
}

/** What the pointer is on, moves, and frames; its clicks select, fold and zoom. */
export function useMapPointer(options: MapPointerOptions) {
  const { element, model, map, state, dispatch, controls, wheel, operations, onSelect } = options;
  const { store } = controls;
  const [hover, setHover] = useState<Hover>();
  const [drag, setDrag] = useState<Drag>();
  const [frame, setFrame] = useState<Rect>();
  const index = useMemo(() => lazily(() => hitIndex(map)), [map]);

  useEffect(() => {
    const canvas = element.current;
    const forget = () => setHover(undefined);
    // Under a pointer that rests there is something else by then, and what keys select is what they show.
    const unsubscribe = store.subscribe(forget);
    canvas?.addEventListener('keydown', forget);
    return () => {
      unsubscribe();
      canvas?.removeEventListener('keydown', forget);
    };
  }, [element, store]);

  const pointedAt = (at: Point): Pointed | undefined => {
    const { k } = store.get();
    const asGroups = detailAt(k) === 'group' && model.hasGroups;
    const point = toWorld(store.get(), at);
    const pointed = hitTest(index(), point, k, asGroups);
    const node = pointed?.kind === 'service' ? model.nodeById.get(pointed.id) : undefined;
    const known = node && detailAt(k) === 'operations' && operations.of(node.service);
    const operation = node && Array.isArray(known) ? operationAt(node.card, known, point)?.name : undefined;
    return pointed?.kind === 'service' && operation !== undefined ? { ...pointed, operation } : pointed;
  };
  /** The group whose name is at a place; from afar names are not told apart from their boxes. */
  const groupUnder = (at: Point) =>
    hasCards(detailAt(store.get().k)) ? groupNameAt(map, toWorld(store.get(), at)) : undefined;
  const foldAt = (at: Point): boolean => {
    const pointed = pointedAt(at);
    const group = pointed?.kind === 'group' ? pointed : groupUnder(at);
    if (group) {
      dispatch({ type: 'toggle-group', id: group.id });
    }
    return Boolean(group);
  };
  const worldOf = ({ x, y }: Point): Point => ({ x: x / store.get().k, y: y / store.get().k });

  const openGroup = (id: string) => {
    const group = model.groups.find((one) => one.id === id);
    if (isFolded(state, id)) {
      dispatch({ type: 'toggle-group', id });
    } else if (group) {
      controls.showRect(group.box);
    }
  };

  const pointer = usePointer({
    element,
    controls,
    wheel,
    onHover(at) {
      const pointed = at && pointedAt(at);
      setHover((old) => (!pointed || !at ? undefined : old && samePlace(old.pointed, pointed) ? old : { pointed, at }));
    },
    onClick(at, event) {
      const pointed = pointedAt(at);
      if (pointed?.kind === 'group') {
        openGroup(pointed.id);
        return;
      }
      if (pointed?.kind === 'service' && (event.ctrlKey || event.metaKey)) {
        const { several } = state;
        const ids = [...several].filter((id) => id !== pointed.id);
        dispatch({ type: 'choose', ids: several.has(pointed.id) ? ids : [...ids, pointed.id] });
        return;
      }
      if (state.several.size > 0) {
        dispatch({ type: 'choose', ids: [] });
      }
      onSelect(pointed);
      // The panel that opens says more, and may take room from the map.
      setHover(undefined);
    },
    onDoubleClick: foldAt,
    cardAt(at) {
      const pointed = hasCards(detailAt(store.get().k)) ? pointedAt(at) : undefined;
      return pointed?.kind === 'service' ? pointed.id : undefined;
    },
    onDrag: (id, by) => setDrag(by && { id, by }),
    onDrop(id, by) {
      setDrag(undefined);
      const node = model.nodeById.get(id);
      const { x, y } = worldOf(by);
      if (node) {
        controls.stay();
        dispatch({ type: 'pin', places: [[id, { x: node.centre.x + x, y: node.centre.y + y }]] });
      }
    },
    onFrame: setFrame,
    onFramed({ x, y, width, height }) {
      const corner = toWorld(store.get(), { x, y });
      const part = worldOf({ x: width, y: height });
      dispatch({ type: 'choose', ids: servicesIn(map, { ...corner, width: part.x, height: part.y }) });
    },
  });
  return { pointer, pointedAt, groupUnder, hover, drag, frame, worldOf };
}
