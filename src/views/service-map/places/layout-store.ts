/** Drawings of earlier visits in the browser's storage, so that a reload moves nothing. */
import * as v from 'valibot';
import { type GraphLayout } from '../../../servicegraph/layout/layout-graph';

const STORAGE_KEY = 'traceatlas.service-map.drawings';
const VERSION = 1;
const MOST_DRAWINGS = 8;
/** Larger ones are laid out anew: the same graph always comes out the same. */
const MOST_SERVICES = 1500;
/** Characters of all drawings; browsers allow an origin some 5 million. */
const MOST_TEXT = 1_500_000;

const numbers = v.array(v.pipe(v.number(), v.finite()));
const drawingSchema = v.object({
  services: v.array(v.string()),
  calls: v.array(v.string()),
  x: numbers,
  y: numbers,
  offsets: v.array(v.pipe(v.number(), v.integer(), v.minValue(0))),
  points: numbers,
  nodeGroups: v.optional(numbers),
  groups: v.array(v.tuple([v.number(), v.number(), v.number(), v.number(), v.number()])),
  names: v.array(v.string()),
  /** What groups were made by, where a person chose it */
  groupLabel: v.optional(v.string()),
  /** width and height of the drawing, of a card */
  size: v.tuple([v.number(), v.number(), v.number(), v.number()]),
});
type Drawing = v.InferOutput<typeof drawingSchema>;

const storeSchema = v.object({
  version: v.literal(VERSION),
  /** The newest first */
  drawings: v.array(v.object({ key: v.string(), text: v.string(), places: v.optional(v.string()) })),
});
type Store = v.InferOutput<typeof storeSchema>;

const round = (values: ArrayLike<number>) => Array.from(values, Math.round);

function toDrawing(layout: GraphLayout): Drawing {
  return {
    services: layout.serviceIds,
    calls: layout.callIds,
    x: round(layout.x),
    y: round(layout.y),
    offsets: Array.from(layout.routes.offsets),
    points: round(layout.routes.points),
    nodeGroups: layout.nodeGroups && Array.from(layout.nodeGroups),
    groups: layout.groups.map(({ group, x, y, width, height }) => [group, x, y, width, height]),
    names: layout.groupNames,
    groupLabel: layout.groupLabel,
    size: [layout.width, layout.height, layout.nodeWidth, layout.nodeHeight],
  };
}

/** Lists that do not fit together would make lines end in nothing. */
function isWhole({ services, calls, x, y, offsets, points, nodeGroups }: Drawing): boolean {
  const isRising = offsets.every((offset, index) => index === 0 || offset >= offsets[index - 1]);
  return (
    x.length === services.length &&
    y.length === services.length &&
    (nodeGroups === undefined || nodeGroups.length === services.length) &&
    offsets.length === calls.length + 1 &&
    isRising &&
    2 * (offsets.at(-1) ?? 0) === points.length
  );
}

function toLayout(drawing: Drawing): GraphLayout {
  const [width, height, nodeWidth, nodeHeight] = drawing.size;
  return {
    serviceIds: drawing.services,
    callIds: drawing.calls,
    x: Float64Array.from(drawing.x),
    y: Float64Array.from(drawing.y),
    routes: { offsets: Int32Array.from(drawing.offsets), points: Float64Array.from(drawing.points) },
    nodeGroups: drawing.nodeGroups && Int32Array.from(drawing.nodeGroups),
    groups: drawing.groups.map(([group, x, y, w, h]) => ({ group, x, y, width: w, height: h })),
    groupNames: drawing.names,
    ...(drawing.groupLabel === undefined ? {} : { groupLabel: drawing.groupLabel }),
    width,
    height,
    nodeWidth,
    nodeHeight,
  };
}

function parseJson(text: string | null): unknown {
  try {
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

export interface LayoutStore {
  layout(key: string): GraphLayout | undefined;
  places(key: string): string | undefined;
  keep(key: string, layout: GraphLayout): void;
  keepPlaces(key: string, places: string | undefined): void;
}

/** @param storage as `localStorage`; where it is full or refused the drawing is just not kept */
export function layoutStore(storage: Pick<Storage, 'getItem' | 'setItem'>): LayoutStore {
  const read = (): Store => {
    try {
      const parsed = v.safeParse(storeSchema, parseJson(storage.getItem(STORAGE_KEY)));
      return parsed.success ? parsed.output : { version: VERSION, drawings: [] };
    } catch {
      return { version: VERSION, drawings: [] };
    }
  };
  const change = (key: string, part: Partial<Store['drawings'][number]>) => {
    const { drawings } = read();
    const own = { text: '', ...drawings.find((one) => one.key === key), ...part, key };
    const others = drawings.filter((one) => one.key !== key);
    const kept = [own, ...others].slice(0, MOST_DRAWINGS);
    while (kept.length > 1 && kept.reduce((sum, { text }) => sum + text.length, 0) > MOST_TEXT) {
      kept.pop();
    }
    try {
      storage.setItem(STORAGE_KEY, JSON.stringify({ version: VERSION, drawings: kept } satisfies Store));
    } catch {
      // Full or refused: the map works without.
    }
  };
  const find = (key: string) => read().drawings.find((one) => one.key === key);
  return {
    layout(key) {
      const parsed = v.safeParse(drawingSchema, parseJson(find(key)?.text ?? null));
      return parsed.success && isWhole(parsed.output) ? toLayout(parsed.output) : undefined;
    },
    places: (key) => find(key)?.places,
    keep(key, layout) {
      if (layout.serviceIds.length <= MOST_SERVICES) {
        change(key, { text: JSON.stringify(toDrawing(layout)) });
      }
    },
    keepPlaces: (key, places) => change(key, { places }),
  };
}
