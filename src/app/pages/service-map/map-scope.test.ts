import { filterProblem, graphScopeOf, isWholeGraph, MapScope, serverFocusOf } from './map-scope';

function fromUrl(url: Record<string, string | string[]>) {
  const scope = new MapScope();
  scope.updateFromUrl(url);
  return scope;
}

describe('the scope of a map in the URL', () => {
  it.each<[Record<string, string | string[]>]>([
    [{}],
    [{ 'map-top': '200', 'map-min-rate': '0.5' }],
    [{ 'map-around': '["shop","cart"]', 'map-hops': '3', 'map-direction': 'up' }],
    [{ 'map-filter': '{client="a b"}', 'map-by': ['k8s_cluster_name'], 'map-percentiles': 'off' }],
  ])('is kept: %j', (url) => {
    const written = Object.entries(fromUrl(url).getUrlState()).filter(([, value]) => value !== undefined);
    expect(Object.fromEntries(written)).toEqual(url);
  });

  it.each<[Record<string, string>]>([
    [{ 'map-top': 'many', 'map-min-rate': '-1', 'map-hops': 'far', 'map-direction': 'sideways' }],
    [{ 'map-top': '0', 'map-min-rate': 'NaN', 'map-around': '' }],
  ])('is the whole graph where it cannot be read: %j', (url) => {
    expect(isWholeGraph(fromUrl(url).state)).toBe(true);
    expect(graphScopeOf(fromUrl(url).state)).toEqual({ reduction: {} });
  });

  it('changes only where it is other than before', () => {
    const scope = fromUrl({ 'map-top': '7', 'map-filter': 'client="a"' });
    scope.updateFromUrl({ 'map-top': null });
    expect(scope.state).toMatchObject({ top: undefined, filter: 'client="a"' });
  });

  it('stays within its limits', () => {
    expect(fromUrl({ 'map-hops': '99', 'map-top': '1e99' }).state).toMatchObject({ hops: 3, top: 100_000 });
  });
});

describe('what is asked for', () => {
  it('is reduced by Prometheus', () => {
    const { state } = fromUrl({
      'map-top': '7',
      'map-min-rate': '2',
      'map-filter': 'client="a"',
      'map-percentiles': 'off',
    });
    expect(graphScopeOf(state)).toEqual({
      selectors: [[{ label: 'client', operator: '=', value: 'a' }]],
      reduction: { topCalls: 7, minRate: 2, percentiles: false },
    });
  });

  it('is around the service of that name and namespace', () => {
    expect(serverFocusOf(fromUrl({ 'map-around': '["shop","[x"]', 'map-hops': '2' }).state)).toEqual({
      service: '[x',
      namespace: 'shop',
      hops: 2,
      direction: 'both',
    });
    expect(serverFocusOf(fromUrl({ 'map-around': '[plain' }).state)?.service).toBe('[plain');
    expect(serverFocusOf(new MapScope().state)).toBeUndefined();
  });

  it('is of the namespaces, unless it is what is around a service', () => {
    expect(graphScopeOf({ ...new MapScope().state, namespaces: ['shop'] }).namespaces).toEqual(['shop']);
    expect(
      graphScopeOf({ ...new MapScope({ around: 'cart' }).state, namespaces: ['shop'] }).namespaces
    ).toBeUndefined();
    expect(graphScopeOf({ ...new MapScope().state, namespaces: [] }).namespaces).toBeUndefined();
  });

  it('says what is wrong with a filter', () => {
    expect(filterProblem('{client=a}')).toContain('quoted value');
    expect(filterProblem('')).toBeUndefined();
  });
});
