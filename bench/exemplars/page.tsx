/** Draws exemplars in the page and tells how long the main thread was busy at a time. */
import React, { useMemo } from 'react';
import { createDataFrame, type DataFrame, FieldType } from '@grafana/data';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { ExemplarTable } from '../../src/app/exemplar-table';
import { type ExemplarPoint, exemplarPointsSteps, samplePoints } from '../../src/links/exemplar-points';
import { type Steps } from '../../src/trace/steps';
import { useSliced } from '../../src/views/shared/use-sliced';
import { LatencyChart } from '../../src/views/heatmap/latency-chart';
import { ExemplarMarker } from '../../workbench/host/page/panels/exemplar-markers';
import { exemplarPoints as markerPoints } from '../../workbench/host/page/panels/exemplar-points';
import { calibrate, nextFrame } from '../service-map/clock';

export type ExemplarWay = 'trace-atlas' | 'markers';

export interface Drawn {
  /** ms; the longest time in which nothing else ran */
  longestBlock: number;
  /** ms until all panels were drawn */
  total: number;
  /** ms of a loop that only computes */
  calibration: number;
}

const FROM = 1_795_000_000_000;
const TO = FROM + 3_600_000;
const [WIDTH, HEIGHT] = [600, 300];

/** Seeded, with the labels of the metrics generator. */
function exemplarFrame(count: number, seed: number): DataFrame {
  let state = seed;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const rows = Array.from({ length: count }, (_, index) => index);
  return createDataFrame({
    name: 'exemplar',
    fields: [
      { name: 'Time', type: FieldType.time, values: rows.map((row) => FROM + (row / count) * (TO - FROM)) },
      { name: 'Value', type: FieldType.number, values: rows.map(() => 0.01 * Math.exp(5 * random())) },
      { name: 'service', type: FieldType.string, values: rows.map(() => 'checkout') },
      { name: 'span_name', type: FieldType.string, values: rows.map((row) => `GET /${row % 7}`) },
      {
        name: 'status_code',
        type: FieldType.string,
        values: rows.map(() => (random() < 0.05 ? 'STATUS_CODE_ERROR' : 'STATUS_CODE_UNSET')),
      },
      {
        name: 'traceID',
        type: FieldType.string,
        values: rows.map((row) => (row + 1).toString(16).padStart(8, '0').repeat(4)),
      },
    ],
  });
}

const doNothing = () => {};
const traceHref = () => '/';

function* readPoints(frame: DataFrame): Steps<ExemplarPoint[]> {
  const { points } = yield* exemplarPointsSteps([frame], 's');
  return samplePoints(points, 'all', { stepMs: 15_000, slowest: 20 });
}

function OwnPanel({ frame }: { frame: DataFrame }) {
  const points = useSliced(frame, frame.length, readPoints).result ?? NO_POINTS;
  return (
    <div data-drawn={points.length}>
      <LatencyChart
        label="bench"
        fromMs={FROM}
        toMs={TO}
        height={HEIGHT}
        lines={NO_LINES}
        points={points}
        onBox={doNothing}
        onOpen={doNothing}
        onSearch={doNothing}
        renderCard={() => null}
      />
      <ExemplarTable points={points} isLoading onOpen={doNothing} traceHref={traceHref} />
    </div>
  );
}

const NO_POINTS: ExemplarPoint[] = [];
const NO_LINES: never[] = [];

/** An element for each exemplar over the chart, as Grafana's panels have it. */
function MarkerPanel({ frame }: { frame: DataFrame }) {
  const points = useMemo(() => markerPoints(frame), [frame]);
  return (
    <div style={{ position: 'relative', width: WIDTH, height: HEIGHT }}>
      {points.map((point, index) => (
        <ExemplarMarker
          key={index}
          marker={{ point, left: ((point.time - FROM) / (TO - FROM)) * WIDTH, top: HEIGHT - point.value * 100 }}
          timeZone="utc"
        />
      ))}
    </div>
  );
}

function Page({ frames, Panel }: { frames: readonly DataFrame[]; Panel: typeof OwnPanel }) {
  return frames.map((frame, index) => (
    <div key={index} style={{ width: WIDTH }}>
      <Panel frame={frame} />
    </div>
  ));
}

/** A new task, after whatever waits. */
const nextTask = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

/** All answers arrive at once, which is the worst that can happen: they are one update of the page. */
async function drawExemplars(way: ExemplarWay, panels: number, count: number): Promise<Drawn> {
  const calibration = calibrate();
  const frames = Array.from({ length: panels }, (_, seed) => exemplarFrame(count, seed + 1));
  const Panel = way === 'trace-atlas' ? OwnPanel : MarkerPanel;
  const root = createRoot(document.body.appendChild(document.createElement('div')));
  // The page around the panels is up before their data arrive.
  flushSync(() => root.render(<Page frames={frames.map((_, seed) => exemplarFrame(1, seed + 99))} Panel={Panel} />));
  for (let frame = 0; frame < 3; frame++) {
    await nextFrame();
  }
  let last = performance.now();
  let longestBlock = 0;
  let isRunning = true;
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    const now = performance.now();
    longestBlock = Math.max(longestBlock, now - last);
    last = now;
    if (isRunning) {
      port2.postMessage(undefined);
    }
  };
  performance.mark(BEGIN);
  port2.postMessage(undefined);
  const started = performance.now();
  root.render(<Page frames={frames} Panel={Panel} />);
  await nextTask();
  const drawn = () => document.querySelectorAll(`[data-drawn="${count}"]`).length;
  const giveUp = started + 15_000;
  while (way === 'trace-atlas' && drawn() < panels) {
    if (performance.now() > giveUp) {
      throw new Error(`Only ${drawn()} of ${panels} panels were drawn`);
    }
    await nextTask();
  }
  for (let frame = 0; frame < FRAMES_TO_PAINT; frame++) {
    await nextFrame();
  }
  isRunning = false;
  performance.mark(END);
  return { longestBlock, total: performance.now() - started, calibration };
}

/** Slices of drawing are shorter than a frame; after so many frames the last panel has been drawn. */
const FRAMES_TO_PAINT = 20;
/** Marks in the browser's trace, for bench/exemplars.ts */
const BEGIN = 'exemplars-begin';
const END = 'exemplars-end';

declare global {
  interface Window {
    drawExemplars: typeof drawExemplars;
  }
}

window.drawExemplars = drawExemplars;
