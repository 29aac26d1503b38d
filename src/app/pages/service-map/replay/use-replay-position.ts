import { useCallback, useDeferredValue, useEffect, useMemo, useState } from 'react';
import { type ServiceGraph } from '../../../../servicegraph/model';
import { type Replay } from '../../../../servicegraph/replay';
import { type MapReplay } from './map-replay';
import { replayIndex } from './use-replay';

export interface ReplayPosition {
  /** In `Replay.times` */
  index: number;
  /** Of the step on screen, which may lag behind `index` while a large map is made */
  graph: ServiceGraph;
  /** Whether `graph` is that of `index` */
  isShown: boolean;
  isPlaying: boolean;
  play(isPlaying: boolean): void;
  goTo(index: number): void;
}

/** ms of rest after which the URL says where the replay stands */
const SETTLED = 400;

/** Where the replay stands: here while it moves, in the URL when it has come to rest. */
export function useReplayPosition(model: MapReplay, replay: Replay | undefined): ReplayPosition | undefined {
  const { at, isOn } = model.useState();
  const [moving, setMoving] = useState<number>();
  const [isPlaying, setPlaying] = useState(false);
  const times = replay?.times;
  const index = times ? replayIndex(times, moving ?? at) : 0;
  useEffect(() => {
    if (moving === undefined || isPlaying) {
      return undefined;
    }
    const timer = setTimeout(() => {
      model.goTo(moving);
      setMoving(undefined);
    }, SETTLED);
    return () => clearTimeout(timer);
  }, [model, moving, isPlaying]);
  const goTo = useCallback((to: number) => setMoving(times?.[to]), [times]);
  const deferred = useDeferredValue(index);
  const graph = useMemo(
    () => (isOn && replay ? replay.graphAt(Math.min(deferred, replay.times.length - 1)) : undefined),
    [isOn, replay, deferred]
  );
  return graph && { index, graph, isShown: deferred === index, isPlaying, play: setPlaying, goTo };
}
