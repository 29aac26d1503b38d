import { useCallback, useEffect, useState } from 'react';
import { type ServiceGraph } from '../../../../servicegraph/model';
import { type Replay } from '../../../../servicegraph/replay';
import { runInSlices } from '../../../../trace/steps';
import { type MapReplay } from './map-replay';
import { replayIndex } from './use-replay';

export interface ReplayPosition {
  /** In `Replay.times` */
  index: number;
  /** Of the step on screen, which may lag behind `index` while a large map is made */
  graph: ServiceGraph;
  /** Of the step on screen */
  shownIndex: number;
  /** Whether that is `index` */
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
  const shown = useStep(isOn ? replay : undefined, index);
  return (
    shown && {
      index,
      graph: shown.graph,
      shownIndex: shown.index,
      isShown: shown.index === index,
      isPlaying,
      play: setPlaying,
      goTo,
    }
  );
}

interface Step {
  index: number;
  graph: ServiceGraph;
  /** The points that `index` is one of */
  points: string;
}

/** The last step that was made, while that of `index` is made in slices. */
function useStep(replay: Replay | undefined, index: number): Step | undefined {
  const [step, setStep] = useState<Step>();
  const points = JSON.stringify([replay?.times[0], replay?.step]);
  useEffect(() => {
    if (!replay) {
      return undefined;
    }
    const controller = new AbortController();
    const { signal } = controller;
    runInSlices(replay.graphSteps(index), signal).then(
      (graph) => signal.aborted || setStep({ index, graph, points }),
      (error: unknown) => {
        if (!signal.aborted) {
          throw error;
        }
      }
    );
    return () => controller.abort();
  }, [replay, index, points]);
  return replay && step?.points === points ? step : undefined;
}
