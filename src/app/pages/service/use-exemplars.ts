import { useCallback, useMemo } from 'react';
import { LoadingState } from '@grafana/data';
import { sceneGraph, type SceneObject } from '@grafana/scenes';
import { type ExemplarPoint } from '../../../links/exemplar-points';
import { requestsOf, type RequestsScope } from '../../../links/requests-of-service';
import { type LinkContext } from '../../../links/urls';
import { useSliced } from '../../../views/shared/use-sliced';
import { useAnswer } from '../../use-answer';
import { answerSize, latencyData, type LatencyData } from './latency-data';
import { searchedExemplarsQuery, searchExemplars } from './searched-exemplars';
import { type PanelQueries } from './service-source';

interface AskedLatency {
  /** Of the spans */
  scope: RequestsScope;
  asked: PanelQueries;
}

export const NO_POINTS: ExemplarPoint[] = [];
const NO_LATENCY: LatencyData = { lines: [], points: NO_POINTS, unusable: 0 };

/** Latencies of a section's queries and exemplars beside them: those of the metrics, else some that are searched for. */
export function useExemplars(model: SceneObject, { scope, asked }: AskedLatency, { tempo }: LinkContext) {
  const { data } = sceneGraph.getData(model).useState();
  const { value: timeRange } = sceneGraph.getTimeRange(model).useState();
  const answer = useMemo(() => data && { ...data, unit: asked.unit }, [data, asked.unit]);
  const { result, isWorking } = useSliced(answer, answer ? answerSize(answer) : 0, latencyData);
  const latency = result ?? NO_LATENCY;
  const isMissing = data?.state === LoadingState.Done && !isWorking && latency.points.length === 0;
  const spans = requestsOf(scope);
  const query = searchedExemplarsQuery(spans);
  const ask = useCallback(
    (signal: AbortSignal) =>
      tempo === undefined ? Promise.resolve([]) : searchExemplars(tempo, timeRange, query, signal),
    [tempo, timeRange, query]
  );
  const searched = useAnswer<ExemplarPoint[]>(isMissing ? ask : undefined);
  const points = isMissing ? (searched.value ?? NO_POINTS) : latency.points;
  const isLoading =
    data?.state !== LoadingState.Error && (isWorking || data?.state !== LoadingState.Done || searched.isLoading);
  return { data, timeRange, latency, points, isLoading, isSearched: isMissing && points.length > 0, spans, query };
}
