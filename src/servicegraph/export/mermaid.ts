/** A service graph as a Mermaid flowchart, https://mermaid.js.org/syntax/flowchart.html */
import { type Service, type ServiceGraph, type ServiceKind } from '../model';
import { callLabel, groupByNamespace } from './labels';

const SHAPES: Record<ServiceKind, [open: string, close: string]> = {
  service: ['[', ']'],
  user: ['([', '])'],
  database: ['[(', ')]'],
  messaging: ['>', ']'],
  external: ['{{', '}}'],
};

/** Mermaid reads entity codes with # in quoted text; "<" would be taken for HTML. */
function quoted(text: string): string {
  const escaped = text.replace(/[#"<>&\\`;]/g, (character) => `#${character.charCodeAt(0)};`).replace(/\s+/g, ' ');
  return `"${escaped}"`;
}

export function toMermaid(graph: ServiceGraph): string {
  // Names may hold anything, also words that Mermaid reserves, so nodes are numbered.
  const numbers = new Map(graph.services.map(({ id }, index) => [id, `s${index}`]));
  const node = ({ id, name, kind }: Service) => `${numbers.get(id)}${SHAPES[kind][0]}${quoted(name)}${SHAPES[kind][1]}`;
  const { namespaces, others } = groupByNamespace(graph.services);
  const subgraphs = namespaces.flatMap(([namespace, services], index) => [
    `  subgraph ns${index}[${quoted(namespace)}]`,
    ...services.map((service) => `    ${node(service)}`),
    '  end',
  ]);
  const edges = graph.calls.flatMap(({ source, target, stats }) => {
    const [from, to] = [numbers.get(source), numbers.get(target)];
    const label = callLabel(stats);
    return from && to ? [`  ${from} -->${label === '' ? '' : `|${quoted(label)}|`} ${to}`] : [];
  });
  return ['flowchart LR', ...subgraphs, ...others.map((service) => `  ${node(service)}`), ...edges, ''].join('\n');
}
