/** A drawing that can be read in its panel: where calls to the right take too much room, other ways are tried. */
import { frameWidth, smallestFrame } from './packing';
import { layoutParts, packedComponents, withGridBelow } from './parts';
import { type Drawing } from './drawing';
import { type LayoutInput, type LayoutOptions } from './types';

/** A drawing up to so many times as large as its panel is left as it is. */
const GOOD = 2;
/** Another is shown so much larger: readers know that calls go to the right. */
const LEAST_GAIN = 1.3;
/** Larger graphs are wrapped well by the aspect alone. */
const MOST_NODES = 60;
/** In panels narrower than this calls go down, but for layers of few. */
const WIDE = 1.5;
const LAYER_MOSTS = [9, 5, 3, 2];

/** Calls go from top to bottom. */
function partsDownwards(input: LayoutInput, options: LayoutOptions): Drawing {
  const { aspect, nodeWidth, nodeHeight } = options;
  const { x, y, rows, linesAt, width, height } = packedComponents(input, {
    ...options,
    isBox: true,
    aspect: 1 / aspect,
    nodeWidth: nodeHeight,
    nodeHeight: nodeWidth,
  });
  const turned: Drawing = {
    x: y,
    y: x,
    rows,
    linesAt: () => linesAt(y).map((line) => line.map((_, at) => line[at ^ 1])),
    width: height,
    height: width,
  };
  return withGridBelow(turned, input, options);
}

/** Calls to the right, unless that can hardly be read and another drawing is much larger. */
export function fittedParts(input: LayoutInput, options: LayoutOptions): Drawing {
  const { aspect, room } = options;
  const parts = layoutParts(input, options);
  const width = frameWidth(parts, aspect);
  if (input.nodeCount > MOST_NODES || width < GOOD * room) {
    return parts;
  }
  const best = smallestFrame(
    LAYER_MOSTS.map((layerMost) =>
      (aspect < WIDE || layerMost > 5 ? partsDownwards : layoutParts)(input, { ...options, layerMost })
    ),
    aspect
  );
  return frameWidth(best, aspect) * LEAST_GAIN < width ? best : parts;
}
