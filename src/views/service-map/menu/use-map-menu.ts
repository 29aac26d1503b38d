import { type KeyboardEvent, type MouseEvent, type RefObject, useCallback, useState } from 'react';
import { type Pointed } from '../pointer/hit-test';
import { type MapModel } from '../model/map-types';
import { middleOf } from '../model/rects';
import { type Point } from '../viewport/viewport';

interface OpenMenu {
  pointed: Pointed | undefined;
  /** px of the window */
  at: Point;
}

interface MapMenuOptions {
  element: RefObject<HTMLElement | null>;
  model: MapModel;
  /** What the keyboard is on, or is selected */
  selected?: Pointed;
  /** px of the element */
  pointedAt(at: Point): Pointed | undefined;
  /** px of the element, for a point of the world */
  toScreen(point: Point): Point;
}

function isMenuKey({ key, shiftKey }: KeyboardEvent): boolean {
  return key === 'ContextMenu' || (key === 'F10' && shiftKey);
}

/** The middle of what is selected, in the world */
function placeOf(model: MapModel, selected: Pointed | undefined): Point | undefined {
  if (selected?.kind === 'group') {
    const box = model.groups.find(({ id }) => id === selected.id)?.box;
    return box && middleOf(box);
  }
  if (selected?.kind === 'call') {
    const samples = model.edgeById.get(selected.id)?.way.samples ?? [];
    return samples[Math.floor(samples.length / 2)];
  }
  return selected && model.nodeById.get(selected.id)?.centre;
}

/** When and where the map's menu is open: by the right button at what it is on, by the keyboard at what is selected. */
export function useMapMenu({ element, model, selected, pointedAt, toScreen }: MapMenuOptions) {
  const [menu, setMenu] = useState<OpenMenu>();
  const close = useCallback(() => setMenu(undefined), []);

  const openAtSelected = () => {
    const { left = 0, top = 0, width = 0, height = 0 } = element.current?.getBoundingClientRect() ?? {};
    const place = placeOf(model, selected);
    const { x, y } = place ? toScreen(place) : { x: width / 2, y: height / 2 };
    setMenu({
      pointed: selected,
      at: { x: left + Math.min(width, Math.max(0, x)), y: top + Math.min(height, Math.max(0, y)) },
    });
  };

  return {
    menu,
    close,
    onContextMenu(event: MouseEvent) {
      event.preventDefault();
      // Browsers tell of the menu key as of a click of no button.
      if (event.button !== 2 && !event.ctrlKey) {
        openAtSelected();
        return;
      }
      const { left, top } = event.currentTarget.getBoundingClientRect();
      setMenu({
        pointed: pointedAt({ x: event.clientX - left, y: event.clientY - top }),
        at: { x: event.clientX, y: event.clientY },
      });
    },
    /** @returns whether the key was for the menu */
    onMenuKey(event: KeyboardEvent): boolean {
      if (!isMenuKey(event)) {
        return false;
      }
      openAtSelected();
      return true;
    },
  };
}
