import { runSteps } from '../trace/steps';
import { DEFAULT_DIALECT, type MetricsDialect } from './dialect';
import { severalLabelSetsSteps } from './label-sets';

const { client, server, connectionType, serverNamespace, clientNamespace } = DEFAULT_DIALECT.labels;

function row([from, to, namespace = '', type = '', ofClient = '']: string[]) {
  const labels = { [client]: from, [server]: to, [serverNamespace]: namespace, [connectionType]: type };
  return { labels: { ...labels, [clientNamespace]: ofClient }, value: 1 };
}

describe('callees of several label sets', () => {
  it.each<[string, string[][], string[]]>([
    ['none', [], []],
    [
      'one for each',
      [
        ['a', 'b', 'shop'],
        ['b', 'c', 'shop'],
        ['a', 'c', 'shop'],
      ],
      [],
    ],
    [
      'a database whose namespace is known sometimes',
      [
        ['a', 'pg', '', 'database'],
        ['a', 'pg', 'shop', 'database'],
        ['a', 'b', 'shop'],
      ],
      ['pg'],
    ],
    [
      'a service of two callers that name it differently',
      [
        ['a', 'b', 'shop'],
        ['c', 'b', ''],
      ],
      ['b'],
    ],
    [
      'a caller that is known differently',
      [
        ['a', 'b', 'shop', '', 'shop'],
        ['a', 'b', 'shop', '', ''],
      ],
      ['b'],
    ],
  ])('%s', (_, calls, names) => {
    expect(runSteps(severalLabelSetsSteps(calls.map(row), DEFAULT_DIALECT))).toEqual(names);
  });

  it('knows further labels that tell services apart', () => {
    const dialect: MetricsDialect = { ...DEFAULT_DIALECT, identity: ['k8s_cluster_name'] };
    const rows = ['eu', 'us'].map((cluster) => {
      const { labels, value } = row(['a', 'b', 'shop']);
      return { labels: { ...labels, server_k8s_cluster_name: cluster }, value };
    });
    expect(runSteps(severalLabelSetsSteps(rows, dialect))).toEqual(['b']);
    expect(runSteps(severalLabelSetsSteps(rows.slice(1), dialect))).toEqual([]);
  });
});
