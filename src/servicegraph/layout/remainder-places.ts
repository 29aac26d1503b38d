/** Where the services of a remainder stand: in one place while it is folded up, else in a block beside what is there. */
import { placeholderCallId, type Reduction, type Remainder } from '../remainder';
import { type GraphLayout } from './layout-graph';
import { directRoute, packRoutes, routeOf } from './routes';
import { type Box, SPACING } from './types';

interface Place {
  x: number;
  y: number;
}

/** A block of so many cards is about this much wider than high. */
const BLOCK_ASPECT = 1.2;
const LEAST_ROWS = 6;

function overlaps(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function grown({ x, y, width, height }: Box, margin: number): Box {
  return { x: x - margin, y: y - margin, width: width + 2 * margin, height: height + 2 * margin };
}

interface Block {
  box: Box;
  places: Place[];
}

/** Rows and columns of cards; the first services are next to the hub. */
function blockOf(count: number, { side }: Remainder, { nodeWidth, nodeHeight }: GraphLayout): Block {
  const cell = { width: nodeWidth + SPACING.node, height: nodeHeight + SPACING.node };
  const square = Math.sqrt((count * cell.width) / cell.height / BLOCK_ASPECT);
  const rows = Math.min(count, Math.max(LEAST_ROWS, Math.ceil(square)));
  const columns = Math.ceil(count / rows);
  const { groupPadding: padding, groupHeader: header } = SPACING;
  const places = Array.from({ length: count }, (_, index) => {
    const column = Math.floor(index / rows);
    return {
      x: padding + cell.width * (side === 'callees' ? column : columns - 1 - column) + nodeWidth / 2,
      y: padding + header + cell.height * (index % rows) + nodeHeight / 2,
    };
  });
  const width = columns * cell.width - SPACING.node + 2 * padding;
  const height = rows * cell.height - SPACING.node + 2 * padding + header;
  return { box: { x: 0, y: 0, width, height }, places };
}

/** The free place for a box that is nearest to where it would best be: there, or away from the hub, or above or below. */
function freePlace(size: Box, at: Place, { side }: Remainder, taken: readonly Box[], nodeWidth: number): Box {
  const outwards = side === 'callees' ? 1 : -1;
  const near = at.x - (side === 'callees' ? nodeWidth / 2 : size.width - nodeWidth / 2);
  let best: { box: Box; distance: number } | undefined;
  for (const x of [near, near + outwards * (nodeWidth + SPACING.layer)]) {
    const inTheWay = taken.filter((box) => box.x < x + size.width && x < box.x + box.width);
    const centred = at.y - size.height / 2;
    const tries = [centred, ...inTheWay.flatMap((box) => [box.y - size.height, box.y + box.height])];
    for (const y of tries) {
      const box = { ...size, x, y };
      const distance = Math.abs(y - centred) + Math.abs(x - near) / 2;
      if ((!best || distance < best.distance) && !inTheWay.some((other) => overlaps(box, other))) {
        best = { box, distance };
      }
    }
  }
  // There is always room above everything; this is for the compiler.
  return best?.box ?? { ...size, x: near, y: at.y };
}

/** The drawing without its placeholders, as lists to add to */
function withoutPlaceholders(layout: GraphLayout, placeholders: ReadonlySet<string>) {
  const nodes = layout.serviceIds.flatMap((id, node) => (placeholders.has(id) ? [] : [node]));
  return {
    serviceIds: nodes.map((node) => layout.serviceIds[node]),
    x: nodes.map((node) => layout.x[node]),
    y: nodes.map((node) => layout.y[node]),
    nodeGroups: nodes.map((node) => layout.nodeGroups?.[node] ?? -1),
    groups: [...layout.groups],
    groupNames: [...layout.groupNames],
    remainders: new Map<number, Remainder>(),
  };
}

function cardAt({ x, y }: Place, { nodeWidth: width, nodeHeight: height }: GraphLayout): Box {
  return { x: x - width / 2, y: y - height / 2, width, height };
}

/**
 * The drawing of a reduced graph as one of the whole: nothing that is in it moves. Calls that it does not have go the
 * straight way, and nowhere between two services of a folded remainder.
 * @param unfolded Remainder.id
 */
export function withRemainders(
  layout: GraphLayout,
  { whole, remainders }: Reduction,
  unfolded: ReadonlySet<string>
): GraphLayout {
  const placeOf = new Map(
    layout.serviceIds.map((id, node): [string, Place] => [id, { x: layout.x[node], y: layout.y[node] }])
  );
  const result = withoutPlaceholders(layout, new Set(remainders.map(({ id }) => id)));
  const taken: Box[] = [
    ...layout.groups,
    ...layout.serviceIds.map((_, node) => cardAt({ x: layout.x[node], y: layout.y[node] }, layout)),
  ].map((box) => grown(box, SPACING.node));
  for (const remainder of remainders) {
    const at = placeOf.get(remainder.id) ?? { x: 0, y: layout.height };
    const group = result.groupNames.length;
    const block = unfolded.has(remainder.id) ? blockOf(remainder.services.length, remainder, layout) : undefined;
    const box = block ? freePlace(block.box, at, remainder, taken, layout.nodeWidth) : cardAt(at, layout);
    if (block) {
      taken.push(grown(box, SPACING.node));
    }
    remainder.services.forEach((id, index) => {
      const place = block ? { x: box.x + block.places[index].x, y: box.y + block.places[index].y } : at;
      placeOf.set(id, place);
      result.serviceIds.push(id);
      result.x.push(place.x);
      result.y.push(place.y);
      result.nodeGroups.push(group);
    });
    result.groups.push({ group, ...box });
    result.groupNames.push('');
    result.remainders.set(group, remainder);
  }
  const x = Float64Array.from(result.x);
  const y = Float64Array.from(result.y);
  return {
    ...layout,
    ...result,
    ...linesOf(layout, whole, placeOf, placeholderLines(layout, remainders, unfolded)),
    x,
    y,
    nodeGroups: Int32Array.from(result.nodeGroups),
    width: result.groups.reduce((most, box) => Math.max(most, box.x + box.width), layout.width),
    height: result.groups.reduce((most, box) => Math.max(most, box.y + box.height), layout.height),
  };
}

/** The way that the layout found to each folded remainder, by the services in it; their calls all go there. */
function placeholderLines(
  layout: GraphLayout,
  remainders: readonly Remainder[],
  unfolded: ReadonlySet<string>
): ReadonlyMap<string, { hub: string; line: ArrayLike<number> }> {
  const edgeOf = new Map(layout.callIds.map((id, edge) => [id, edge]));
  return new Map(
    remainders.flatMap((remainder) => {
      const { id, hub, services } = remainder;
      const edge = edgeOf.get(placeholderCallId(remainder));
      const line = unfolded.has(id) || edge === undefined ? undefined : routeOf(layout.routes, edge);
      return line ? services.map((service) => [service, { hub, line }] as const) : [];
    })
  );
}

function linesOf(
  layout: GraphLayout,
  { calls }: Reduction['whole'],
  placeOf: ReadonlyMap<string, Place>,
  toRemainder: ReturnType<typeof placeholderLines>
) {
  const edgeOf = new Map(layout.callIds.map((id, edge) => [id, edge]));
  const callIds: string[] = [];
  const lines: Array<ArrayLike<number>> = [];
  for (const { id, source, target } of calls) {
    const [from, to, edge] = [placeOf.get(source), placeOf.get(target), edgeOf.get(id)];
    if (from && to) {
      callIds.push(id);
      const isNowhere = from.x === to.x && from.y === to.y;
      const known = [toRemainder.get(target), toRemainder.get(source)];
      const onTheWay = (known[0]?.hub === source ? known[0] : known[1]?.hub === target ? known[1] : undefined)?.line;
      const own = edge === undefined ? onTheWay : routeOf(layout.routes, edge);
      lines.push(own ?? (isNowhere ? [] : directRoute(from, to, layout)));
    }
  }
  return { callIds, routes: packRoutes(lines) };
}
