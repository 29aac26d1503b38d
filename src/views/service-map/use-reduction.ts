import { useState } from 'react';
import { type ReducedGraph, type RemainderWishes, withoutRemainders } from '../../servicegraph/remainder';
import { type ServiceGraph } from '../../servicegraph/model';

interface ReductionWishes extends Pick<RemainderWishes, 'focus' | 'keep'> {
  /** Changes when what was shown before means nothing */
  key: string;
  /** Everything is shown, e.g. what a search has found, or where groups were chosen */
  isOff: boolean;
}

interface Reduced extends ReductionWishes {
  of: ServiceGraph;
  graph: ReducedGraph;
}

const shownIn = ({ services }: ServiceGraph) => new Set(services.map(({ id }) => id));

function reduce(of: ServiceGraph, wishes: ReductionWishes, before?: Reduced): Reduced {
  const { focus, keep, key, isOff } = wishes;
  const shown = before?.key === key && before.graph.reduction ? shownIn(before.graph) : undefined;
  return { ...wishes, of, graph: isOff ? of : withoutRemainders(of, { focus, keep, shown }) };
}

/** The graph without the less busy neighbours of services that have very many; after a refresh mostly the same ones. */
export function useReduction(of: ServiceGraph, wishes: ReductionWishes): ReducedGraph {
  const { focus, keep, key, isOff } = wishes;
  const [reduced, setReduced] = useState(() => reduce(of, wishes));
  const isSame =
    reduced.of === of &&
    reduced.key === key &&
    reduced.isOff === isOff &&
    reduced.keep === keep &&
    reduced.focus?.id === focus?.id &&
    reduced.focus?.hops === focus?.hops;
  if (isSame) {
    return reduced.graph;
  }
  const next = reduce(of, wishes, reduced);
  setReduced(next);
  return next.graph;
}
