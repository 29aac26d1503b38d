import { type GraphLayout } from '../../../servicegraph/layout/layout-graph';
import { moveServices } from '../../../servicegraph/layout/move-services';
import { withRemainders } from '../../../servicegraph/layout/remainder-places';
import { type ServiceGraph } from '../../../servicegraph/model';
import { type ReducedGraph, type Remainder } from '../../../servicegraph/remainder';
import { type Point } from '../viewport/viewport';

export interface OwnPlaces {
  /** Centres of services that a person put somewhere, by Service.id */
  pinned: ReadonlyMap<string, Point>;
  /** Remainder.id of what a reduced graph shows one by one */
  unfolded: ReadonlySet<string>;
}

interface Placed extends OwnPlaces {
  of: GraphLayout;
  graph: ReducedGraph;
  layout: GraphLayout;
}

function sameCalls({ calls: a }: ServiceGraph, { calls: b }: ServiceGraph): boolean {
  return (
    a === b ||
    (a.length === b.length &&
      a.every(({ id, source, target }, index) => {
        const other = b[index];
        return id === other.id && source === other.source && target === other.target;
      }))
  );
}

function sameRemainders(a: readonly Remainder[] = [], b: readonly Remainder[] = []): boolean {
  return (
    a.length === b.length &&
    a.every(({ id, services }, index) => id === b[index].id && services.join('\n') === b[index].services.join('\n'))
  );
}

function place(layout: GraphLayout, graph: ReducedGraph, { pinned, unfolded }: OwnPlaces): GraphLayout {
  const ends = () => new Map(graph.calls.map((call) => [call.id, call]));
  const moved = pinned.size > 0 ? moveServices(layout, ends(), pinned) : layout;
  return graph.reduction ? withRemainders(moved, graph.reduction, unfolded) : moved;
}

/** A drawing with what a person changed in it; the very same object until something of that is other than before. */
export class PlacedLayout {
  private last?: Placed;

  of(layout: GraphLayout, graph: ReducedGraph, own: OwnPlaces): GraphLayout {
    if (own.pinned.size === 0 && !graph.reduction) {
      return layout;
    }
    const { last } = this;
    const isSame =
      last?.of === layout &&
      last.pinned === own.pinned &&
      last.unfolded === own.unfolded &&
      sameRemainders(last.graph.reduction?.remainders, graph.reduction?.remainders) &&
      sameCalls(last.graph.reduction?.whole ?? last.graph, graph.reduction?.whole ?? graph);
    this.last = { ...own, of: layout, graph, layout: isSame ? last.layout : place(layout, graph, own) };
    return this.last.layout;
  }
}
