/** Callees that several label sets stand for: quantiles of these cannot be put together afterwards. */
import { type Steps } from '../trace/steps';
import { identityLabels, type MetricsDialect } from './dialect';
import { type PromqlRow } from './run-promql';

/**
 * @param requests one row for each label set of a call
 * @returns names of callees, sorted
 */
export function* severalLabelSetsSteps(requests: readonly PromqlRow[], dialect: MetricsDialect): Steps<string[]> {
  const { client, server, connectionType } = dialect.labels;
  const identity = identityLabels(dialect, 'server');
  const calls = new Set<string>();
  const first = new Map<string, string>();
  const several = new Set<string>();
  for (const { labels } of requests) {
    const name = labels[server] ?? '';
    const call = JSON.stringify([labels[client], name, labels[connectionType]]);
    const labelSet = JSON.stringify(identity.map((label) => labels[label] ?? ''));
    const known = first.get(name) ?? labelSet;
    if (calls.has(call) || known !== labelSet) {
      several.add(name);
    }
    calls.add(call);
    first.set(name, known);
    yield;
  }
  return [...several].sort();
}
