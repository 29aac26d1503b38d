import { dateTime, type TimeRange } from '@grafana/data';
import { CustomVariable, EmbeddedScene, SceneTimeRange, SceneVariableSet } from '@grafana/scenes';
import { waitFor } from '@testing-library/react';
import { type PromqlQuery, type PromqlRow, type RunPromQL } from '../../../servicegraph/run-promql';
import { type GraphSource } from './graph-source';
import { ServiceMapObject } from './service-map-scene-object';

const mockRunner = jest.fn<RunPromQL, [uid: string, range: TimeRange]>();
jest.mock('../../run-promql', () => ({
  promqlRunner: (uid: string, range: TimeRange) => mockRunner(uid, range),
}));
jest.mock('../../../servicegraph/layout/create-worker', () => ({ createLayoutWorker: jest.fn() }));

const TOTAL = 'traces_service_graph_request_total';
const NAMES: PromqlRow[] = [TOTAL, 'traces_service_graph_request_server_seconds_count'].map((name) => ({
  labels: { __name__: name },
  value: 1,
}));

function answering(server: string, asked: PromqlQuery[] = []): RunPromQL {
  return async (queries) => {
    asked.push(...queries);
    const [{ refId }] = queries;
    const requests = [{ labels: { client: 'web', server }, value: 2 }];
    return { [refId]: refId === 'names' ? NAMES : refId === 'requests' ? requests : [] };
  };
}

function start(uid = 'prom-1') {
  const map = new ServiceMapObject();
  const timeRange = new SceneTimeRange({ from: '2026-11-21T10:00:00Z', to: '2026-11-21T11:00:00Z' });
  const variable = new CustomVariable({ name: 'prometheus', query: `${uid},prom-2`, value: uid, text: uid });
  const scene = new EmbeddedScene({
    $timeRange: timeRange,
    $variables: new SceneVariableSet({ variables: [variable] }),
    body: map,
  });
  const stops = [scene.activate(), map.activate()];
  return { map, source: map.state.source, timeRange, variable, stop: () => stops.reverse().forEach((stop) => stop()) };
}

const shown = (source: GraphSource) => source.state.graph?.services.map(({ name }) => name);

