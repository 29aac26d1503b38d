import { layoutGraph } from './layout-graph';
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

  it('starts no worker for a small graph', async () => {
    const createWorker = jest.fn();
    await layoutRequester(createWorker).request(sampleGraph({ services: 10 }), SIZE);
    expect(createWorker).not.toHaveBeenCalled();
  });
});
