/** Draws exemplars in the page and tells how long the main thread was busy at a time. */
import React, { useMemo } from 'react';
import { createDataFrame, type DataFrame, FieldType } from '@grafana/data';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { exemplarPoints, samplePoints } from '../../src/links/exemplar-points';
import { LatencyChart } from '../../src/views/heatmap/latency-chart';
import { ExemplarMarker } from '../../workbench/host/page/panels/exemplar-markers';
import { exemplarPoints as markerPoints } from '../../workbench/host/page/panels/exemplar-points';
import { calibrate } from '../service-map/clock';

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

function OwnPanel({ frame }: { frame: DataFrame }) {
  const points = useMemo(
    () => samplePoints(exemplarPoints([frame], 's').points, 'all', { stepMs: 60_000, slowest: 20 }),
    [frame]
  );
  return (
    <LatencyChart
      label="bench"
      fromMs={FROM}
      toMs={TO}
      height={HEIGHT}
      lines={NO_LINES}
      points={points}
      onBox={doNothing}
      onOpen={doNothing}
      renderCard={() => null}
    />
  );
}

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

function draw(panel: React.ReactElement) {
  const host = document.body.appendChild(document.createElement('div'));
  host.style.width = `${WIDTH}px`;
  const root = createRoot(host);
  flushSync(() => root.render(panel));
}

/** A new task, after whatever waits. */
const nextTask = () => new Promise<void>((resolve) => setTimeout(resolve, 0));

/** Each panel's answer arrives in a task of its own, as the answers of data sources do. */
async function drawExemplars(way: ExemplarWay, panels: number, count: number): Promise<Drawn> {
  const calibration = calibrate();
  const frames = Array.from({ length: panels }, (_, seed) => exemplarFrame(count, seed + 1));
  const Panel = way === 'trace-atlas' ? OwnPanel : MarkerPanel;
  // The page around the panels is up before their data arrive.
  draw(<Panel frame={exemplarFrame(1, 99)} />);
  await nextTask();
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
  await nextTask();
  last = performance.now();
  port2.postMessage(undefined);
  const started = performance.now();
  for (const frame of frames) {
    draw(<Panel frame={frame} />);
    await nextTask();
  }
  for (let frame = 0; frame < 5; frame++) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    await nextTask();
  }
  isRunning = false;
  return { longestBlock, total: performance.now() - started, calibration };
}

declare global {
  interface Window {
    drawExemplars: typeof drawExemplars;
  }
}

window.drawExemplars = drawExemplars;
