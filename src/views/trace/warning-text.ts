import { t } from '@grafana/i18n';
import { type SpanWarning } from '../../trace/tree';

/** What a warning means, for people. */
export function warningText(warning: SpanWarning): string {
  switch (warning) {
    case 'missingParent':
      return t(
        'traceatlas.trace.warning.missing-parent',
        'The parent of this span is not in the trace: it was not received (yet), not sampled, or cut off. The span is shown at the top level.'
      );
    case 'parentCycle':
      return t(
        'traceatlas.trace.warning.parent-cycle',
        'This span is its own ancestor. The ring of parents is cut here; the instrumentation that sent it is at fault.'
      );
    case 'duplicateSpanId':
      return t(
        'traceatlas.trace.warning.duplicate-span-id',
        'Another span of this trace has the same span id. Their children are shown below the first of them.'
      );
    case 'endsBeforeStart':
      return t(
        'traceatlas.trace.warning.ends-before-start',
        'This span ends before it starts, so its duration is counted as 0. A clock was set back, or the instrumentation is at fault.'
      );
    case 'startsBeforeParent':
      return t(
        'traceatlas.trace.warning.starts-before-parent',
        'This span starts before its parent does. The clocks of their machines differ; times between the two are not exact.'
      );
    case 'endsAfterParent':
      return t(
        'traceatlas.trace.warning.ends-after-parent',
        'This server was still working when its client had already finished. The client gave up waiting, or the clocks of their machines differ.'
      );
  }
}
