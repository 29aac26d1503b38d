import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { isGroupLabel } from '../../servicegraph/group-by';
import { keepPlaces, rememberPlaces } from '../../servicegraph/layout/keep-places';
import { type GraphLayout, layoutGraph } from '../../servicegraph/layout/layout-graph';
import { layoutRequester, WORKER_SERVICES } from '../../servicegraph/layout/request-layout';
import { takeLayoutWorker } from '../../servicegraph/layout/spare-worker';
import { type ServiceGraph } from '../../servicegraph/model';
import { type ReducedGraph } from '../../servicegraph/remainder';
import { withoutLabelText } from './kind-names';
import { mapModel } from './model/map-model';
import { type MapModel } from './model/map-types';
import { type PaintStyle } from './drawing/paint-style';
import { PlacedLayout } from './model/placed-layout';
import { type Point, type Size } from './viewport/viewport';

/** ms after which a drawing is worth to be kept */
const SETTLED = 1000;

interface LaidOut {
  key: string;
  /** The same as long as known services stay where they are */
  id: unknown;
  layout: GraphLayout;
}

interface LayoutWishes {
  /** Changes when old places mean nothing: focus, filter, data source */
  key: string;
  size: Size;
  /** What makes groups; as in `GraphLayoutOptions` */
  groupBy?: string;
  paint: PaintStyle;
  /** Centres of services that stay where a person put them, by Service.id */
  pinned: ReadonlyMap<string, Point>;
  /** Remainder.id of what a reduced graph shows one by one */
  unfolded: ReadonlySet<string>;
  /** A drawing from an earlier visit, which the graph is held to as if it had just been refreshed */
  restored?: (key: string) => GraphLayout | undefined;
  /** There is no graph yet. */
  isRehearsal?: boolean;
  /** A new drawing is on screen. */
  onLayout?: (key: string, layout: GraphLayout) => void;
}

export interface MapLayout {
  /** Undefined until the first layout is there */
  model?: MapModel;
  /** Changes with every new layout, and not when an old one is kept */
  layoutId?: unknown;
  relayout(): void;
}

const EMPTY_LAYOUT = layoutGraph({ services: [], calls: [], notices: [] }, { width: 1, height: 1 });

function haveIds(items: ReadonlyArray<{ id: string }>, ids: readonly string[]): boolean {
  return items.length === ids.length && items.every(({ id }, index) => id === ids[index]);
}

/** After most refreshes everything is as it was. */
function keptPlaces(layout: GraphLayout, graph: ServiceGraph): GraphLayout | undefined {
  const isSame = haveIds(graph.services, layout.serviceIds) && haveIds(graph.calls, layout.callIds);
  return isSame ? layout : keepPlaces(layout, graph);
}

/**
 * The graph with places. A newer graph keeps the places of the old as far as it can; another `key` or `relayout`
 * starts afresh. While a large layout runs in its worker, the old picture stays.
 */
export function useGraphLayout(graph: ReducedGraph, wishes: LayoutWishes): MapLayout {
  const { key, size, groupBy, paint, pinned, unfolded, isRehearsal = false, restored, onLayout } = wishes;
  const begin = (): LaidOut | undefined => {
    const layout = isRehearsal ? EMPTY_LAYOUT : restored?.(key);
    return layout && { key, layout, id: layout };
  };
  const [laidOut, setLaidOut] = useState(begin);
  const options = useMemo(
    () => ({ ...size, groupBy, restName: isGroupLabel(groupBy) ? withoutLabelText(groupBy) : undefined }),
    [size, groupBy]
  );
  const latest = useRef({ options, onLayout });
  useLayoutEffect(() => {
    latest.current = { options, onLayout };
  });
  const requester = useMemo(() => layoutRequester(takeLayoutWorker), []);
  useEffect(() => () => requester.stop(), [requester]);
  const [isRestored, setIsRestored] = useState(!isRehearsal);
  if (!isRestored && !isRehearsal) {
    const first = begin();
    setIsRestored(true);
    setLaidOut(first);
    if (!first) {
      // While all the parts are rendered the worker is at it.
      requester.begin(graph, options);
    }
  }

  const kept = useMemo(() => {
    if (isRehearsal) {
      return EMPTY_LAYOUT;
    }
    const isKnown = laidOut?.key === key && laidOut.layout !== EMPTY_LAYOUT;
    return isKnown ? keptPlaces(laidOut.layout, graph) : undefined;
  }, [isRehearsal, laidOut, key, graph]);
  const [shown, setShown] = useState<{ graph: ReducedGraph; layout: GraphLayout } | undefined>(
    isRehearsal ? { graph, layout: EMPTY_LAYOUT } : undefined
  );
  // A place that was found for a new service is kept, too, and the place of one that comes and goes.
  if (kept && laidOut && kept !== laidOut.layout && !isRehearsal) {
    const memory = rememberPlaces(laidOut.layout, kept);
    if (memory !== laidOut.layout) {
      setLaidOut({ ...laidOut, layout: memory });
    }
  }

  useEffect(() => {
    if (!laidOut || laidOut.layout === EMPTY_LAYOUT) {
      return undefined;
    }
    const timer = setTimeout(() => latest.current.onLayout?.(laidOut.key, laidOut.layout), SETTLED);
    return () => clearTimeout(timer);
  }, [laidOut]);

  const start = useCallback(() => {
    let current = true;
    const finish = (layout: GraphLayout) => {
      if (current) {
        setLaidOut({ key, layout, id: layout });
        setShown({ graph, layout });
      }
    };
    if (graph.services.length < WORKER_SERVICES) {
      finish(layoutGraph(graph, latest.current.options));
    } else {
      void requester.request(graph, latest.current.options).then(finish);
    }
    return () => {
      current = false;
    };
  }, [graph, key, requester]);

  const needsLayout = kept === undefined;
  // Before the first paint, so that a small map is there at once.
  useLayoutEffect(() => (needsLayout ? start() : undefined), [needsLayout, start]);

  const [placed] = useState(() => new PlacedLayout());
  const model = useMemo(() => {
    const [of, layout] = kept ? [graph, kept] : [shown?.graph, shown?.layout];
    if (!of || !layout) {
      return undefined;
    }
    return mapModel(of.reduction?.whole ?? of, placed.of(layout, of, { pinned, unfolded }), paint);
  }, [placed, kept, graph, shown, paint, pinned, unfolded]);
  return { model, layoutId: laidOut?.id, relayout: start };
}
