import {
  createDataFrame,
  type DataFrame,
  type DataQueryRequest,
  type DataQueryResponse,
  FieldType,
} from '@grafana/data';
import { type DataQuery } from '@grafana/schema';
import { Observable } from 'rxjs';
import { type ServiceMapContext } from './query/run-service-map';

export interface PromqlTarget extends DataQuery {
  expr: string;
}

interface Row {
  labels: Record<string, string>;
  value: number;
}

/** What the queries of a service graph answer, by their refId; those not named find nothing. */
export type GraphAnswers = Readonly<Record<string, Row[]>>;

/** The names of the metrics that make Tempo's generator the producer. */
export const TEMPO_NAMES: Row[] = [
  'traces_service_graph_request_total',
  'traces_service_graph_request_server_seconds_count',
  'traces_spanmetrics_calls_total',
  'traces_spanmetrics_latency_count',
].map((name) => ({ labels: { __name__: name }, value: 1 }));

export function call(client: string, server: string, value: number): Row {
  return { labels: { client, server, connection_type: '' }, value };
}

/** A Prometheus data source that answers a round of queries when it is told to, and remembers the rounds. */
export function fakePrometheus(answers: GraphAnswers, failing: readonly string[] = []) {
  const rounds: PromqlTarget[][] = [];
  let open = false;
  const source = {
    name: 'Prometheus',
    getRef: () => ({ uid: 'prom', type: 'prometheus' }),
    query: ({ targets }: DataQueryRequest<PromqlTarget>) =>
      new Observable<DataQueryResponse>((subscriber) => {
        if (!open) {
          open = true;
          rounds.push([]);
          setTimeout(() => (open = false));
        }
        rounds[rounds.length - 1].push(...targets);
        setTimeout(() => {
          const failed = targets.find(({ refId }) => failing.includes(refId));
          if (failed) {
            subscriber.error(new Error(`${failed.refId} is down`));
          } else {
            subscriber.next({ data: targets.flatMap(({ refId }) => frames(refId, answers[refId] ?? [])) });
            subscriber.complete();
          }
        });
      }),
  };
  const load: ServiceMapContext['loadDataSource'] = () => Promise.resolve(source);
  return { load, rounds, queries: () => rounds.flat() };
}

function frames(refId: string, rows: Row[]): DataFrame[] {
  return rows.map(({ labels, value }) =>
    createDataFrame({
      refId,
      fields: [
        { name: 'Time', type: FieldType.time, values: [0] },
        { name: 'Value', type: FieldType.number, values: [value], labels },
      ],
    })
  );
}
