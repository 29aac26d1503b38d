import { type Check } from '../finding';
import { withoutRepetition } from '../without-repetition';
import { clockChecks } from './clocks';
import { exemplarChecks } from './exemplars';
import { linkChecks } from './links';
import { metricsChecks } from './metrics';
import { traceChecks } from './traces';

/** In the order of the page. */
export const CHECKS: readonly Check[] = withoutRepetition([
  ...traceChecks,
  ...metricsChecks,
  ...exemplarChecks,
  ...linkChecks,
  ...clockChecks,
]);
