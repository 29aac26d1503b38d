import { classifyQuery } from '../../traceql/edit';
import { METRICS_FUNCTIONS } from '../../traceql/operators';

export type QueryKind = 'traceId' | 'metrics' | 'search';

const METRICS_CALL = new RegExp(`\\|\\s*(?:${METRICS_FUNCTIONS.join('|')}|compare)\\s*\\(`);

/** How a text is run. One that does not parse goes where it most likely belongs, for Tempo's own message. */
export function queryKind(text: string): QueryKind {
  const found = classifyQuery(text);
  switch (found) {
    case 'traceId':
    case 'metrics':
    case 'search':
      return found;
    default:
      return METRICS_CALL.test(text) ? 'metrics' : 'search';
  }
}
