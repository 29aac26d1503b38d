import { type AdHocVariableFilter } from '@grafana/data';
import { METRICS_DIALECTS } from '../../servicegraph/dialect';
import { type LabelMatcher, parseSelector } from '../../servicegraph/scope';
import { addAdHocSelectors, callSelectors } from './ad-hoc-selectors';

const [TEMPO] = METRICS_DIALECTS;
const text = (selectors: LabelMatcher[][]) =>
  selectors.map((matchers) => matchers.map(({ label, operator, value }) => `${label}${operator}${value}`).join(','));

it.each<[string, AdHocVariableFilter[], string[]]>([
  [
    'a service is the caller or the called one',
    [{ key: 'resource.service.name', operator: '=', value: 'cart' }],
    ['client=cart', 'server=cart'],
  ],
  [
    'an excluded service is neither',
    [{ key: '.service.name', operator: '!=', value: 'cart' }],
    ['client!=cart,server!=cart'],
  ],
  [
    'one of several services',
    [{ key: 'resource.service.name', operator: '=|', value: 'a.b', values: ['a.b', 'c'] }],
    ['client=~a\\.b|c', 'server=~a\\.b|c'],
  ],
  ['a label of the metrics itself', [{ key: 'client', operator: '=~', value: 'shop.*' }], ['client=~shop.*']],
  [
    'two filters at once',
    [
      { key: 'resource.service.namespace', operator: '=', value: 'shop' },
      { key: 'server', operator: '!=', value: 'cart' },
    ],
    ['client_service_namespace=shop,server!=cart', 'server_service_namespace=shop,server!=cart'],
  ],
])('%s', (_name, filters, expected) => {
  expect(text(addAdHocSelectors([], filters, TEMPO).selectors)).toEqual(expected);
});

it('narrows each alternative that the query has', () => {
  const { selectors } = addAdHocSelectors(
    [[{ label: 'client', operator: '=', value: 'a' }], [{ label: 'server', operator: '=', value: 'b' }]],
    [{ key: 'resource.service.name', operator: '!=', value: 'c' }],
    TEMPO
  );
  expect(text(selectors)).toEqual(['client=a,client!=c,server!=c', 'server=b,client!=c,server!=c']);
});

it('leaves out attributes that no metric has as a label, and names them', () => {
  const filters = [{ key: 'span.http.method', operator: '=', value: 'GET' }];
  expect(addAdHocSelectors([], filters, TEMPO)).toEqual({ selectors: [], ignored: ['span.http.method'] });
});

it.each<[selector: string, expected: string[], ignored: string[]]>([
  ['{service="cart"}', ['client=cart', 'server=cart'], []],
  ['{service!="cart", cluster="eu"}', ['client!=cart,server!=cart,cluster=eu'], []],
  ['{span_name="GET /", client="a"}', ['client=a'], ['span_name']],
  ['{span_name="GET /"}', [], ['span_name']],
])('%s, written for span metrics, selects calls', (selector, expected, ignored) => {
  const result = callSelectors([parseSelector(selector)], TEMPO);
  expect(text(result.selectors)).toEqual(expected);
  expect(result.ignored).toEqual(ignored);
});
