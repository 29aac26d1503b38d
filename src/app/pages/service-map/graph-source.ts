import { type TimeRange } from '@grafana/data';
import { sceneGraph, SceneObjectBase, type SceneObjectState, VariableDependencyConfig } from '@grafana/scenes';
import { VARIABLES } from '../../../constants';
import { DEFAULT_DIALECT, type MetricsDialect, TEMPO_SPAN_METRICS } from '../../../servicegraph/dialect';
import { namespacesOf } from '../../../servicegraph/focus';
import { type DialectRequest, knownDialects } from '../../../servicegraph/known-dialects';
import { KnownLabelSets } from '../../../servicegraph/known-label-sets';
import { type ServiceGraph } from '../../../servicegraph/model';
import { type ProbeResult } from '../../../servicegraph/probe';
import { queryNamespaces } from '../../../servicegraph/query-namespaces';
import { type PromqlQuery, type RunPromQL } from '../../../servicegraph/run-promql';
import { type GraphRefusedError, refusalOf } from '../../../servicegraph/refusal';
import { type GraphScope } from '../../../servicegraph/scope';
import { type EpochRange } from '../../../servicegraph/time-ranges';
import { linkContext } from '../../link-context';
import { metricNames } from '../../metric-names';
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
  /** The namespaces that `graph` is of, when it was asked for no others */
  namespaces?: readonly string[];
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

/** What is being asked */
interface Running {
  question: string;
  range: EpochRange;
  controller: AbortController;
}

type Answer = Pick<GraphSourceState, 'graph' | 'namespaces' | 'queries' | 'producer' | 'dialect' | 'sampled'>;

function epochRange({ from, to }: TimeRange) {
  return { from: from.valueOf(), to: to.valueOf() };
}

/** Where there are too many series to look at their names, part of a graph may still be had by the names that are usual. */
async function dialectOrGuess(request: DialectRequest): Promise<ProbeResult & { refused?: GraphRefusedError }> {
  try {
    return await knownDialects.get(request);
  } catch (error) {
    const refused = refusalOf(error);
    if (!refused) {
      throw error;
    }
    return { dialect: { ...DEFAULT_DIALECT, spanMetrics: TEMPO_SPAN_METRICS }, found: true, refused };
  }
}

/** Asks the page's metrics data source for the service graph, again with every change of time, data source or scope. */
export class GraphSource extends SceneObjectBase<GraphSourceState> {
  protected override _variableDependency = new VariableDependencyConfig(this, {
    variableNames: [VARIABLES.prometheus],
    onVariableUpdateCompleted: () => this.load(),
  });

  private running?: Running;
  private retry?: ReturnType<typeof setTimeout>;
  /** The answer for a range, as the list is asked for with every letter that is typed */
  private found?: { range: EpochRange; namespaces: Promise<string[]> };
  private readonly knownLabelSets = new KnownLabelSets();

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
        this.running?.controller.abort();
        this.running = undefined;
        clearTimeout(this.retry);
      };
    });
  }

  /** uid of the metrics data source; '' when there is none */
  get dataSourceUid(): string {
    const value = sceneGraph.lookupVariable(VARIABLES.prometheus, this)?.getValue();
    return typeof value === 'string' ? value : '';
  }

  /** Tells one question from another; a refresh asks the same of a newer window. */
  private question(): string {
    const { raw } = sceneGraph.getTimeRange(this).state.value;
    return JSON.stringify([this.dataSourceUid, raw, this.state.scope.state]);
  }

  /**
   * Asks at once, and no longer for anything else. A question that is being answered is left its time, however often it
   * is asked: pages may be refreshed faster than it is answered. It is asked once more after that.
   */
  load() {
    if (sceneGraph.hasVariableDependencyInLoadingState(this)) {
      return;
    }
    const question = this.question();
    if (this.running?.question === question) {
      return;
    }
    this.running?.controller.abort();
    clearTimeout(this.retry);
    const uid = this.dataSourceUid;
    const controller = new AbortController();
    const range = epochRange(sceneGraph.getTimeRange(this).state.value);
    this.running = { question, range, controller };
    this.setState({ loading: true });
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
          this.running = undefined;
          this.setState({
            ...answer,
            graphFrom,
            range,
            loading: false,
            lacksPercentiles: false,
            error: undefined,
            refused: answer.graph?.refused,
          });
          this.catchUp(range);
        }
      },
      (error: unknown) => {
        if (!controller.signal.aborted) {
          this.running = undefined;
          this.fail(error, uid);
          this.catchUp(range);
        }
      }
    );
  }

  /** Asks for the window that came up while that of `answered` was asked for. */
  private catchUp(answered: EpochRange) {
    const { from, to } = epochRange(sceneGraph.getTimeRange(this).state.value);
    if (from !== answered.from || to !== answered.to) {
      this.load();
    }
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
    const asking = { uid, runPromQL, range, override: metricNames(linkContext(this)), signal };
    const { dialect: known, found, refused } = await dialectOrGuess(asking);
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
    const answerOf = (graph: ServiceGraph, { namespaces }: GraphScope): Answer => ({
      graph,
      namespaces,
      queries: [...queries],
      producer: dialect.name,
      dialect,
      sampled: false,
    });
    const request = { runPromQL: remembering, dialect, range, focus, signal };
    const ask = async (wanted: GraphScope) => {
      const question = { uid, dialect, scope: wanted, focus, range };
      const asked = { ...request, scope: wanted, severalLabelSets: this.knownLabelSets.get(question) };
      const graph = await queryGraphInParts(asked, (early) => showEarly(answerOf(early, wanted)));
      this.knownLabelSets.keep(question, graph);
      return answerOf(graph, wanted);
    };
    const answer = await ask(scope);
    if (refused && answer.graph?.services.length === 0) {
      throw refused;
    }
    const isFound = scope.namespaces === undefined || answer.graph?.calls.length !== 0;
    // Series that tell no namespace at all cannot be asked for one: what is known of it is found in the whole graph.
    return isFound || (await queryNamespaces(request)).length > 0 ? answer : ask({ ...scope, namespaces: undefined });
  }

  /** All namespaces that the data source has services in, also where `graph` is of some of them only. */
  async allNamespaces(): Promise<string[]> {
    const { dialect, range, graph, namespaces } = this.state;
    if (!dialect || !range || !namespaces) {
      return graph ? namespacesOf(graph) : [];
    }
    if (this.found?.range !== range) {
      const runPromQL = promqlRunner(this.dataSourceUid, sceneGraph.getTimeRange(this).state.value);
      this.found = { range, namespaces: queryNamespaces({ runPromQL, dialect, range }) };
    }
    return this.found.namespaces;
  }

  /** A graph of some traces where nothing counts all of them. */
  private async withoutSeries(timeRange: TimeRange, signal: AbortSignal): Promise<Answer> {
    const sample = await sampledGraph(this, epochRange(timeRange), signal);
    const nothing = this.dataSourceUid === '' ? undefined : { services: [], calls: [], notices: [] };
    return {
      graph: sample ?? nothing,
      namespaces: undefined,
      queries: [],
      producer: undefined,
      dialect: undefined,
      sampled: sample !== undefined,
    };
  }
}
