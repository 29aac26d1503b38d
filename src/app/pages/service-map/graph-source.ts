import { type TimeRange } from '@grafana/data';
import { sceneGraph, SceneObjectBase, type SceneObjectState, VariableDependencyConfig } from '@grafana/scenes';
import { VARIABLES } from '../../../constants';
import { type MetricsDialect } from '../../../servicegraph/dialect';
import { type ServiceGraph } from '../../../servicegraph/model';
import { probeDialect } from '../../../servicegraph/probe';
import { type GraphQuery, graphQueries, queryServiceGraph } from '../../../servicegraph/query';
import { RETRY_MS } from '../../retry';
import { promqlRunner } from '../../run-promql';

export interface GraphSourceState extends SceneObjectState {
  /** The last answer; stays while a newer is loading and when that fails. */
  graph?: ServiceGraph;
  /** uid of the data source that `graph` is from */
  graphFrom?: string;
  loading: boolean;
  error?: string;
  /** What was asked last */
  queries: GraphQuery[];
  /** Producer of the series; undefined when none was found */
  producer?: string;
}

interface KnownDialect {
  uid: string;
  dialect: MetricsDialect;
  /** ms since the Unix epoch */
  at: number;
}

/** A dialect is looked for again after this time, as producers are reconfigured. */
const DIALECT_AGE_MS = 5 * 60_000;

function epochRange({ from, to }: TimeRange) {
  return { from: from.valueOf(), to: to.valueOf() };
}

/** Asks the page's metrics data source for the service graph, again with every change of time or data source. */
export class GraphSource extends SceneObjectBase<GraphSourceState> {
  protected override _variableDependency = new VariableDependencyConfig(this, {
    variableNames: [VARIABLES.prometheus],
    onVariableUpdateCompleted: () => this.load(),
  });

  private running?: AbortController;
  private retry?: ReturnType<typeof setTimeout>;
  private known?: KnownDialect;

  constructor() {
    super({ loading: true, queries: [] });
    this.addActivationHandler(() => {
      const timeRange = sceneGraph.getTimeRange(this);
      this._subs.add(
        timeRange.subscribeToState((next, previous) => {
          if (next.value !== previous.value) {
            this.load();
          }
        })
      );
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
    if (uid === '') {
      this.setState({ loading: false, graph: undefined, error: undefined, queries: [] });
      return;
    }
    const controller = new AbortController();
    this.running = controller;
    this.setState({ loading: true });
    this.ask(uid, controller.signal).then(
      (answer) => {
        if (!controller.signal.aborted) {
          this.setState({ ...answer, graphFrom: uid, loading: false, error: undefined });
        }
      },
      (error: unknown) => {
        if (!controller.signal.aborted) {
          const message = error instanceof Error ? error.message : String(error);
          const graph = this.state.graphFrom === uid ? this.state.graph : undefined;
          this.setState({ loading: false, error: message, graph });
          this.retry = setTimeout(() => this.load(), RETRY_MS);
        }
      }
    );
  }

  private async ask(uid: string, signal: AbortSignal) {
    const timeRange = sceneGraph.getTimeRange(this).state.value;
    const range = epochRange(timeRange);
    const runPromQL = promqlRunner(uid, timeRange);
    const dialect = await this.dialectOf(uid, timeRange, signal);
    if (!dialect) {
      return { graph: { services: [], calls: [], notices: [] }, queries: [], producer: undefined };
    }
    const graph = await queryServiceGraph({ runPromQL, dialect, range, signal });
    return { graph, queries: graphQueries(dialect, range), producer: dialect.name };
  }

  /** @returns undefined when the data source has no series of a known name in the range */
  private async dialectOf(uid: string, range: TimeRange, signal: AbortSignal): Promise<MetricsDialect | undefined> {
    if (this.known?.uid === uid && Date.now() - this.known.at < DIALECT_AGE_MS) {
      return this.known.dialect;
    }
    const { dialect, found } = await probeDialect(promqlRunner(uid, range), epochRange(range), signal);
    this.known = found ? { uid, dialect, at: Date.now() } : undefined;
    return found || dialect.spanMetrics ? dialect : undefined;
  }
}
