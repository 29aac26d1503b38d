import { runSteps, type Steps } from '../../trace/steps';
import { fittedParts } from './fitted-parts';
import { groupedLayout } from './grouped';
import { packRoutes } from './routes';
import { type LayoutInput, type LayoutOptions, type LayoutResult } from './types';

/** A graph's drawing: the same input always gives the same places, and it ends for any graph. */
export function layoutIndexed(input: LayoutInput, options: LayoutOptions): LayoutResult {
  return runSteps(layoutIndexedSteps(input, options));
}

/** The same in steps: a drawing without boxes is one of them. */
export function* layoutIndexedSteps(input: LayoutInput, options: LayoutOptions): Steps<LayoutResult> {
  if (input.groups && input.nodeCount > 0) {
    const { x, y, lines, boxes, width, height } = yield* groupedLayout(input, input.groups, options);
    return { x, y, routes: packRoutes(lines), groups: boxes, width, height };
  }
  const { x, y, linesAt, width, height } = fittedParts(input, options);
  return { x, y, routes: packRoutes(linesAt(y)), groups: [], width, height };
}
