import { useCallback, useEffect, useRef, useState } from 'react';
import { type Service } from '../../../servicegraph/model';
import { type FoldedMap } from '../model/folded-map';
import { detailAt } from '../drawing/level-of-detail';
import { intersects, type Size, type Viewport, visibleRect } from '../viewport/viewport';
import { type ViewportStore } from '../viewport/viewport-store';
import { type OperationsLoader } from './operations-loader';
import { NO_OPERATIONS, type OperationsSource, type OperationsState } from './operations-state';

/** ms without movement after which it is worth to ask */
const REST = 300;

/** Services whose cards are seen, the nearest to the middle first; none where operations could not be read. */
function readableServices({ nodes }: Pick<FoldedMap, 'nodes'>, viewport: Viewport, size: Size): Service[] {
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
  const [operations, setOperations] = useState<OperationsState>(NO_OPERATIONS);
  const loader = useRef<OperationsLoader>(undefined);
  useEffect(() => () => loader.current?.stop(), []);
  useEffect(() => {
    let isCurrent = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async () => {
      const { OperationsLoader: Loader } = await import('./operations-loader');
      if (isCurrent) {
        loader.current ??= new Loader(setOperations);
        loader.current.use(source);
        loader.current.want(readableServices(map, store.get(), size));
      }
    };
    const follow = ({ k }: Viewport) => {
      clearTimeout(timer);
      if (source && detailAt(k) === 'operations') {
        // Without its code the cards keep their details, and the next look asks for it again.
        timer = setTimeout(() => void look().catch(() => undefined), REST);
      } else {
        loader.current?.want([]);
      }
    };
    loader.current?.use(source);
    follow(store.get());
    const stop = store.subscribe(follow);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
      stop();
    };
  }, [source, map, store, size]);
  const retryOperations = useCallback(() => loader.current?.retry(), []);
  return { operations, retryOperations };
}
