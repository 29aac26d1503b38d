/** A service graph as Graphviz's DOT, https://graphviz.org/doc/info/lang.html */
import { type Service, type ServiceGraph, type ServiceKind } from '../model';
import { callLabel, groupByNamespace } from './labels';

const SHAPES: Record<ServiceKind, string> = {
  service: 'box',
  user: 'oval',
  database: 'cylinder',
  messaging: 'cds',
  external: 'component',
};

/** Backslashes begin escapes such as \N, so they are doubled; a line feed would end nothing but is drawn as one. */
function quoted(text: string): string {
  const escaped = text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\r?\n/g, '\\n');
  return `"${escaped}"`;
}

function node({ id, name, kind }: Service): string {
  return `${quoted(id)} [label=${quoted(name)}, shape=${SHAPES[kind]}];`;
}

export function toDot(graph: ServiceGraph): string {
  const { namespaces, others } = groupByNamespace(graph.services);
  const clusters = namespaces.flatMap(([namespace, services], index) => [
    `  subgraph cluster_${index} {`,
    `    label=${quoted(namespace)};`,
    ...services.map((service) => `    ${node(service)}`),
    '  }',
  ]);
  const edges = graph.calls.map(({ source, target, stats }) => {
    const label = callLabel(stats);
    return `  ${quoted(source)} -> ${quoted(target)}${label === '' ? '' : ` [label=${quoted(label)}]`};`;
  });
  return [
    'digraph services {',
    '  rankdir=LR;',
    ...clusters,
    ...others.map((service) => `  ${node(service)}`),
    ...edges,
    '}',
    '',
  ].join('\n');
}
