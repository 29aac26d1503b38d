/** What some services do: their busiest operations and those that fail most, from span metrics, for all of them together. */
import { measured, sum, toSeconds } from './call-drafts';
import { type MetricsDialect, spanLabels, type SpanMetricNames } from './dialect';
import { UNNAMED } from './ends';
import { type Service } from './model';
import { hasOperations, type Operation } from './operations';
import { anyOf, labelList, matching, selector, sumBy } from './promql-text';
import { rangeSeconds } from './query';
import { type PromqlRow, type RunPromQL } from './run-promql';
import { type LabelMatcher } from './scope';
import { settleRound } from './settle';
import { type EpochRange } from './time-ranges';

/** Operations of a service that are asked for; of those that fail as many as are busy would hide what it mostly does. */
const MOST = { busiest: 4, failing: 2 } as const;
const P95 = 0.95;
const FAILED_STATUS = 'STATUS_CODE_ERROR';
const INCOMING_KINDS = 'SPAN_KIND_SERVER|SPAN_KIND_CONSUMER';

export interface OperationQueries {
  /** req/s of each chosen operation by status */
  counts: string;
  /** p95 of each chosen operation in the dialect's unit */
  p95: string;
}

/**
 * PromQL that answers with a few operations of each service: nobody reads the thousands that a service with ids in its span
 * names has. Recorded rates are not used, as the rules leave operations out.
 * @param window s; what rates are taken over
 * @returns undefined for a dialect without span metrics
 */
export function operationQueries(
  dialect: MetricsDialect,
  services: readonly Service[],
  window: number
): OperationQueries | undefined {
  const { spanMetrics: names, identity = [] } = dialect;
  if (!names) {
    return undefined;
  }
  const { kind, operation, status } = spanLabels(names);
  const service = [names.serviceLabel, names.namespaceLabel, ...identity];
  const each = [...service, operation];
  const wanted = [...new Set(services.map(({ name }) => (name === UNNAMED ? '' : name)))];
  const requests: LabelMatcher[] = [
    anyOf(names.serviceLabel, wanted),
    { label: kind, operator: '=~', value: INCOMING_KINDS },
  ];
  const failed: LabelMatcher = { label: status, operator: '=', value: FAILED_STATUS };
  const rate = (by: readonly string[], metric: string, matchers: readonly LabelMatcher[]) =>
    sumBy(by, `rate(${selector(metric, matchers)}[${window}s])`);
  const highest = (count: number, rates: string) => `topk by (${labelList(service)}) (${count}, ${rates})`;
  const chosen = [
    highest(MOST.busiest, rate(each, names.calls, requests)),
    highest(MOST.failing, `${rate(each, names.calls, [...requests, failed])} > 0`),
  ].join(' or ');
  // As everywhere else for span metrics: classic buckets wherever they are.
  const isNative = (names.histogram ?? dialect.histogram) === 'native';
  const histogram = isNative
    ? rate(each, names.latency, requests)
    : rate([...each, 'le'], `${names.latency}_bucket`, requests);
  return {
    counts: matching('and', rate([...each, status], names.calls, requests), each, chosen),
    p95: `histogram_quantile(${P95}, ${matching('and', histogram, each, chosen)})`,
  };
}

/** Finds the service that a series is of; a series may lack the namespace or a dimension of it, or know more of it. */
class Owners {
  private readonly byName = new Map<string, Service[]>();
  private readonly labels: ReadonlyArray<readonly [label: string, valueOf: (service: Service) => string | undefined]>;

  constructor(
    services: readonly Service[],
    private readonly names: SpanMetricNames,
    identity: readonly string[]
  ) {
    for (const service of services.filter(hasOperations)) {
      this.byName.set(service.name, [...(this.byName.get(service.name) ?? []), service]);
    }
    this.labels = [
      [names.namespaceLabel, ({ namespace }) => namespace],
      ...identity.map((label) => [label, ({ labels }: Service) => labels?.[label]] as const),
    ];
  }

  of(series: Record<string, string>): Service | undefined {
    const namesakes = this.byName.get(series[this.names.serviceLabel] || UNNAMED) ?? [];
    const agreement = (service: Service): number =>
      this.labels.reduce((agreed, [label, valueOf]) => {
        const [own, told] = [valueOf(service) ?? '', series[label] ?? ''];
        return own === told ? agreed + 1 : own === '' || told === '' ? agreed : -Infinity;
      }, 0);
    const most = Math.max(...namesakes.map(agreement));
    const best = most >= 0 ? namesakes.filter((service) => agreement(service) === most) : [];
    // Of several that it could be none is the right one for sure.
    return best.length === 1 ? best[0] : undefined;
  }
}