describe('GraphSource', () => {
  it('builds the graph from the chosen data source, and keeps the queries to be shown', async () => {
    const asked: PromqlQuery[] = [];
    mockRunner.mockReturnValue(answering('api', asked));
    const { source, stop } = start();
    await waitFor(() => expect(shown(source)).toEqual(['web', 'api']));
    expect(mockRunner).toHaveBeenCalledWith('prom-1', expect.anything());
    expect(asked.length).toBeLessThanOrEqual(7);
    expect(source.state.queries.map(({ refId }) => refId)).toContain('requests');
    expect(source.state.queries[0].expr).toContain('[3600s]');
    stop();
  });

  it('keeps the queries that were really sent for what is around a service, hop by hop', async () => {
    const asked: PromqlQuery[] = [];
    mockRunner.mockReturnValue(async (queries) => {
      asked.push(...queries);
      const [{ refId }] = queries;
      const isRate = refId === 'requests' || refId.startsWith('hop');
      const rows = isRate ? [{ labels: { client: 'web', server: 'api' }, value: 2 }] : [];
      return { [refId]: refId === 'names' ? NAMES : rows };
    });
    const { source, stop } = start();
    await waitFor(() => expect(shown(source)).toEqual(['web', 'api']));
    asked.length = 0;
    source.state.scope.setState({ around: 'api', direction: 'up' });
    await waitFor(() => expect(source.state.queries[0].refId).toBe('hop-0'));
    expect(source.state.queries.map(({ expr }) => expr)).toEqual(
      asked.filter(({ refId }) => refId !== 'names').map(({ expr }) => expr)
    );
    expect(source.state.queries.find(({ refId }) => refId === 'requests')?.expr).toContain('"web|api"');
    stop();
  });

  describe('chosen namespaces', () => {
    const call = (from: string, to: string): PromqlRow => ({
      labels: {
        client: 'web',
        server: `of-${to}`,
        ...(from ? { client_service_namespace: from, server_service_namespace: to } : {}),
      },
      value: 1,
    });

    /** Answers with the calls that the matchers ask for. */
    function inNamespaces(calls: PromqlRow[], asked: PromqlQuery[]): RunPromQL {
      return async (queries) => {
        asked.push(...queries);
        const [{ refId, expr }] = queries;
        const wanted = /client_service_namespace="(\w+)"/.exec(expr)?.[1];
        const rows = calls.filter(({ labels }) => !wanted || labels.server_service_namespace === wanted);
        return { [refId]: refId === 'names' ? NAMES : refId === 'requests' || refId === 'namespaces' ? rows : [] };
      };
    }

    it('reach the data source, while the choice still has all of them', async () => {
      const asked: PromqlQuery[] = [];
      mockRunner.mockReturnValue(inNamespaces([call('shop', 'shop'), call('bank', 'bank')], asked));
      const { map, source, stop } = start();
      await waitFor(() => expect(shown(source)).toHaveLength(4));
      asked.length = 0;
      map.showNamespaces(['shop']);
      await waitFor(() => expect(shown(source)).toEqual(['web', 'of-shop']));
      expect(asked.filter(({ refId }) => refId !== 'names').every(({ expr }) => expr.includes('shop"'))).toBe(true);
      expect(source.state.namespaces).toEqual(['shop']);
      expect(await source.allNamespaces()).toEqual(['bank', 'shop']);
      map.showNamespaces([]);
      await waitFor(() => expect(shown(source)).toHaveLength(4));
      expect(source.state.namespaces).toBeUndefined();
      stop();
    });

    it('are picked from the whole graph where the series tell none', async () => {
      mockRunner.mockReturnValue(inNamespaces([call('', 'bank')], []));
      const { map, source, stop } = start();
      await waitFor(() => expect(shown(source)).toEqual(['web', 'of-bank']));
      map.showNamespaces(['shop']);
      await waitFor(() => expect(source.state.loading).toBe(true));
      await waitFor(() => expect(source.state.loading).toBe(false));
      expect(shown(source)).toEqual(['web', 'of-bank']);
      expect(source.state.namespaces).toBeUndefined();
      stop();
    });
  });

  it('puts label sets together only of callees that have several, from the second answer on in one round', async () => {
    const asked: PromqlQuery[] = [];
    const calls = ['', 'shop'].map((server_service_namespace) => ({
      labels: { client: 'web', server: 'pg', server_service_namespace, connection_type: 'database' },
      value: 2,
    }));
    mockRunner.mockReturnValue(async (queries) => {
      asked.push(...queries);
      const [{ refId }] = queries;
      return { [refId]: refId === 'names' ? NAMES : refId === 'requests' ? calls : [] };
    });
    const { source, timeRange, stop } = start();
    const merging = async (times: number) => {
      const answered = () => asked.filter(({ refId }) => refId === 'serviceQuantiles');
      await waitFor(() => expect(answered()).toHaveLength(times));
      await waitFor(() => expect(source.state.loading).toBe(false));
      return answered()[times - 1].expr.replace(/^.*? or (?=.*latency_merged)/, '');
    };
    expect(await merging(1)).toContain('{server="pg"}');
    calls.pop();
    source.load();
    // What the answer before told, as this one's requests are not waited for.
    expect(await merging(2)).toContain('{server="pg"}');
    source.load();
    expect(await merging(3)).not.toContain('latency_merged');
    calls.push({ ...calls[0], labels: { ...calls[0].labels, server_service_namespace: 'ride' } });
    timeRange.setState({ from: '2026-11-21T10:30:00Z', value: { ...timeRange.state.value, from: dateTime(0) } });
    expect(await merging(4)).toContain('{server="pg"}');
    stop();
  });

  it('asks again when the time or the data source changes', async () => {
    mockRunner.mockReturnValue(answering('api'));
    const { source, timeRange, variable, stop } = start();
    await waitFor(() => expect(shown(source)).toEqual(['web', 'api']));
    mockRunner.mockReturnValue(answering('later'));
    timeRange.setState({
      value: { from: dateTime(0), to: dateTime(60_000), raw: { from: dateTime(0), to: dateTime(60_000) } },
    });
    await waitFor(() => expect(shown(source)).toEqual(['web', 'later']));
    mockRunner.mockReturnValue(answering('elsewhere'));
    variable.changeValueTo('prom-2', 'prom-2');
    await waitFor(() => expect(shown(source)).toEqual(['web', 'elsewhere']));
    expect(mockRunner).toHaveBeenLastCalledWith('prom-2', expect.anything());
    stop();
  });

  describe('a refresh while the data source has not answered', () => {
    const minute = (count: number): TimeRange => {
      const [from, to] = [dateTime(count * 60_000), dateTime((count + 60) * 60_000)];
      return { from, to, raw: { from: 'now-1h', to: 'now' } };
    };

    /** Answers to the requests, in the order in which they were asked for, when they are told to */
    function slow() {
      const waiting: Array<{ uid: string; minute: number; signal: AbortSignal; answer: (server: string) => void }> = [];
      mockRunner.mockImplementation((uid, range) => async ([{ refId }], signal) => {
        if (refId !== 'requests') {
          return { [refId]: refId === 'names' ? NAMES : [] };
        }
        const server = await new Promise<string>((answer) =>
          waiting.push({ uid, minute: range.from.valueOf() / 60_000, signal, answer })
        );
        if (server === '') {
          throw new Error('gone');
        }
        return { [refId]: [{ labels: { client: 'web', server }, value: 2 }] };
      });
      return waiting;
    }

    async function startSlow() {
      const waiting = slow();
      const started = start();
      started.timeRange.setState({ from: 'now-1h', to: 'now', value: minute(0) });
      await waitFor(() => expect(waiting.at(-1)?.minute).toBe(0));
      const first = waiting.length - 1;
      return { ...started, waiting, first };
    }

    it('leaves it its time, and asks for the newest window once it has', async () => {
      const { source, timeRange, waiting, first, stop } = await startSlow();
      timeRange.setState({ value: minute(1) });
      timeRange.setState({ value: minute(2) });
      expect(waiting).toHaveLength(first + 1);
      expect(waiting[first].signal.aborted).toBe(false);
      waiting[first].answer('api');
      await waitFor(() => expect(shown(source)).toEqual(['web', 'api']));
      expect(source.state.range?.from).toBe(0);
      await waitFor(() => expect(waiting).toHaveLength(first + 2));
      expect(waiting[first + 1].minute).toBe(2);
      waiting[first + 1].answer('newer');
      await waitFor(() => expect(shown(source)).toEqual(['web', 'newer']));
      expect(source.state.loading).toBe(false);
      expect(waiting).toHaveLength(first + 2);
      stop();
    });

    it('asks for the newest window also after a failure', async () => {
      const { source, timeRange, waiting, first, stop } = await startSlow();
      timeRange.setState({ value: minute(1) });
      waiting[first].answer('');
      await waitFor(() => expect(waiting).toHaveLength(first + 2));
      expect(waiting[first + 1].minute).toBe(1);
      waiting[first + 1].answer('back');
      await waitFor(() => expect(shown(source)).toEqual(['web', 'back']));
      expect(source.state.error).toBeUndefined();
      stop();
    });

    it.each<[string, (started: ReturnType<typeof start>) => void]>([
      [
        'another range',
        ({ timeRange }) => timeRange.setState({ value: { ...minute(1), raw: { from: 'now-2h', to: 'now' } } }),
      ],
      ['other calls', ({ source }) => source.state.scope.setState({ top: 5 })],
      ['another data source', ({ variable }) => variable.changeValueTo('prom-2', 'prom-2')],
    ])('is cancelled at once by another question: %s', async (_, ask) => {
      const { waiting, first, ...started } = await startSlow();
      started.timeRange.setState({ value: minute(1) });
      ask(started);
      await waitFor(() => expect(waiting).toHaveLength(first + 2));
      expect(waiting[first].signal.aborted).toBe(true);
      waiting[first].answer('old');
      waiting[first + 1].answer('api');
      await waitFor(() => expect(shown(started.source)).toEqual(['web', 'api']));
      expect(waiting).toHaveLength(first + 2);
      started.stop();
    });

    it('is over when the page is left', async () => {
      const { timeRange, waiting, first, stop } = await startSlow();
      timeRange.setState({ value: minute(1) });
      stop();
      expect(waiting[first].signal.aborted).toBe(true);
      waiting[first].answer('api');
      await Promise.resolve();
      expect(waiting).toHaveLength(first + 1);
    });
  });

  it('keeps the last graph when the next answer is an error, and recovers', async () => {
    mockRunner.mockReturnValue(answering('api'));
    const { source, stop } = start();
    await waitFor(() => expect(shown(source)).toEqual(['web', 'api']));
    mockRunner.mockReturnValue(() => Promise.reject(new Error('connection refused')));
    source.load();
    await waitFor(() => expect(source.state.error).toBe('connection refused'));
    expect(shown(source)).toEqual(['web', 'api']);
    mockRunner.mockReturnValue(answering('back'));
    source.load();
    await waitFor(() => expect(shown(source)).toEqual(['web', 'back']));
    expect(source.state.error).toBeUndefined();
    stop();
  });

  it.each([
    ['a graph by the usual names is shown', 'api', ['web', 'api'], undefined],
    ['where there is none the refusal is told', undefined, undefined, 'query processing would load too many samples'],
  ])('where there are too many series to look at their names: %s', async (_, server, services, error) => {
    mockRunner.mockReturnValue(async (queries, signal) => {
      if (queries[0].refId === 'names') {
        throw new Error('query processing would load too many samples');
      }
      return server ? answering(server)(queries, signal) : { [queries[0].refId]: [] };
    });
    // What is known of a data source is remembered by its uid.
    const { source, stop } = start('prom-of-many-series');
    await waitFor(() => expect(source.state.loading).toBe(false));
    expect({ services: shown(source), error: source.state.error }).toEqual({ services, error });
    expect(source.state.refused?.reason).toBe(error && 'too-many-samples');
    stop();
  });

  it('shows an empty graph where no such series exist', async () => {
    mockRunner.mockReturnValue(async ([{ refId }]) => ({ [refId]: [] }));
    const { source, stop } = start();
    await waitFor(() => expect(source.state.loading).toBe(false));
    expect(shown(source)).toEqual([]);
    stop();
  });
});

