/** A seeded map in the dark theme, with nothing searched for, for tests. */
import { createTheme } from '@grafana/data';
import { layoutGraph } from '../../../servicegraph/layout/layout-graph';
import { sampleGraph } from '../../../servicegraph/layout/sample-graph.fixture';
import { type Scene } from './draw-map';
import { foldedMap } from '../model/folded-map';
import { kindNames } from '../kind-names';
import { mapModel } from '../model/map-model';
import { errorPaint } from './paint-style';
import { paletteOf } from './palette';
import { type Size } from '../viewport/viewport';

export function sampleScene(services: number, size: Size): Scene {
  const graph = sampleGraph({ services, namespaces: Math.ceil(services / 10) });
  return {
    map: foldedMap(mapModel(graph, layoutGraph(graph, size), errorPaint), new Set()),
    palette: paletteOf(createTheme(), 'canvas'),
    latency: 'p95',
    paint: errorPaint,
    kindNames: kindNames(),
    matches: new Set(),
    pinned: new Set(),
  };
}
