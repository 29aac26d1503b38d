/**
 * The grammar's tokens in the order in which Tempo lists them: its messages name what was expected in this order.
 * Tokens with a text of their own are named by it.
 */
export const TOKENS: readonly string[] = [
  'IDENTIFIER STRING INTEGER FLOAT DURATION',
  '. { } ( ) , nil true false error ok unset',
  'unspecified internal server client producer consumer',
  'duration childCount name status statusMessage parent kind rootName rootServiceName rootService traceDuration',
  'nestedSetLeft nestedSetRight nestedSetParent id traceID spanID parentID timeSinceStart version',
  'parent. resource. span. trace: span: event: event. link: link. instrumentation: instrumentation.',
  'count avg max min sum by coalesce select END_ATTRIBUTE',
  'rate count_over_time min_over_time max_over_time avg_over_time sum_over_time quantile_over_time histogram_over_time compare',
  'topk bottomk with',
  '| && || = != < <= > >= !~ =~ >> << ~ !> !< !>> !<< &> &< &>> &<< &~ + - ! * / % ^',
].flatMap((line) => line.split(' '));

const CLASS_NAMES = new Set(['IDENTIFIER', 'STRING', 'INTEGER', 'FLOAT', 'DURATION', 'END_ATTRIBUTE']);

/** The tokens that are written as they are named. */
export const FIXED_TOKENS: ReadonlySet<string> = new Set(TOKENS.filter((token) => !CLASS_NAMES.has(token)));
