import { css } from '@emotion/css';
import React, { useCallback, useMemo, useState } from 'react';
import { type GrafanaTheme2 } from '@grafana/data';
import { Alert, Button, Drawer, LoadingPlaceholder, useStyles2 } from '@grafana/ui';
import { t } from '../i18n/translate';
import { type ExemplarPoint } from '../links/exemplar-points';
import { type LinkContext, traceUrl } from '../links/urls';
import { testIds } from '../test-ids';
import { traceFromFrame } from '../trace/from-frame';
import { TraceTimeline } from '../views/trace/trace-timeline';
import { TraceNotFound } from './pages/trace/trace-not-found';
import { traceLinks } from './trace-links';
import { lookUpTrace, type TraceLookup } from './trace-summary';
import { useAnswer } from './use-answer';
import { LinkButton } from '../views/shared/link-button';

interface Props {
  point: ExemplarPoint;
  context: LinkContext;
  timeZone?: string;
  onClose: () => void;
}

/** The trace of an exemplar beside the chart it was on. */
export function ExemplarDrawer({ point, context, timeZone, onClose }: Props) {
  const styles = useStyles2(getStyles);
  const { traceId, spanId, timeMs } = point;
  const { tempo } = context;
  const ask = useCallback(
    (signal: AbortSignal) =>
      tempo === undefined
        ? Promise.reject(new Error(t('traceatlas.no-data-source.tempo', 'There is no Tempo data source yet')))
        : lookUpTrace(tempo, traceId, timeMs, signal),
    [tempo, traceId, timeMs]
  );
  const { value, error, isLoading, retry } = useAnswer<TraceLookup>(ask);
  const around = { ...context, from: timeMs - 3_600_000, to: timeMs + 3_600_000 };
  return (
    <Drawer
      title={value?.found ? `${value.summary.rootService} ${value.summary.rootName}`.trim() || traceId : traceId}
      size="lg"
      onClose={onClose}
    >
      <div className={styles.body} data-testid={testIds.latency.drawer}>
        <div className={styles.actions}>
          <LinkButton size="sm" icon="external-link-alt" href={traceUrl(traceId, { ...around, spanId })}>
            {t('traceatlas.exemplar.open-page', 'Open the trace’s page')}
          </LinkButton>
        </div>
        {isLoading && <LoadingPlaceholder text={t('traceatlas.exemplar.loading', 'Looking for the trace…')} />}
        {error && (
          <Alert severity="error" title={t('traceatlas.trace.error', 'The trace could not be loaded')}>
            <p>{error}</p>
            <Button size="sm" variant="secondary" onClick={retry}>
              {t('traceatlas.service.retry', 'Try again')}
            </Button>
          </Alert>
        )}
        {!isLoading && value && !value.found && <TraceNotFound traceId={traceId} context={context} />}
        {value?.found && <FoundTrace lookup={value} spanId={spanId} context={context} timeZone={timeZone} />}
      </div>
    </Drawer>
  );
}

interface FoundProps {
  lookup: TraceLookup & { found: true };
  spanId?: string;
  context: LinkContext;
  timeZone?: string;
}

function FoundTrace({ lookup, spanId, context, timeZone }: FoundProps) {
  const styles = useStyles2(getStyles);
  const [selected, setSelected] = useState(spanId);
  const { trace, partial } = useMemo(() => traceFromFrame(lookup.frame), [lookup]);
  return (
    <div className={styles.trace}>
      <TraceTimeline
        trace={trace}
        partial={partial}
        timeZone={timeZone}
        spanId={selected}
        onSelectSpan={setSelected}
        hideTitle
        {...traceLinks(trace, context)}
      />
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  body: css({ display: 'flex', flexDirection: 'column', height: '100%', gap: theme.spacing(1) }),
  actions: css({ display: 'flex', gap: theme.spacing(1) }),
  trace: css({ flexGrow: 1, minHeight: 0, display: 'flex', flexDirection: 'column' }),
});