describe('the URL of the map', () => {
  it.each([
    [{}, { selected: undefined, call: undefined, focus: undefined, hops: undefined, 'var-namespace': undefined }],
    [
      { selected: '["ns","a"]', focus: 'a', hops: '2' },
      { selected: '["ns","a"]', focus: 'a', hops: '2' },
    ],
    [
      { call: '["a","b"]', 'var-namespace': 'x' },
      { call: '["a","b"]', 'var-namespace': ['x'] },
    ],
    [{ focus: 'a', hops: '99' }, { hops: '4' }],
    [{ focus: 'a', hops: 'many' }, { hops: '1' }],
    [{}, { group: undefined, folded: undefined, more: undefined }],
    [
      { group: 'namespace', folded: 'all.1a2b3c4', more: '0zzzzzz' },
      { group: 'namespace', folded: 'all.1a2b3c4', more: '0zzzzzz' },
    ],
    [
      { folded: ['a', 'b'], more: '' },
      { folded: undefined, more: undefined },
    ],
  ])('%j', (url, state) => {
    const map = new ServiceMapObject();
    map.updateFromUrl(url);
    expect(map.getUrlState()).toMatchObject(state);
  });

  it('changes only what is other than before, as when one goes back', () => {
    const map = new ServiceMapObject();
    map.updateFromUrl({ group: 'cluster', folded: '1a2b3c4', find: 'cart', selected: 'a', places: 'x.1.1' });
    map.updateFromUrl({ folded: null });
    const kept = { group: 'cluster', find: 'cart', selected: 'a', places: 'x.1.1' };
    expect(map.getUrlState()).toMatchObject({ ...kept, folded: undefined });
    map.updateFromUrl({ selected: null, call: '["a","b"]' });
    expect(map.getUrlState()).toMatchObject({ ...kept, selected: undefined, call: '["a","b"]' });
  });

  it('has what is folded up and what makes groups, as steps to go back by', () => {
    const page = new ServiceMapObject();
    const isStep = () => page.urlSync?.shouldCreateHistoryStep?.(page.getUrlState());
    const steps: unknown[] = [];
    page.subscribeToState(() => steps.push(isStep()));
    page.fold({ folded: '1a2b3c4' }, true);
    page.fold({ folded: '1a2b3c4', more: '0zzzzzz' }, false);
    page.groupBy('cluster');
    expect(page.getUrlState()).toMatchObject({ folded: '1a2b3c4', more: '0zzzzzz', group: 'cluster' });
    expect(steps).toEqual([true, false, true]);
  });
});
