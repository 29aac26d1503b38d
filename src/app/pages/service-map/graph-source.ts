import { type TimeRange } from '@grafana/data';
import { sceneGraph, SceneObjectBase, type SceneObjectState, VariableDependencyConfig } from '@grafana/scenes';
import { VARIABLES } from '../../../constants';
import { type MetricsDialect } from '../../../servicegraph/dialect';
import { knownDialects } from '../../../servicegraph/known-dialects';
import { type ServiceGraph } from '../../../servicegraph/model';
import { type PromqlQuery, type RunPromQL } from '../../../servicegraph/run-promql';
import { type GraphRefusedError, refusalOf } from '../../../servicegraph/refusal';
import { dialectOverride } from '../../app-settings';
import { type EpochRange } from '../../../servicegraph/time-ranges';
import { RETRY_MS } from '../../retry';
import { promqlRunner } from '../../run-promql';
import { graphScopeOf, MapScope, serverFocusOf } from './map-scope';
import { queryGraphInParts } from './query-graph-in-parts';
import { sampledGraph } from './sampled-graph';

type SentQuery = Pick<PromqlQuery, 'refId' | 'expr'>;

export interface GraphSourceState extends SceneObjectState {
  scope: MapScope;
  /** The last answer; stays while a newer is loading and when that fails. */
  graph?: ServiceGraph;
  /** uid of the data source that `graph` is from, and what was asked of it: another layout for each */
  graphFrom?: string;
  /** What `graph` was measured over, ms since the Unix epoch */
  range?: EpochRange;
  loading: boolean;
  /** True while `graph` has all but its percentiles, which take much longer in large graphs. */
  lacksPercentiles?: boolean;
  error?: string;
  /** Set when a query was too large, with what makes it smaller: beside `error`, or beside a graph that lacks its numbers. */
  refused?: GraphRefusedError;
  /** What was asked last, hops first; `refId` is that of a `GraphQuery`, or of a hop */
  queries: SentQuery[];
  /** Producer of the series; undefined when none was found */
  producer?: string;
  /** What the series are called and which dimensions they have; undefined when none was found */
  dialect?: MetricsDialect;
  /** True when the graph was put together from some traces, as there are no series. */
  sampled: boolean;
}

type Answer = Pick<GraphSourceState, 'graph' | 'queries' | 'producer' | 'dialect' | 'sampled'>;

function epochRange({ from, to }: TimeRange) {
  return { from: from.valueOf(), to: to.valueOf() };
}

/** Asks the page's metrics data source for the service graph, again with every change of time, data source or scope. */
export class GraphSource extends SceneObjectBase<GraphSourceState> {
  protected override _variableDependency = new VariableDependencyConfig(this, {
    variableNames: [VARIABLES.prometheus],
    onVariableUpdateCompleted: () => this.load(),
  });

  private running?: AbortController;
  private retry?: ReturnType<typeof setTimeout>;

  constructor(scope = new MapScope()) {
    super({ loading: true, queries: [], sampled: false, scope });
    this.addActivationHandler(() => {
      const timeRange = sceneGraph.getTimeRange(this);
      this._subs.add(
        timeRange.subscribeToState((next, previous) => {
          if (next.value !== previous.value) {
            this.load();
          }
        })
      );
      this._subs.add(scope.subscribeToState(() => this.load()));
      this.load();
      return () => {
        this.running?.abort();
        clearTimeout(this.retry);
      };
    });
  }

  /** uid of the metrics data source; '' when there is none */
  get dataSourceUid(): string {
    const value = sceneGraph.lookupVariable(VARIABLES.prometheus, this)?.getValue();
    return typeof value === 'string' ? value : '';
  }

  load() {
    if (sceneGraph.hasVariableDependencyInLoadingState(this)) {
      return;
    }
    this.running?.abort();
    clearTimeout(this.retry);
    const uid = this.dataSourceUid;
    const controller = new AbortController();
    this.running = controller;
    this.setState({ loading: true });
    const range = epochRange(sceneGraph.getTimeRange(this).state.value);
    const graphFrom = JSON.stringify([uid, this.state.scope.getUrlState()]);
    const showEarly = (answer: Answer) => {
      // In place of the same graph it would take the percentiles away for a while.
      const isThere = this.state.graph !== undefined && this.state.graphFrom === graphFrom;
      if (!controller.signal.aborted && !(isThere && !this.state.lacksPercentiles)) {
        this.setState({ ...answer, graphFrom, range, lacksPercentiles: true, error: undefined, refused: undefined });
      }
    };
    this.ask(uid, controller.signal, showEarly).then(
      (answer) => {
        if (!controller.signal.aborted) {
          this.setState({
            ...answer,
            graphFrom,
            range,
            loading: false,
            lacksPercentiles: false,
            error: undefined,
            refused: answer.graph?.refused,
          });
        }
      },
      (error: unknown) => {
        if (!controller.signal.aborted) {
          this.fail(error, uid);
        }
      }
    );
  }

  private fail(error: unknown, uid: string) {
    const message = error instanceof Error ? error.message : String(error);
    const refused = refusalOf(error);
    const shownUid: unknown = JSON.parse(this.state.graphFrom ?? '[]')[0];
    this.setState({ loading: false, error: message, refused, graph: shownUid === uid ? this.state.graph : undefined });
    // The same question would be refused again.
    if (!refused) {
      this.retry = setTimeout(() => this.load(), RETRY_MS);
    }
  }

  /** @param showEarly gets the graph without percentiles when these let one wait */
  private async ask(uid: string, signal: AbortSignal, showEarly: (answer: Answer) => void): Promise<Answer> {
    const timeRange = sceneGraph.getTimeRange(this).state.value;
    const range = epochRange(timeRange);
    if (uid === '') {
      return { ...(await this.withoutSeries(timeRange, signal)), queries: [] };
    }
    const runPromQL = promqlRunner(uid, timeRange);
    const { dialect: known, found } = await knownDialects.get({
      uid,
      runPromQL,
      range,
      override: dialectOverride(),
      signal,
    });
    if (!found && !known.spanMetrics) {
      return this.withoutSeries(timeRange, signal);
    }
    const { scope: state } = this.state;
    const { identity } = state.state;
    const dialect = identity.length > 0 ? { ...known, identity } : known;
    const scope = graphScopeOf(state.state);
    const focus = serverFocusOf(state.state);
    const queries: SentQuery[] = [];
    const remembering: RunPromQL = (asked, asking) => {
      queries.push(...asked);
      return runPromQL(asked, asking);
    };
    const answerOf = (graph: ServiceGraph): Answer => ({
      graph,
      queries: [...queries],
      producer: dialect.name,
      dialect,
      sampled: false,
    });
    const request = { runPromQL: remembering, dialect, range, scope, focus, signal };
    return answerOf(await queryGraphInParts(request, (early) => showEarly(answerOf(early))));
  }

  /** A graph of some traces where nothing counts all of them. */
  private async withoutSeries(timeRange: TimeRange, signal: AbortSignal): Promise<Answer> {
    const sample = await sampledGraph(this, epochRange(timeRange), signal);
    const nothing = this.dataSourceUid === '' ? undefined : { services: [], calls: [], notices: [] };
    return {
      graph: sample ?? nothing,
      queries: [],
      producer: undefined,
      dialect: undefined,
      sampled: sample !== undefined,
    };
  }
}
