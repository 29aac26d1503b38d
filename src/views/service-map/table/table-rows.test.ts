import { layoutGraph } from '../../../servicegraph/layout/layout-graph';
import { type ServiceGraph } from '../../../servicegraph/model';
import { call, service } from '../../../servicegraph/service-graph.fixture';
import { sortRows } from '../../shared/sort-rows';
import { kindNames } from '../kind-names';
import { mapModel } from '../model/map-model';
import { errorPaint } from '../drawing/paint-style';
import { callRows, type ColumnKey, detailLabels, serviceRows, type TableRow, valueIn } from './table-rows';

const GRAPH: ServiceGraph = {
  services: [
    service('b10', { stats: { rate: 1, errorRate: 0.5 } }),
    service('b9', { stats: { rate: 30, errorRate: 0, p95: 0.1 } }),
    service('a'),
    service('c', { stats: { rate: 5, errorRate: 0.1, p95: 2 } }),
  ],
  calls: ['b9', 'c'].map((target) => call('a', target, { rate: 2 })),
  notices: [],
};
const MODEL = mapModel(GRAPH, layoutGraph(GRAPH, { width: 800, height: 500 }), errorPaint);

function sorted(rows: readonly TableRow[], by: ColumnKey, descending: boolean): TableRow[] {
  return sortRows(rows, (row) => valueIn(row, by), { descending });
}

describe('the table of a map', () => {
  it.each<[ColumnKey, boolean, string[]]>([
    ['name', false, ['a', 'b9', 'b10', 'c']],
    ['rate', true, ['b9', 'c', 'b10', 'a']],
    ['rate', false, ['b10', 'c', 'b9', 'a']],
    ['errors', true, ['b10', 'c', 'b9', 'a']],
    ['p95', true, ['c', 'b9', 'b10', 'a']],
    ['callees', true, ['a', 'b10', 'b9', 'c']],
  ])('sorted by %s, descending %s: what has no number comes last', (by, descending, names) => {
    const rows = sorted(serviceRows(MODEL, kindNames(), undefined), by, descending);
    expect(rows.map(({ name }) => name)).toEqual(names);
  });

  it('has the statistics of other data sources as columns that can be sorted', () => {
    const [first, second] = serviceRows(MODEL, kindNames(), undefined);
    const rows = [
      { ...first, details: [{ label: 'Mood', text: 'calm 10' }] },
      { ...second, details: [] },
      {
        ...second,
        details: [
          { label: 'Mood', text: 'calm 9' },
          { label: 'Owner', text: 'Ann' },
        ],
      },
    ];
    expect(detailLabels(rows)).toEqual(['Mood', 'Owner']);
    const byMood = sorted(rows, 'detail:Mood', false);
    expect(byMood.map((row) => valueIn(row, 'detail:Mood'))).toEqual(['calm 9', 'calm 10', '']);
  });

  it('tells services of one name apart by what the data source does', () => {
    const services = ['eu', 'us'].map((cluster) =>
      service(cluster, { name: 'cart', namespace: 'shop', labels: { cluster } })
    );
    const graph = { services, calls: [], notices: [] };
    const model = mapModel(graph, layoutGraph(graph, { width: 800, height: 500 }), errorPaint);
    expect(serviceRows(model, kindNames(), undefined).map(({ name, other }) => [name, other])).toEqual([
      ['cart', 'Service · shop · eu'],
      ['cart', 'Service · shop · us'],
    ]);
  });

  it('shows what is found, and the calls of it', () => {
    const found = new Set(['c']);
    expect(serviceRows(MODEL, kindNames(), found).map(({ name }) => name)).toEqual(['c']);
    expect(callRows(MODEL, found).map(({ name, other }) => [name, other])).toEqual([['a', 'c']]);
    expect(serviceRows(MODEL, kindNames(), new Set())).toEqual([]);
  });
});
