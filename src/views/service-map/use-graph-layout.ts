import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { createLayoutWorker } from '../../servicegraph/layout/create-worker';
import { keepPlaces } from '../../servicegraph/layout/keep-places';
import { type GraphLayout, layoutGraph } from '../../servicegraph/layout/layout-graph';
import { layoutRequester, WORKER_SERVICES } from '../../servicegraph/layout/request-layout';
import { type ServiceGraph } from '../../servicegraph/model';
import { type MapModel, mapModel } from './map-model';
import { type PaintStyle } from './paint-style';
import { type Size } from './viewport';

interface LaidOut {
  key: string;
  layout: GraphLayout;
}

interface LayoutWishes {
  key: string;
  size: Size;
  paint: PaintStyle;
}

export interface MapLayout {
  /** Undefined until the first layout is there */
  model?: MapModel;
  /** Changes with every new layout, and not when an old one is kept */
  layoutId?: GraphLayout;
  relayout(): void;
}

/**
 * The graph with places. A newer graph keeps the places of the old as far as it can; another `key` (focus, filter)
 * or `relayout` starts afresh. While a large layout runs in its worker, the old picture stays.
 */
export function useGraphLayout(graph: ServiceGraph, { key, size, paint }: LayoutWishes): MapLayout {
  const [laidOut, setLaidOut] = useState<LaidOut>();
  const sizeRef = useRef(size);
  useEffect(() => {
    sizeRef.current = size;
  }, [size]);
  const requester = useMemo(() => layoutRequester(createLayoutWorker), []);
  useEffect(() => () => requester.stop(), [requester]);

  const kept = useMemo(
    () => (laidOut && laidOut.key === key ? keepPlaces(laidOut.layout, graph) : undefined),
    [laidOut, key, graph]
  );
  const [shown, setShown] = useState<{ graph: ServiceGraph; layout: GraphLayout }>();

  const start = useCallback(() => {
    let current = true;
    const finish = (layout: GraphLayout) => {
      if (current) {
        setLaidOut({ key, layout });
        setShown({ graph, layout });
      }
    };
    if (graph.services.length < WORKER_SERVICES) {
      finish(layoutGraph(graph, sizeRef.current));
    } else {
      void requester.request(graph, sizeRef.current).then(finish);
    }
    return () => {
      current = false;
    };
  }, [graph, key, requester]);

  const needsLayout = kept === undefined;
  useEffect(() => (needsLayout ? start() : undefined), [needsLayout, start]);

  const model = useMemo(() => {
    if (kept) {
      return mapModel(graph, kept, paint);
    }
    return shown && mapModel(shown.graph, shown.layout, paint);
  }, [kept, graph, shown, paint]);
  return { model, layoutId: laidOut?.layout, relayout: start };
}
