import {
  CoreApp,
  type DataFrame,
  type DataQueryError,
  type DataQueryRequest,
  type DataQueryResponse,
  type DataSourceApi,
  DataTopic,
  LoadingState,
  type PanelData,
  toDataFrame,
} from '@grafana/data';
import { toDataQueryError } from '@grafana/runtime';
import { catchError, concat, defer, from, isObservable, map, type Observable, of } from 'rxjs';

/** Turns the answers of a data source into the stream of states that panels and scenes take. */
export function runRequest(
  dataSource: DataSourceApi,
  request: DataQueryRequest,
  queryFunction?: typeof dataSource.query
): Observable<PanelData> {
  const empty: PanelData = {
    state: LoadingState.Done,
    series: [],
    annotations: [],
    timeRange: request.range,
    request,
  };
  request.targets = request.targets
    .filter((target) => dataSource.filterQuery?.(target) ?? true)
    .map((target) => ({ ...dataSource.getDefaultQuery?.(CoreApp.PanelEditor), ...target }));
  if (request.targets.length === 0) {
    request.endTime = Date.now();
    return of(empty);
  }
  const packets = new Map<string, DataQueryResponse>();
  const answers = defer(() => {
    const answer = queryFunction ? queryFunction(request) : dataSource.query(request);
    return isObservable(answer) ? answer : from(answer);
  }).pipe(
    map((packet) => {
      packets.set(packet.key ?? 'A', packet);
      request.endTime = Date.now();
      return merge(empty, [...packets.values()], packet.state);
    }),
    catchError((reason: unknown) => {
      const error = toDataQueryError(asError(reason));
      return of<PanelData>({ ...empty, state: LoadingState.Error, error, errors: [error] });
    })
  );
  return concat(of<PanelData>({ ...empty, state: LoadingState.Loading }), answers);
}

function merge(empty: PanelData, packets: DataQueryResponse[], state: LoadingState | undefined): PanelData {
  const frames: DataFrame[] = packets.flatMap(({ data }) => data ?? []).map((frame) => toDataFrame(frame));
  const errors: DataQueryError[] = packets.flatMap((packet) => packet.errors ?? (packet.error ? [packet.error] : []));
  const isAnnotation = (frame: DataFrame) => frame.meta?.dataTopic === DataTopic.Annotations;
  return {
    ...empty,
    state: errors.length > 0 ? LoadingState.Error : (state ?? LoadingState.Done),
    series: frames.filter((frame) => !isAnnotation(frame)),
    annotations: frames.filter(isAnnotation),
    error: errors[0],
    errors: errors.length > 0 ? errors : undefined,
  };
}

function asError(reason: unknown): Parameters<typeof toDataQueryError>[0] {
  if (typeof reason === 'string' || reason instanceof Error) {
    return reason;
  }
  return typeof reason === 'object' && reason !== null ? { ...reason } : String(reason);
}
