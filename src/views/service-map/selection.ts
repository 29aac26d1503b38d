import { type FoldedMap } from './model/folded-map';
import { type MapEdge, type MapModel } from './model/map-types';

/** One service or one call of the map; of a service perhaps one of its operations, by span name. */
export type Selection = { kind: 'service'; id: string; operation?: string } | { kind: 'call'; id: string };

/** The operation of a service that is meant, if any. */
export function operationOf(selection: Selection | undefined, serviceId: string): string | undefined {
  return selection?.kind === 'service' && selection.id === serviceId ? selection.operation : undefined;
}

export function sameSelection(a: Selection | undefined, b: Selection | undefined): boolean {
  return a?.kind === b?.kind && a?.id === b?.id;
}

export function selectionExists(model: MapModel, selection: Selection | undefined): boolean {
  return (
    selection !== undefined &&
    (selection.kind === 'service' ? model.nodeById.has(selection.id) : model.edgeById.has(selection.id))
  );
}

export interface Highlight {
  services: ReadonlySet<string>;
  /** Calls out of and into what is highlighted; a single call counts as outgoing */
  outgoing: readonly MapEdge[];
  incoming: readonly MapEdge[];
  /** Whether the rest steps far back, as for what the pointer is on; else it stays readable */
  strong: boolean;
}

/** What lights up with a service (callers and callees) or a call (its ends). */
export function highlightOf(model: MapModel, selection: Selection | undefined, strong = false): Highlight | undefined {
  if (!selection) {
    return undefined;
  }
  if (selection.kind === 'call') {
    const edge = model.edgeById.get(selection.id);
    return (
      edge && {
        services: new Set([edge.call.source, edge.call.target]),
        outgoing: [edge],
        incoming: [],
        strong: false,
      }
    );
  }
  if (!model.nodeById.has(selection.id)) {
    return undefined;
  }
  const outgoing = model.outgoing.get(selection.id) ?? [];
  const incoming = model.incoming.get(selection.id) ?? [];
  return {
    services: new Set([
      selection.id,
      ...outgoing.map(({ call }) => call.target),
      ...incoming.map(({ call }) => call.source),
    ]),
    outgoing,
    incoming,
    strong,
  };
}

/** With what is drawn of calls, where that is not themselves */
export function highlightAsDrawn(
  highlight: Highlight | undefined,
  { drawnAs }: Pick<FoldedMap, 'drawnAs'>
): Highlight | undefined {
  if (!highlight || !drawnAs || drawnAs.size === 0) {
    return highlight;
  }
  const drawn = (edges: readonly MapEdge[]) => [...new Set(edges.map((edge) => drawnAs.get(edge) ?? edge))];
  return { ...highlight, outgoing: drawn(highlight.outgoing), incoming: drawn(highlight.incoming) };
}
