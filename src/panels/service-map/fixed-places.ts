/** Places that a data source gives its services (`fixedx`, `fixedy`), made fit for cards. */
import { type ServiceGraph } from '../../servicegraph/model';
import { CARD } from '../../servicegraph/layout/layout-graph';
import { type Point } from '../../views/service-map/viewport/viewport';

const GAP = { x: 40, y: 30 } as const;
const MOST_STRETCH = 12;
/** As many as the map remembers places of */
const MOST_SERVICES = 300;

/** How much wider and higher a picture of circles has to be so that cards stand side by side where circles did */
function stretchOf(places: readonly Point[]): { x: number; y: number } {
  const [width, height] = [CARD.width + GAP.x, CARD.height + GAP.y];
  const stretch = { x: 1, y: 1 };
  const sorted = [...places].sort((a, b) => a.x - b.x);
  for (let first = 0; first < sorted.length; first++) {
    for (let second = first + 1; second < sorted.length && sorted[second].x - sorted[first].x < width; second++) {
      const [dx, dy] = [sorted[second].x - sorted[first].x, Math.abs(sorted[second].y - sorted[first].y)];
      if (dy < height && (dx > 0 || dy > 0)) {
        // Whichever needs less
        const [byX, byY] = [dx > 0 ? width / dx : Infinity, dy > 0 ? height / dy : Infinity];
        if (Math.min(byX / stretch.x, byY / stretch.y) > 1) {
          if (byX / stretch.x <= byY / stretch.y) {
            stretch.x = Math.min(MOST_STRETCH, byX);
          } else {
            stretch.y = Math.min(MOST_STRETCH, byY);
          }
        }
      }
    }
  }
  return stretch;
}

/** @returns undefined unless every service has a place, as in Grafana's node graph */
export function fixedPlaces({ services }: ServiceGraph): Map<string, Point> | undefined {
  if (services.length === 0 || services.length > MOST_SERVICES || services.some(({ place }) => !place)) {
    return undefined;
  }
  const places = services.map(({ place }) => ({ x: place?.x ?? 0, y: place?.y ?? 0 }));
  const stretch = stretchOf(places);
  const [left, top] = [Math.min(...places.map(({ x }) => x)), Math.min(...places.map(({ y }) => y))];
  return new Map(
    services.map(({ id }, index) => [
      id,
      {
        x: (places[index].x - left) * stretch.x + CARD.width / 2,
        y: (places[index].y - top) * stretch.y + CARD.height / 2,
      },
    ])
  );
}
