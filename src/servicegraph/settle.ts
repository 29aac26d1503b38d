/** Runs the queries of one round side by side, so that one that fails leaves the others alone. */
import { type GraphRefusedError, refusalOf } from './refusal';

export interface RoundQuery {
  refId: string;
  /** What the reader loses when this query fails; undefined when nothing is left without it. */
  loss?: string;
}

export interface SettledRound<Id extends string, Answer> {
  answers: Partial<Record<Id, Answer>>;
  /** One sentence for each query that failed */
  notices: string[];
  /** The first of them that was refused for its size */
  refused?: GraphRefusedError;
}

function messageOf(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason);
}

export function throwIfAborted(signal: AbortSignal) {
  if (signal.aborted) {
    throw new DOMException('The request was aborted.', 'AbortError');
  }
}

/**
 * @throws the error of a query without `loss`, as a `GraphRefusedError` when it was too large; AbortError when cancelled
 */
export async function settleRound<Query extends RoundQuery, Answer>(
  queries: readonly Query[],
  ask: (query: Query) => Promise<Answer>,
  signal: AbortSignal
): Promise<SettledRound<Query['refId'], Answer>> {
  const settled = await Promise.allSettled(queries.map(ask));
  throwIfAborted(signal);
  const answers: Partial<Record<string, Answer>> = {};
  const notices: string[] = [];
  let refused: GraphRefusedError | undefined;
  settled.forEach((answer, index) => {
    const { refId, loss } = queries[index];
    if (answer.status === 'fulfilled') {
      answers[refId] = answer.value;
    } else if (loss === undefined) {
      throw refusalOf(answer.reason) ?? answer.reason;
    } else {
      notices.push(`${loss} are missing: ${messageOf(answer.reason)}`);
      refused ??= refusalOf(answer.reason, true);
    }
  });
  return { answers, notices, ...(refused ? { refused } : {}) };
}
