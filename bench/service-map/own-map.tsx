/** The plugin's own view as a page or panel mounts it, from data frames on. */
import React from 'react';
import { createRoot } from 'react-dom/client';
import { createTheme, type DataFrame, ThemeContext } from '@grafana/data';
import { fromNodeGraphFramesSteps } from '../../src/servicegraph/from-frames';
import { keepPlaces } from '../../src/servicegraph/layout/keep-places';
import { layoutGraph } from '../../src/servicegraph/layout/layout-graph';
import { type ServiceGraph } from '../../src/servicegraph/model';
import { toNodeGraphFrames } from '../../src/servicegraph/to-frames';
import { runInSlices, runSteps } from '../../src/trace/steps';
import { testIds } from '../../src/test-ids';
import { ServiceMap } from '../../src/views/service-map/service-map';
import { calibrate, frameTimes, heldMemory, keepFramesComing, nextFrame, quantile, until, watchTasks } from './clock';
import { type Measured, type Task } from './messages';
import { onePercentChanged, renumbered, topology } from './topology';

const SIZE = { width: 1600, height: 900 } as const;
const FRAMES = 60;

function movedShare(graph: ServiceGraph, changed: ServiceGraph): number {
  const before = layoutGraph(graph, SIZE);
  const after = keepPlaces(before, changed) ?? layoutGraph(changed, SIZE);
  const old = new Map(before.serviceIds.map((id, node) => [id, node]));
  const common = after.serviceIds.flatMap((id, node) => {
    const was = old.get(id);
    return was === undefined ? [] : [[was, node] as const];
  });
  const moved = common.filter(([was, node]) => before.x[was] !== after.x[node] || before.y[was] !== after.y[node]);
  return moved.length / common.length;
}

function pointerEvent(type: string, x: number, y: number, pointerType: string): PointerEvent {
  return new PointerEvent(type, {
    bubbles: true,
    cancelable: true,
    pointerId: 7,
    pointerType,
    isPrimary: true,
    button: 0,
    buttons: type === 'pointerup' ? 0 : 1,
    clientX: x,
    clientY: y,
  });
}

export async function measureOwn({ services, seed, cap, isTraced }: Task): Promise<Measured> {
  const graph = topology(services, seed);
  const frames = toNodeGraphFrames(graph);
  const [sameFrames, changed] = [toNodeGraphFrames(renumbered(graph)), onePercentChanged(graph)];
  const place = document.body.appendChild(document.createElement('div'));
  const root = createRoot(place);
  const theme = createTheme();
  const show = (shown?: ServiceGraph) =>
    root.render(
      <ThemeContext.Provider value={theme}>
        <ServiceMap graph={shown} width={SIZE.width} height={SIZE.height} loading={!shown} onSelect={() => undefined} />
      </ThemeContext.Provider>
    );
  /** As the panel reads them: a few rows at once, many in slices */
  const read = (list: DataFrame[]) =>
    services <= 250 ? runSteps(fromNodeGraphFramesSteps(list)) : runInSlices(fromNodeGraphFramesSteps(list));
  // As in Grafana: the empty panel stands while its data is under way.
  show();
  await nextFrame();
  await new Promise((resolve) => setTimeout(resolve, 300));
  const heapBefore = heldMemory();
  const calibration = calibrate();
  await nextFrame();

  const tasks = watchTasks();
  // Not that of the unseen rehearsal while data is under way
  const canvas = () => [...place.querySelectorAll('canvas')].find((one) => !one.closest('[aria-hidden="true"]'));
  performance.mark('map-show');
  const started = performance.now();
  show(await read(frames));
  if (!(await until(() => canvas()?.dataset.painted === 'true', cap))) {
    return { drawn: 0, longestTask: tasks(), calibration };
  }
  await nextFrame();
  const firstDrawing = performance.now() - started;
  performance.mark('map-painted');
  await new Promise((resolve) => setTimeout(resolve, 400));
  const longestTask = tasks();
  performance.mark('map-rest');
  if (isTraced) {
    return { firstDrawing, drawn: graph.services.length, longestTask, calibration };
  }
  const heap = heldMemory() - heapBefore;

  const map = canvas();
  if (!map) {
    throw new Error('The map has no canvas');
  }
  // Browsers let only real pointers be captured.
  map.setPointerCapture = () => undefined;
  const { left, top } = map.getBoundingClientRect();
  const at = { x: left + 800, y: top + 400 };
  const wheel = (deltaY: number) =>
    map.dispatchEvent(
      new WheelEvent('wheel', { bubbles: true, cancelable: true, deltaY, clientX: at.x, clientY: at.y })
    );
  const pan = async () => {
    map.dispatchEvent(pointerEvent('pointerdown', at.x, at.y, 'touch'));
    const times = await frameTimes(FRAMES, (index) => {
      const [dx, dy] = [300 * Math.sin(index / 8), 200 * Math.sin(index / 5)];
      map.dispatchEvent(pointerEvent('pointermove', at.x + dx, at.y + dy, 'touch'));
    });
    map.dispatchEvent(pointerEvent('pointerup', at.x, at.y, 'touch'));
    return times;
  };
  const settle = () => until(() => map.dataset.painted === 'true', 5000);
  await frameTimes(5, () => undefined);
  performance.mark('map-pan');
  const panTimes = await pan();
  await settle();
  performance.mark('map-zoom');
  const zoomTimes = await frameTimes(FRAMES, (index) => wheel(index < FRAMES / 2 ? -40 : 40));
  await settle();
  performance.mark('map-near');
  // Near enough that cards can be pointed at
  for (let step = 0; step < 40; step++) {
    const isNear = services <= 100 || step >= (services <= 1000 ? 8 : 18);
    if (isNear) {
      break;
    }
    wheel(-60);
  }
  await settle();
  panTimes.push(...(await pan()));
  await settle();
  const hover = await hoverTime(map, at);

  const endFrames = keepFramesComing();
  await nextFrame();
  performance.mark('map-refresh');
  const refreshStarted = performance.now();
  delete map.dataset.painted;
  show(await read(sameFrames));
  await until(() => map.dataset.painted === 'true', cap);
  await nextFrame();
  const refresh = performance.now() - refreshStarted;
  endFrames();
  performance.mark('map-end');
  return {
    firstDrawing,
    drawn: graph.services.length,
    panP95: quantile(panTimes, 0.95),
    zoomP95: quantile(zoomTimes, 0.95),
    hover,
    refresh,
    movedSame: movedShare(graph, renumbered(graph)),
    movedChanged: movedShare(graph, changed),
    longestTask,
    heap,
    calibration,
  };
}

/** From the pointer's arrival on a service until its callers and callees are lit on screen; median of several. */
async function hoverTime(map: HTMLCanvasElement, at: { x: number; y: number }) {
  const move = (x: number, y: number) => map.dispatchEvent(pointerEvent('pointermove', x, y, 'mouse'));
  const isLit = () => document.querySelector(`[data-testid="${testIds.serviceMap.tooltip}"]`) !== null;
  const times: number[] = [];
  const end = keepFramesComing();
  for (let index = 0; index < 400 && times.length < 9; index++) {
    const [x, y] = [at.x + ((index * 67) % 700) - 350, at.y + ((index * 41) % 400) - 200];
    const started = performance.now();
    move(x, y);
    await nextFrame();
    if (isLit()) {
      times.push(performance.now() - started);
    }
    map.dispatchEvent(new PointerEvent('pointerout', { bubbles: true, pointerId: 7 }));
    await nextFrame();
  }
  end();
  return times.length > 0 ? quantile(times, 0.5) : undefined;
}
