import { createDataFrame, FieldType, type LinkModel, ThresholdsMode } from '@grafana/data';
import { graphOf, service } from '../../servicegraph/service-graph.fixture';
import { searchServices } from '../../views/service-map/search/search-services';
import { dataLinksOf } from './data-links';
import { fixedPlaces } from './fixed-places';
import { colorLimits, DEFAULT_THRESHOLDS } from './options';
import { searchText } from './search-text';

describe('thresholds of the field config', () => {
  const source = (values: Array<number | null>) => ({
    defaults: {
      thresholds: {
        mode: ThresholdsMode.Absolute,
        // A saved dashboard has null where the base's -Infinity was.
        steps: values.map((value) => ({ value: value as number, color: 'red' })),
      },
    },
    overrides: [],
  });

  it.each([
    ['errors', [-Infinity, 2, 10], [2, 10]],
    ['errors', [null, 10, 2, 30], [2, 10]],
    ['errors', [null, 3], [3, 3]],
    ['errors', [null], [1, 5]],
    ['latency', [null, 100, 300], [100, 300]],
  ] as const)('%s with steps %j', (colorBy, steps, limits) => {
    expect(colorLimits(colorBy, source([...steps]))).toEqual(limits);
  });

  it('are those of errors until somebody sets them, which say nothing of latency', () => {
    const untouched = { defaults: { thresholds: DEFAULT_THRESHOLDS }, overrides: [] };
    expect(colorLimits('errors', untouched)).toEqual([1, 5]);
    expect(colorLimits('latency', untouched)).toEqual([500, 1000]);
    expect(colorLimits('errors', { defaults: {}, overrides: [] })).toEqual([1, 5]);
  });
});

describe('variables in the search', () => {
  const graph = graphOf(['a.b', 'axb', 'say "hi"', 'c\\d'].map((name) => service(name)));
  const found = (search: string, value: string | string[]) => {
    const text = searchText(search, (target = '', _, format) =>
      target.replace('$service', typeof format === 'function' ? format(value, {}) : '')
    );
    return searchServices(graph, text).found.map(({ name }) => name);
  };

  it.each([
    ['name="$service"', 'a.b', ['a.b']],
    ['name="$service"', 'say "hi"', ['say "hi"']],
    ['name="$service"', 'c\\d', ['c\\d']],
    ['name=~"$service"', ['a.b', 'say "hi"'], ['a.b', 'say "hi"']],
    ['name=~"$service"', ['c\\d'], ['c\\d']],
  ])('%s with %j finds exactly those', (search, value, names) => {
    expect(found(search, value)).toEqual(names);
  });
});

describe('places of the data source', () => {
  const at = (id: string, x: number, y: number) => service(id, { place: { x, y } });
  const overlaps = (places: ReadonlyMap<string, { x: number; y: number }>) => {
    const list = [...places.values()];
    return list.some((a, index) =>
      list.slice(index + 1).some((b) => Math.abs(a.x - b.x) < 196 && Math.abs(a.y - b.y) < 58)
    );
  };

  it('are stretched until cards do not cover each other, and keep their order', () => {
    const services = [0, 1, 2, 3].flatMap((x) => [0, 1, 2].map((y) => at(`${x} ${y}`, x * 100, y * 120)));
    const places = fixedPlaces(graphOf(services));
    expect(places && overlaps(places)).toBe(false);
    expect(places?.get('3 0')?.x).toBeGreaterThan(places?.get('2 0')?.x ?? Infinity);
  });

  it('count only when every service has one, as in the node graph', () => {
    const services = [at('a', 0, 0), { ...at('b', 0, 0), place: undefined }];
    expect(fixedPlaces(graphOf(services))).toBeUndefined();
    expect(fixedPlaces(graphOf([]))).toBeUndefined();
  });
});

describe('data links', () => {
  const linked = (name: string, values: string[], titles: string[]) => ({
    name,
    type: FieldType.string,
    values,
    config: {},
    getLinks: ({ valueRowIndex = -1 }): LinkModel[] =>
      titles.map((title) => ({ title, href: `/${title}/${values[valueRowIndex]}`, target: '_self', origin: {} })),
  });

  function frameOf(fields: Array<ReturnType<typeof linked>>) {
    const frame = createDataFrame({ fields });
    frame.fields.forEach((field, index) => (field.getLinks = fields[index].getLinks));
    return frame;
  }

  const links = dataLinksOf([
    frameOf([linked('id', ['a', 'b'], ['runbook']), linked('title', ['A', 'B'], ['runbook', 'logs'])]),
    frameOf([linked('id', ['a to b'], ['call']), linked('source', ['a'], []), linked('target', ['b'], [])]),
  ]);

  it('are those of the row, each once', () => {
    expect(links({ kind: 'service', id: 'b' }).map(({ href }) => href)).toEqual(['/runbook/b', '/logs/B']);
    expect(links({ kind: 'call', id: 'a to b' }).map(({ title }) => title)).toEqual(['call']);
    expect(links({ kind: 'service', id: 'gone' })).toEqual([]);
  });
});
