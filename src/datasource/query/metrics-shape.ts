import { type MetricsFunction, type MetricsQuery, type MetricsSecondStage } from '../../traceql/ast';
import { parseSyntax } from '../../traceql/parse';

/** What a metrics query means for its answer: whether parts of a time range can be put together, and in what its values are. */
export interface MetricsShape {
  /**
   * exact: answers for parts of a range, side by side, are the answer for the range.
   * lossy: nearly so: what is 0 or absent in a part plays a role in the whole (bottomk, `< 5`, arithmetic between series).
   * never: compare() ranks attributes over the whole range.
   */
  stitching: 'exact' | 'lossy' | 'never';
  /** A series is 0 where nothing matches, not absent. */
  fillWithZero: boolean;
  isHistogram: boolean;
  /** Values, or the buckets of a histogram, are durations in s. */
  isDuration: boolean;
}

const COUNTING: readonly MetricsFunction[] = ['rate', 'count_over_time', 'quantile_over_time', 'histogram_over_time'];
const NOT_OF_FIELD: readonly MetricsFunction[] = ['rate', 'count_over_time'];
const DURATIONS: readonly string[] = ['span:duration', 'trace:duration', 'event:timeSinceStart'];

/** A text that cannot be parsed is left for Tempo to judge. */
export function metricsShape(traceql: string): MetricsShape {
  const expression = parseSyntax(traceql).query?.expression;
  if (expression?.type === 'metrics') {
    return shapeOf(expression);
  }
  // Without the tree nothing is known of the query: a histogram is still drawn as one.
  const isHistogram = expression === undefined && /\|\s*histogram_over_time\s*\(/.test(traceql);
  const hasCompare = /\|\s*compare\s*\(/.test(traceql);
  return { stitching: hasCompare ? 'never' : 'lossy', fillWithZero: false, isHistogram, isDuration: false };
}

function shapeOf({ aggregate, secondStages }: MetricsQuery): MetricsShape {
  if (aggregate.type === 'metricsCompare') {
    return { stitching: 'never', fillWithZero: false, isHistogram: false, isDuration: false };
  }
  const { field } = aggregate;
  return {
    stitching: secondStages.every(ignoresZeros) ? 'exact' : 'lossy',
    fillWithZero: COUNTING.includes(aggregate.function) && secondStages.length === 0,
    isHistogram: aggregate.function === 'histogram_over_time',
    isDuration:
      field?.type === 'intrinsic' && DURATIONS.includes(field.name) && !NOT_OF_FIELD.includes(aggregate.function),
  };
}

/** Whether a series that a part does not know would have been left out there anyway. */
function ignoresZeros(stage: MetricsSecondStage): boolean {
  switch (stage.type) {
    case 'topk':
      return true;
    case 'bottomk':
      return false;
    case 'metricsFilter':
      return (stage.operator === '>' && stage.value >= 0) || (stage.operator === '>=' && stage.value > 0);
  }
}
