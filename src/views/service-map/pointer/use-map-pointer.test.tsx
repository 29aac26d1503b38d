import React, { useRef } from 'react';
import { act, fireEvent, render, screen } from '@testing-library/react';
import { layoutGraph } from '../../../servicegraph/layout/layout-graph';
import { sampleGraph } from '../../../servicegraph/layout/sample-graph.fixture';
import { foldedMap } from '../model/folded-map';
import { mapModel } from '../model/map-model';
import { EMPTY_STATE } from '../map-state';
import { NO_OPERATIONS } from '../operations/operations-state';
import { errorPaint } from '../drawing/paint-style';
import { useMapPointer } from './use-map-pointer';
import { useViewport, type ViewportControls } from '../viewport/use-viewport';
import { toScreen } from '../viewport/viewport';

const SIZE = { width: 1200, height: 700 };
const GRAPH = sampleGraph({ services: 10, seed: 1 });
const MODEL = mapModel(GRAPH, layoutGraph(GRAPH, SIZE), errorPaint);
const MAP = foldedMap(MODEL, new Set());
const [NODE] = MODEL.nodes;

interface PointedProps {
  onControls(controls: ViewportControls): void;
  onSelect(): void;
}

function Pointed({ onControls, onSelect }: PointedProps) {
  const element = useRef<HTMLCanvasElement>(null);
  const controls = useViewport({ bounds: MODEL.bounds, cards: MODEL.nodes, layoutId: 1, size: SIZE, readable: true });
  onControls(controls);
  const { pointer, hover } = useMapPointer({
    element,
    model: MODEL,
    map: MAP,
    state: EMPTY_STATE,
    dispatch: () => undefined,
    controls,
    wheel: 'greedy',
    operations: NO_OPERATIONS,
    onSelect,
  });
  return (
    <>
      <canvas ref={element} data-testid="map" {...pointer} />
      <output>{hover?.pointed.id ?? 'nothing'}</output>
    </>
  );
}

function start() {
  const all: ViewportControls[] = [];
  const onSelect = jest.fn();
  render(<Pointed onControls={(one) => all.push(one)} onSelect={onSelect} />);
  const map = screen.getByTestId('map');
  const { x: clientX, y: clientY } = toScreen(all[0].store.get(), NODE.centre);
  // jsdom's pointer events have no place.
  const fire = (type: string) => fireEvent(map, new MouseEvent(type, { bubbles: true, clientX, clientY, button: 0 }));
  fire('pointermove');
  expect(screen.getByRole('status')).toHaveTextContent(NODE.service.id);
  return { controls: all[0], map, fire, onSelect };
}

describe('what the pointer rests on', () => {
  it('is forgotten when the map moves under it', () => {
    const { controls } = start();
    act(() => controls.panBy(300, 0));
    expect(screen.getByRole('status')).toHaveTextContent('nothing');
  });

  it('makes way for what keys select', () => {
    const { map } = start();
    fireEvent.keyDown(map, { key: 'ArrowRight' });
    expect(screen.getByRole('status')).toHaveTextContent('nothing');
  });

  it('makes way for the details of what is clicked', () => {
    const { fire, onSelect } = start();
    fire('pointerdown');
    fire('pointerup');
    expect(onSelect).toHaveBeenCalledWith({ kind: 'service', id: NODE.service.id });
    expect(screen.getByRole('status')).toHaveTextContent('nothing');
  });
});
