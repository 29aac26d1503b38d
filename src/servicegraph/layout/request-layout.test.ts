import { layoutGraph, layoutJob } from './layout-graph';
import { runLayoutTask } from './layout-task';
import { layoutRequester, WORKER_SERVICES } from './request-layout';
import { sampleGraph } from './sample-graph.fixture';

const SIZE = { width: 800, height: 600 };

describe('layoutRequester', () => {
  it('lays out on the page where workers are refused', async () => {
    const graph = sampleGraph({ services: WORKER_SERVICES });
    const requester = layoutRequester(() => {
      throw new Error('refused by the content security policy');
    });
    expect(await requester.request(graph, SIZE)).toEqual(layoutGraph(graph, SIZE));
  });

  it('lets the page go on while it lays out there', async () => {
    const graph = sampleGraph({ services: 1500, namespaces: 40 });
    const requester = layoutRequester(() => {
      throw new Error('refused by the content security policy');
    });
    let turns = 0;
    const timer = setInterval(() => turns++, 0);
    const layout = await requester.request(graph, SIZE);
    clearInterval(timer);
    expect(turns).toBeGreaterThan(2);
    expect(layout).toEqual(layoutGraph(graph, SIZE));
  });

  it('gives up a layout on the page when another is asked for', async () => {
    const requester = layoutRequester(() => {
      throw new Error('refused by the content security policy');
    });
    const overtaken = jest.fn();
    void requester.request(sampleGraph({ services: 1500, namespaces: 40 }), SIZE).then(overtaken);
    const graph = sampleGraph({ services: WORKER_SERVICES });
    expect((await requester.request(graph, SIZE)).serviceIds).toHaveLength(WORKER_SERVICES);
    expect(overtaken).not.toHaveBeenCalled();
  });

  it('starts no worker for a small graph', async () => {
    const createWorker = jest.fn();
    await layoutRequester(createWorker).request(sampleGraph({ services: 10 }), SIZE);
    expect(createWorker).not.toHaveBeenCalled();
  });
});

describe('a layout worker', () => {
  class FakeWorker {
    onmessage: ((event: { data: unknown }) => void) | null = null;
    onerror: ((event: { message: string }) => void) | null = null;
    terminated = false;
    sent: unknown[] = [];
    postMessage(message: unknown) {
      this.sent.push(message);
    }
    terminate() {
      this.terminated = true;
    }
  }

  function start() {
    const workers: FakeWorker[] = [];
    const create = jest.fn(() => {
      const worker = new FakeWorker();
      workers.push(worker);
      return worker;
    });
    // Only these members of Worker are used.
    const requester = layoutRequester(create as jest.Mock);
    return { workers, requester };
  }

  const graph = sampleGraph({ services: WORKER_SERVICES });

  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('is killed by a newer request', () => {
    const { workers, requester } = start();
    void requester.request(graph, SIZE);
    void requester.request(graph, SIZE);
    expect(workers.map(({ terminated }) => terminated)).toEqual([true, false]);
    requester.stop();
    expect(workers[1].terminated).toBe(true);
  });

  it('that has begun with a graph already goes on when that is requested', async () => {
    const { workers, requester } = start();
    const options = { ...SIZE };
    requester.begin(graph, options);
    requester.begin(graph, options);
    const layout = requester.request(graph, options);
    expect(workers.map(({ sent, terminated }) => [sent.length, terminated])).toEqual([[1, false]]);
    workers[0].onmessage?.({ data: runLayoutTask(layoutJob(graph, options).task) });
    expect(await layout).toEqual(layoutGraph(graph, options));
  });

  it('that has begun with a graph is killed when another is requested', () => {
    const { workers, requester } = start();
    requester.begin(graph, SIZE);
    void requester.request(sampleGraph({ services: WORKER_SERVICES, seed: 2 }), SIZE);
    expect(workers.map(({ terminated }) => terminated)).toEqual([true, false]);
  });

  it('that fails or keeps silent is replaced by the page', async () => {
    const failing = start();
    const afterFailure = failing.requester.request(graph, SIZE);
    failing.workers[0].onerror?.({ message: 'not found' });
    await jest.runAllTimersAsync();
    expect((await afterFailure).serviceIds).toHaveLength(WORKER_SERVICES);

    const silent = start();
    const afterSilence = silent.requester.request(graph, SIZE);
    await jest.advanceTimersByTimeAsync(60_000);
    expect((await afterSilence).serviceIds).toHaveLength(WORKER_SERVICES);
    expect(silent.workers[0].terminated).toBe(true);
  });
});
