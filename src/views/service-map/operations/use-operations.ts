import { useEffect, useState } from 'react';
import { type Service } from '../../../servicegraph/model';
import { type FoldedMap } from '../folded-map';
import { detailAt } from '../level-of-detail';
import { intersects, type Size, type Viewport, visibleRect } from '../viewport';
import { type ViewportStore } from '../viewport-store';
import { NO_OPERATIONS, OperationsLoader, type OperationsSource, type OperationsState } from './operations-loader';

/** ms without movement after which it is worth to ask */
const REST = 300;

/** Services whose cards are seen, the nearest to the middle first; none where operations could not be read. */
export function readableServices({ nodes }: Pick<FoldedMap, 'nodes'>, viewport: Viewport, size: Size): Service[] {
  if (detailAt(viewport.k) !== 'operations') {
    return [];
  }
  const visible = visibleRect(viewport, size);
  const [x, y] = [visible.x + visible.width / 2, visible.y + visible.height / 2];
  return nodes
    .filter(({ card }) => intersects(card, visible))
    .map(({ centre, service }) => ({ service, distance: Math.hypot(centre.x - x, centre.y - y) }))
    .sort((a, b) => a.distance - b.distance)
    .map(({ service }) => service);
}

export interface MapOperations {
  /** The same object until something is known that was not */
  operations: OperationsState;
  retryOperations(): void;
}

interface Looking {
  source?: OperationsSource;
  store: ViewportStore;
  map: FoldedMap;
  size: Size;
}

/** Operations of what is looked at from near, asked for when the view has come to rest. */
export function useOperations({ source, store, map, size }: Looking): MapOperations {
  const [state, setState] = useState<OperationsState>(NO_OPERATIONS);
  const [loader] = useState(() => new OperationsLoader(setState));
  useEffect(() => () => loader.stop(), [loader]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => loader.want(readableServices(map, store.get(), size));
    const follow = ({ k }: Viewport) => {
      clearTimeout(timer);
      if (detailAt(k) === 'operations') {
        timer = setTimeout(look, REST);
      } else {
        loader.want([]);
      }
    };
    loader.use(source);
    if (source) {
      follow(store.get());
    }
    const stop = source && store.subscribe(follow);
    return () => {
      clearTimeout(timer);
      stop?.();
    };
  }, [loader, source, map, store, size]);
  return { operations: state, retryOperations: () => loader.retry() };
}
