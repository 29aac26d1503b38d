/** PromQL for what a reduction leaves out of a graph: `(dialect, scope, window) -> expression`. */
import { identityLabels } from './dialect';
import { timeInRequests } from './latency-promql';
import {
  allRequests,
  choosesCalls,
  chosenRate,
  edgeLabels,
  failures,
  ofChosenServices,
  type PromqlOptions,
} from './promql';
import { matching, sumBy, withLabel } from './promql-text';

/** Label that tells what a row of `leftOut` is: a LeftOutPart. */
export const PART_LABEL = 'left_out_part';

/**
 * `incoming`, `incoming_failed`: req/s to a shown service by calls that are not shown, `outgoing`: from it;
 * `time`, `requests`: seconds that all its requests took, shown or not, and how many they were, both each second;
 * `rate`, `calls`: req/s and number of all calls, shown or not.
 */
export type LeftOutPart = 'incoming' | 'incoming_failed' | 'outgoing' | 'time' | 'requests' | 'rate' | 'calls';

/** What the calls that the reduction leaves out add up to, told apart by PART_LABEL. */
export function leftOut(options: PromqlOptions): string {
  const { dialect } = options;
  const edge = edgeLabels(dialect);
  const [clients, servers] = [identityLabels(dialect, 'client'), identityLabels(dialect, 'server')];
  const ofCallees = (expression: string) => ofChosenServices(options, 'server', expression);
  const rest = (by: string[], all: string) => sumBy(by, matching('unless', all, edge, chosenRate(options)));
  const total = allRequests({ ...options, chosen: undefined });
  const measured = timeInRequests(options, servers, 'server');
  const parts: Partial<Record<LeftOutPart, string>> = {
    incoming: ofCallees(rest(servers, allRequests(options, 'server'))),
    incoming_failed: ofCallees(rest(servers, failures(options, 'server'))),
    outgoing: ofChosenServices(options, 'client', rest(clients, allRequests(options, 'client'))),
    time: ofCallees(measured.time),
    requests: ofCallees(measured.requests),
    // Of a graph that is limited by names all its calls are there.
    ...(choosesCalls(options) ? { rate: `sum(${total})`, calls: `count(${total})` } : {}),
  };
  return Object.entries(parts)
    .map(([part, expression]) => withLabel(PART_LABEL, part, expression))
    .join(' or ');
}
