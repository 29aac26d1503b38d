import { groupingOf } from './group-by';
import { service } from './service-graph.fixture';

const graph = {
  services: [service('cart', { labels: { cluster: 'eu' } }), service('user')],
  calls: [],
  notices: [],
};

describe('what makes the groups', () => {
  it.each([
    ['a label that some have', 'cluster', 'cluster'],
    ['a label that none has: as without a choice', 'region', undefined],
    ['the namespace where there is none', 'namespace', undefined],
    ['nothing', 'none', 'none'],
    ['who calls whom', 'calls', 'calls'],
    ['no choice', undefined, undefined],
  ])('%s', (_, groupBy, grouping) => {
    expect(groupingOf(graph, groupBy)).toBe(grouping);
  });
});
