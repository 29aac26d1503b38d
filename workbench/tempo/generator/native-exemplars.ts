export interface ObservedExemplar {
  value: number;
  /** As the exemplar's label has it */
  traceId: string;
  /** ms since the Unix epoch */
  timestampMs: number;
}

/** As many as Prometheus' client libraries keep for one native histogram. */
const MAX_EXEMPLARS = 10;

/**
 * Adds an exemplar to a list sorted by value. Once the list is full the new one takes the place of whichever is closest
 * in value (on a logarithmic scale) to a neighbour, so that the kept ones stay spread over all latencies.
 */
export function addNativeExemplar(exemplars: ObservedExemplar[], added: ObservedExemplar): void {
  const position = exemplars.findIndex(({ value }) => added.value < value);
  exemplars.splice(position < 0 ? exemplars.length : position, 0, added);
  if (exemplars.length > MAX_EXEMPLARS) {
    exemplars.splice(mostCrowded(exemplars, added), 1);
  }
}

/** Index of the older of the two closest exemplars; never the one just added. */
function mostCrowded(exemplars: readonly ObservedExemplar[], added: ObservedExemplar): number {
  let closest = Infinity;
  let index = 0;
  for (let i = 1; i < exemplars.length; i++) {
    const [left, right] = [exemplars[i - 1], exemplars[i]];
    const distance = left.value === right.value ? 0 : Math.log(right.value) - Math.log(left.value);
    if (distance < closest) {
      closest = distance;
      const leftIsOlder = left.timestampMs <= right.timestampMs;
      index = right === added || (left !== added && leftIsOlder) ? i - 1 : i;
    }
  }
  return index;
}