/** The busiest first; one of the few that fail most is never left out for a busier one. */
export function chooseOperations(operations: readonly Operation[]): Operation[] {
  const by = (key: 'rate' | 'errorRate') => (a: Operation, b: Operation) =>
    (b.stats[key] ?? -1) - (a.stats[key] ?? -1) || (a.name < b.name ? -1 : 1);
  const failing = operations.filter(({ stats }) => stats.errorRate).sort(by('errorRate'));
  const chosen = new Set(failing.slice(0, MOST.failing));
  for (const operation of [...operations].sort(by('rate'))) {
    if (chosen.size < MOST.busiest) {
      chosen.add(operation);
    }
  }
  return [...chosen].sort(by('rate'));
}

export interface OperationRows {
  counts: readonly PromqlRow[];
  p95?: readonly PromqlRow[];
}

/**
 * @param asked services that the rows were asked for
 * @param known all services there are, as a series without namespace could be of any of one name
 * @returns operations by Service.id; an empty list for a service without requests in span metrics
 */
export function readOperations(
  dialect: MetricsDialect,
  { counts, p95 = [] }: OperationRows,
  asked: readonly Service[],
  known: readonly Service[] = asked
): Map<string, Operation[]> {
  const { spanMetrics: names, identity = [] } = dialect;
  const found = new Map(asked.map(({ id }): [string, Map<string, Operation>] => [id, new Map()]));
  if (!names) {
    return new Map();
  }
  const label = spanLabels(names);
  const owners = new Owners(known, names, identity);
  const operationsOf = (labels: Record<string, string>) => found.get(owners.of(labels)?.id ?? '');
  for (const { labels, value } of counts) {
    const operations = operationsOf(labels);
    const rate = measured(value);
    const name = labels[label.operation] ?? '';
    if (operations && rate !== undefined) {
      const stats = operations.get(name)?.stats ?? {};
      const failed = labels[label.status] === FAILED_STATUS ? rate : 0;
      operations.set(name, {
        name,
        stats: { rate: sum(stats.rate, rate), errorRate: sum(stats.errorRate, failed) },
      });
    }
  }
  const several = new Set<Operation>();
  for (const { labels, value } of p95) {
    const operation = operationsOf(labels)?.get(labels[label.operation] ?? '');
    const latency = measured(value);
    if (operation && latency !== undefined) {
      // Quantiles cannot be added up: of several series none is that of all requests.
      operation.stats.p95 =
        operation.stats.p95 === undefined && !several.has(operation) ? toSeconds(latency, names.unit) : undefined;
      several.add(operation);
    }
  }
  return new Map([...found].map(([id, operations]) => [id, chooseOperations([...operations.values()].filter(isSeen))]));
}

function isSeen({ stats }: Operation): boolean {
  return (stats.rate ?? 0) > 0;
}

export interface OperationsRequest {
  runPromQL: RunPromQL;
  dialect: MetricsDialect;
  /** `runPromQL` answers at `to` */
  range: EpochRange;
  /** Those that are wanted; see `operationsBatch` for how many */
  services: readonly Service[];
  /** All services there are */
  known: readonly Service[];
  signal: AbortSignal;
}

/** Two queries. @throws the error of the one that counts; latencies are left out where the other fails */
export async function queryOperations(request: OperationsRequest): Promise<Map<string, Operation[]>> {
  const { runPromQL, dialect, range, services, known, signal } = request;
  const expressions = operationQueries(dialect, services, rangeSeconds(range));
  if (!expressions) {
    return new Map();
  }
  const { answers } = await settleRound(
    [
      { refId: 'counts' as const, expr: expressions.counts },
      { refId: 'p95' as const, expr: expressions.p95, loss: 'Latencies of operations' },
    ],
    async ({ refId, expr }): Promise<PromqlRow[]> =>
      (await runPromQL([{ refId, expr, instant: true }], signal))[refId] ?? [],
    signal
  );
  return readOperations(dialect, { counts: answers.counts ?? [], p95: answers.p95 }, services, known);
}
