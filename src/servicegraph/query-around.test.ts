import { parser } from '@prometheus-io/lezer-promql';
import { DEFAULT_DIALECT } from './dialect';
import { queryGraphAround } from './query-around';
import { type PromqlRow, type RunPromQL } from './run-promql';
import { type ServerFocus } from './scope';

const RANGE = { from: 0, to: 3_600_000 };
/** a > b > c > d > e, with x calling c and c calling y */
const CALLS = ['a>b', 'b>c', 'c>d', 'd>e', 'x>c', 'c>y', 'e>z'];

interface Asked {
  expr: string;
  refId: string;
}

/** Answers the selectors `client=~`, `client=` and the like of the request counter. */
function prometheus(asked: Asked[], calls = CALLS): RunPromQL {
  return async ([{ refId, expr }]) => {
    asked.push({ refId, expr });
    const wanted = (label: string) => {
      const match = new RegExp(`[{ ]${label}(=~?)"([^"]*)"`).exec(expr);
      return (name: string) => !match || new RegExp(`^(?:${match[2].replace(/\\\\/g, '\\')})$`).test(name);
    };
    const [client, server] = [wanted('client'), wanted('server')];
    const rows = calls
      .map((call) => call.split('>'))
      .filter((ends) => client(ends[0]) && server(ends[1]))
      .map((ends): PromqlRow => ({ labels: { client: ends[0], server: ends[1] }, value: 2 }));
    return { [refId]: refId === 'requests' || refId.startsWith('hop') ? rows : [] };
  };
}

async function around(focus: Partial<ServerFocus>, asked: Asked[] = []) {
  const graph = await queryGraphAround({
    runPromQL: prometheus(asked),
    dialect: DEFAULT_DIALECT,
    range: RANGE,
    focus: { service: 'c', hops: 1, direction: 'both', ...focus },
  });
  return graph.services.map(({ name }) => name).sort();
}

describe('the graph around a service', () => {
  it.each<[Partial<ServerFocus>, string]>([
    [{}, 'b c d x y'],
    [{ hops: 2 }, 'a b c d e x y'],
    [{ hops: 3 }, 'a b c d e x y z'],
    [{ hops: 9 }, 'a b c d e x y z'],
    [{ direction: 'up' }, 'b c x'],
    [{ direction: 'up', hops: 2 }, 'a b c x'],
    [{ direction: 'down' }, 'c d y'],
    [{ direction: 'down', hops: 2 }, 'c d e y'],
    [{ service: 'nobody' }, ''],
  ])('%j', async (focus, names) => {
    expect((await around(focus)).join(' ')).toBe(names);
  });

  it('takes one round a hop and one for the numbers', async () => {
    const asked: Asked[] = [];
    await around({ hops: 2 }, asked);
    expect(asked.filter(({ refId }) => refId.startsWith('hop'))).toHaveLength(4);
    expect(asked.filter(({ refId }) => !refId.startsWith('hop')).length).toBeLessThanOrEqual(6);
    for (const { expr } of asked) {
      parser.parse(expr).iterate({ enter: ({ type }) => expect(type.isError).toBe(false) });
    }
  });

  it('reads only the series of services that were found', async () => {
    const asked: Asked[] = [];
    await around({}, asked);
    const { expr = '' } = asked.find(({ refId }) => refId === 'callQuantiles') ?? {};
    expect(/client=~"([^"]*)"/.exec(expr)?.[1].split('|').sort()).toEqual(['b', 'c', 'd', 'x', 'y']);
    expect(asked.every(({ expr }) => /client=|server=/.test(expr))).toBe(true);
  });

  it('asks nothing more for a service without calls', async () => {
    const asked: Asked[] = [];
    await around({ service: 'nobody', hops: 3 }, asked);
    expect(asked).toHaveLength(2);
  });

  it('ends in a cycle and in self calls', async () => {
    const graph = await queryGraphAround({
      runPromQL: prometheus([], ['a>a', 'a>b', 'b>a']),
      dialect: DEFAULT_DIALECT,
      range: RANGE,
      focus: { service: 'a', hops: 3, direction: 'both' },
    });
    expect(graph.services.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(graph.calls).toHaveLength(3);
  });

  it('keeps the nearest where there are too many, and says so', async () => {
    const graph = await queryGraphAround({
      runPromQL: prometheus(
        [],
        Array.from({ length: 500 }, (_, index) => `hub>s${index}`)
      ),
      dialect: DEFAULT_DIALECT,
      range: RANGE,
      focus: { service: 'hub', hops: 1, direction: 'down' },
    });
    expect(graph.services).toHaveLength(300);
    expect(graph.notices.at(-1)).toBe('201 services further away are not shown');
  });
});
