/**
 * Draws a made-up map that nobody sees while the data is still under way: browsers compile code and look for fonts when
 * they are used first, and the first picture should not have to wait for that.
 */
import { layoutGraph } from '../../../servicegraph/layout/layout-graph';
import { warmUpGraph } from '../../../servicegraph/layout/warm-up';
import { sumsOf } from './draw-groups';
import { paintSteps, type Scene } from './draw-map';
import { foldedMap } from '../model/folded-map';
import { formatRate } from '../format-stats';
import { mapModel } from '../model/map-model';
import { fit, type Size } from '../viewport/viewport';

const SERVICES = 32;
const SIZE: Size = { width: 480, height: 300 };
/** One of each level of detail, those first that a first picture can have */
const ZOOMS = [0.4, 0.2, 0.08, 0.7, 1.4];
const ROUNDS = 3;

export function* warmUpDrawing(scene: Omit<Scene, 'map'>): Generator<void> {
  const context = Object.assign(document.createElement('canvas'), SIZE).getContext('2d');
  if (!context) {
    return;
  }
  // Formats of numbers take the longest to be made.
  formatRate(1);
  yield;
  const graph = warmUpGraph(SERVICES);
  const layout = layoutGraph(graph, SIZE);
  yield;
  for (let round = 0; round < ROUNDS; round++) {
    const model = mapModel(graph, layout, scene.paint);
    const map = foldedMap(model, new Set());
    // Boxes of so few services have no room for their sums, whose formats take long to be made for the first time.
    model.groups.forEach(sumsOf);
    yield;
    for (const k of ZOOMS) {
      const viewport = { ...fit(model.bounds, SIZE), k };
      yield* paintSteps(context, { ...scene, map }, { viewport, size: SIZE, pixelRatio: 1 });
      // Makes the browser draw.
      context.drawImage(context.canvas, 0, 0, 1, 1, 0, 0, 1, 1);
      yield;
    }
  }
}
