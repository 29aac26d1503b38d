/**
 * The node graph's approach in as little code as it can be done: layout in a worker, then SVG by React, all services
 * drawn. Each service has a circle, an arc, and three texts, each call a line, a wider one to point at, and an arrow
 * head: fewer elements than Grafana's own drawing has.
 */
import React, { memo, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { fromNodeGraphFrames } from '../../src/servicegraph/from-frames';
import { type ServiceGraph } from '../../src/servicegraph/model';
import { toNodeGraphFrames } from '../../src/servicegraph/to-frames';
import { calibrate, frameTimes, heldMemory, keepFramesComing, nextFrame, quantile, until, watchTasks } from './clock';
import { type CoreLayoutTask, type Places } from './core-worker';
import { type Measured, type Task } from './messages';
import { onePercentChanged, renumbered, topology } from './topology';

const SIZE = { width: 1600, height: 900 } as const;
const FRAMES = 60;
/** A drawing this slow is measured over fewer frames. */
const PATIENCE = 6000;

interface Drawn {
  graph: ServiceGraph;
  sources: number[];
  targets: number[];
  places: Places;
}

function indexed(graph: ServiceGraph): { sources: number[]; targets: number[] } {
  const index = new Map(graph.services.map(({ id }, node) => [id, node]));
  return {
    sources: graph.calls.map(({ source }) => index.get(source) ?? 0),
    targets: graph.calls.map(({ target }) => index.get(target) ?? 0),
  };
}

async function layOut(kind: CoreLayoutTask['kind'], graph: ServiceGraph, cap: number): Promise<Drawn | undefined> {
  const worker = new Worker('/core-worker.js');
  const ends = indexed(graph);
  const task: CoreLayoutTask = { kind, nodeCount: graph.services.length, ...ends };
  const places = await new Promise<Places | undefined>((resolve) => {
    const timer = setTimeout(() => resolve(undefined), cap);
    worker.onmessage = ({ data }: MessageEvent<Places>) => {
      clearTimeout(timer);
      resolve(data);
    };
    worker.postMessage(task);
  });
  worker.terminate();
  return places && { graph, ...ends, places };
}

const NodeMark = memo(function NodeMark({ x, y, title, rate, faded }: MarkProps) {
  return (
    <g transform={`translate(${x},${y})`} opacity={faded ? 0.3 : 1}>
      <circle r={40} fill="#222" stroke="#444" />
      <path d="M0,-40 A40,40 0 1 1 -1,-40" stroke="green" strokeWidth={4} fill="none" />
      <text textAnchor="middle" fill="#ddd" fontSize={12}>
        {rate}
      </text>
      <text textAnchor="middle" fill="#ddd" y={60} fontSize={12}>
        {title}
      </text>
      <text textAnchor="middle" fill="#aaa" y={75} fontSize={10}>
        service
      </text>
    </g>
  );
});

interface MarkProps {
  x: number;
  y: number;
  title: string;
  rate: string;
  faded: boolean;
}

const EdgeMark = memo(function EdgeMark({
  x1,
  y1,
  x2,
  y2,
  faded,
}: Record<'x1' | 'y1' | 'x2' | 'y2', number> & { faded: boolean }) {
  return (
    <g opacity={faded ? 0.3 : 1}>
      <line x1={x1} y1={y1} x2={x2} y2={y2} stroke="#999" markerEnd="url(#head)" />
      <line x1={x1} y1={y1} x2={x2} y2={y2} stroke="transparent" strokeWidth={20} />
    </g>
  );
});

interface CoreView {
  drawn?: Drawn;
  transform: string;
  hovered?: number;
}

let update: (view: Partial<CoreView>) => void = () => undefined;

function CoreMap() {
  const [view, setView] = useState<CoreView>({ transform: '' });
  useEffect(() => {
    update = (part) => setView((old) => ({ ...old, ...part }));
  }, []);
  const { drawn, transform, hovered } = view;
  if (!drawn) {
    return null;
  }
  const { places, sources, targets, graph } = drawn;
  const lit = new Set<number>();
  if (hovered !== undefined) {
    lit.add(hovered);
    sources.forEach((source, edge) => {
      if (source === hovered || targets[edge] === hovered) {
        lit.add(source).add(targets[edge]);
      }
    });
  }
  return (
    <svg width={SIZE.width} height={SIZE.height}>
      <defs>
        <marker id="head" viewBox="0 0 10 10" refX={60} refY={5} markerWidth={10} markerHeight={10} orient="auto">
          <path d="M0,0 L10,5 L0,10 z" fill="#999" />
        </marker>
      </defs>
      <g transform={transform}>
        {sources.map((source, edge) => (
          <EdgeMark
            key={edge}
            x1={places.x[source]}
            y1={places.y[source]}
            x2={places.x[targets[edge]]}
            y2={places.y[targets[edge]]}
            faded={hovered !== undefined && source !== hovered && targets[edge] !== hovered}
          />
        ))}
        {graph.services.map(({ id, name, stats }, node) => (
          <NodeMark
            key={id}
            x={places.x[node]}
            y={places.y[node]}
            title={name}
            rate={(stats.rate ?? 0).toFixed(2)}
            faded={hovered !== undefined && !lit.has(node)}
          />
        ))}
      </g>
    </svg>
  );
}

function fitted({ places: { x, y } }: Drawn): { k: number; x: number; y: number } {
  const least = (values: number[]) => values.reduce((found, value) => Math.min(found, value), Infinity);
  const most = (values: number[]) => values.reduce((found, value) => Math.max(found, value), -Infinity);
  const k = Math.min(1, SIZE.width / (most(x) - least(x) + 200), SIZE.height / (most(y) - least(y) + 200));
  return { k, x: -least(x) * k, y: -least(y) * k };
}

/** Share of services that are more than 10 px from where they were, against the corner of the drawing. */
function moved(before: Drawn, after: Drawn): number {
  const old = new Map(before.graph.services.map(({ id }, node) => [id, node]));
  const common = after.graph.services.flatMap(({ id }, node) => {
    const was = old.get(id);
    return was === undefined ? [] : [[was, node] as const];
  });
  const far = common.filter(
    ([was, node]) =>
      Math.hypot(before.places.x[was] - after.places.x[node], before.places.y[was] - after.places.y[node]) > 10
  );
  return far.length / common.length;
}

async function briefFrames(move: (index: number) => void): Promise<number[]> {
  const first = await frameTimes(3, move);
  const count = Math.min(FRAMES, Math.floor(PATIENCE / Math.max(1, quantile(first, 0.5))));
  return count > 3 ? [...first, ...(await frameTimes(count - 3, move))] : first;
}

export async function measureCore({ approach, services, seed, cap }: Task): Promise<Measured> {
  const kind = approach === 'core-layered' ? 'layered' : 'force';
  const graph = topology(services, seed);
  const frames = toNodeGraphFrames(graph);
  const place = document.body.appendChild(document.createElement('div'));
  createRoot(place).render(<CoreMap />);
  await nextFrame();
  const heapBefore = heldMemory();
  const calibration = calibrate();
  const tasks = watchTasks();
  const started = performance.now();
  const read = fromNodeGraphFrames(frames);
  const drawn = read && (await layOut(kind, read, cap));
  if (!drawn) {
    return { drawn: 0, longestTask: tasks(), calibration };
  }
  const { k, x, y } = fitted(drawn);
  const look = (factor: number, dx: number, dy: number) =>
    update({ transform: `translate(${x + dx},${y + dy}) scale(${k * factor})` });
  update({ drawn });
  look(1, 0, 0);
  await until(() => place.querySelectorAll('circle').length === drawn.graph.services.length, cap);
  await nextFrame();
  const firstDrawing = performance.now() - started;
  await new Promise((resolve) => setTimeout(resolve, 200));
  const longestTask = tasks();
  const heap = heldMemory() - heapBefore;
  const panTimes = await briefFrames((index) => look(1, 300 * Math.sin(index / 8), 200 * Math.sin(index / 5)));
  const zoomTimes = await briefFrames((index) => look(1.09 ** (index < FRAMES / 2 ? index : FRAMES - index), 0, 0));
  const hovers: number[] = [];
  const end = keepFramesComing();
  for (const hovered of [3, 17, 42]) {
    const hoverStarted = performance.now();
    update({ hovered });
    await nextFrame();
    hovers.push(performance.now() - hoverStarted);
    update({ hovered: undefined });
    await nextFrame();
  }
  const refreshStarted = performance.now();
  const same = await layOut(kind, renumbered(graph), cap);
  update({ drawn: same ?? drawn });
  await nextFrame();
  const refresh = performance.now() - refreshStarted;
  end();
  const changed = await layOut(kind, onePercentChanged(graph), cap);
  return {
    firstDrawing,
    drawn: services,
    panP95: quantile(panTimes, 0.95),
    zoomP95: quantile(zoomTimes, 0.95),
    hover: quantile(hovers, 0.5),
    refresh,
    movedSame: same && moved(drawn, same),
    movedChanged: changed && moved(drawn, changed),
    longestTask,
    heap,
    calibration,
  };
}
