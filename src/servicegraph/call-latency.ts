/** What the label sets of one call say of its latency together. */
import { type CallDraft, type Means, type Part, type Quantiles } from './call-drafts';
import { type RequestStats, VIRTUAL_USER } from './model';
import { type LatencySide } from './promql';

/** The label sets that a call's latency is made of: one that nobody used has no part in it. */
function busyParts(parts: readonly Part[]): readonly Part[] {
  return parts.length === 1 ? parts : parts.filter(({ rate }) => rate !== 0);
}

/** Means of several label sets are weighted by their rates; undefined as soon as one has none. */
function weighted(parts: readonly Part[], mean: (part: Part) => number | undefined): number | undefined {
  const busy = busyParts(parts);
  if (busy.length < 2) {
    return busy.length === 1 ? mean(busy[0]) : undefined;
  }
  const total = busy.reduce((all, { rate }) => all + (rate ?? NaN), 0);
  const result = busy.reduce((all, part) => all + (mean(part) ?? NaN) * (part.rate ?? NaN), 0) / total;
  return Number.isFinite(result) ? result : undefined;
}

/** What each end has as the mean over all label sets of a call. */
export function meansOfSides({ parts }: CallDraft): Means {
  return parts.length === 1
    ? parts[0].means
    : { client: weighted(parts, ({ means }) => means.client), server: weighted(parts, ({ means }) => means.server) };
}

/** The call's latency, of each label set by the end that measured it. Quantiles cannot be put together. */
export function latencyOfCall(draft: CallDraft): RequestStats {
  const { parts } = draft;
  const mean = weighted(parts, ({ means }) => means[latencySide(draft, means)]);
  const quantiles = mean === 0 ? undefined : quantilesOver(draft);
  return mean === undefined ? { ...quantiles } : { mean, ...quantiles };
}

function quantilesOver({ parts, pair, connectionType }: CallDraft): Quantiles | undefined {
  const busy = busyParts(parts);
  if (busy.length < 2) {
    return busy[0]?.quantiles;
  }
  const isOfOneCall = pair.parts.every(
    ({ draft, rate }) => draft.parts === parts || draft.connectionType !== connectionType || rate === 0
  );
  return isOfOneCall ? pair.merged?.get(connectionType) : undefined;
}

/**
 * The end whose latency counts. The server's view where there is one; the end that sends no spans
 * gets an observation of 0 for each request, so a mean of exactly 0 beside a positive one is no measurement.
 */
function latencySide(
  { virtualEnd, connectionType, source }: Pick<CallDraft, 'virtualEnd' | 'connectionType' | 'source'>,
  { client, server }: Means
): LatencySide {
  if (virtualEnd) {
    return virtualEnd === 'server' ? 'client' : 'server';
  }
  if (connectionType === 'virtual_node' && source.name === VIRTUAL_USER) {
    return 'server';
  }
  return client !== undefined && client > 0 && !server ? 'client' : 'server';
}
