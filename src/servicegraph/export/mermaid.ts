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

/** Calls that Mermaid draws unless its configuration says otherwise (`maxEdges`), which a diagram must not raise itself */
export const MERMAID_CALLS = 500;
/** The same of characters (`maxTextSize`) */
const MERMAID_CHARACTERS = 50_000;

/** What has to be configured to see a large diagram, as a comment that stays with the file */
function limitsNeeded(calls: number, text: string): string {
  return calls > MERMAID_CALLS || text.length > MERMAID_CHARACTERS
    ? `%% Needs mermaid.initialize({ maxEdges: ${Math.max(calls, MERMAID_CALLS)}, maxTextSize: ${2 * Math.max(text.length, MERMAID_CHARACTERS)} })\n`
    : '';
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
  const text = ['flowchart LR', ...subgraphs, ...others.map((service) => `  ${node(service)}`), ...edges, ''].join(
    '\n'
  );
  return limitsNeeded(edges.length, text) + text;
}
