import { css } from '@emotion/css';
import React, { useCallback } from 'react';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { t } from '../i18n/translate';
import { type ExemplarPoint } from '../links/exemplar-points';
import { formatLatency } from '../views/heatmap/draw-latency';
import { formatDuration } from '../views/trace/format';
import { lookUpTrace, type TraceLookup } from './trace-summary';
import { useAnswer } from './use-answer';

interface Props {
  point: ExemplarPoint;
  /** uid of the Tempo data source */
  tempo?: string;
  timeZone?: string;
}

/** ms: who only passes over the points asks nothing. */
const HOVER_DELAY = 150;

/** One exemplar, and what its trace was about. */
export function ExemplarCard({ point, tempo, timeZone }: Props) {
  const styles = useStyles2(getStyles);
  const { traceId, timeMs } = point;
  const ask = useCallback(
    async (signal: AbortSignal) => {
      await new Promise((resolve) => setTimeout(resolve, HOVER_DELAY));
      if (signal.aborted || tempo === undefined) {
        throw new DOMException('', 'AbortError');
      }
      return lookUpTrace(tempo, traceId, timeMs, signal);
    },
    [tempo, traceId, timeMs]
  );
  const { value, error, isLoading } = useAnswer<TraceLookup>(tempo === undefined ? undefined : ask);
  return (
    <div className={styles.card}>
      <div className={styles.head}>
        <strong>{formatLatency(point.latency)}</strong>
        {point.isError && <span className={styles.error}>{t('traceatlas.exemplar.failed', 'failed')}</span>}
        <span className={styles.hint}>{dateTimeFormat(timeMs, { timeZone, defaultWithMS: true })}</span>
      </div>
      {point.operation && <div>{point.operation}</div>}
      <div className={styles.trace}>
        {isLoading && <span className={styles.hint}>{t('traceatlas.exemplar.loading', 'Looking for the trace…')}</span>}
        {error && <span className={styles.error}>{error}</span>}
        {!isLoading && value && <Trace lookup={value} />}
      </div>
      <div className={styles.hint}>{t('traceatlas.exemplar.click', 'Click to open the trace')}</div>
    </div>
  );
}

function Trace({ lookup }: { lookup: TraceLookup }) {
  const styles = useStyles2(getStyles);
  if (!lookup.found) {
    return (
      <span className={styles.hint}>
        {t(
          'traceatlas.exemplar.gone',
          'Tempo does not have this trace: it was not sampled, is past its retention, or has not arrived yet.'
        )}
      </span>
    );
  }
  const { rootService, rootName, duration, services, spans, failedSpans, error } = lookup.summary;
  return (
    <>
      <div>
        {rootService === '' ? t('traceatlas.search.root-unknown', 'root not received') : `${rootService} ${rootName}`}
      </div>
      <div className={styles.hint}>
        {t('traceatlas.exemplar.summary', '{{duration}} · spans: {{spans}} · services: {{services}}', {
          duration: formatDuration(duration),
          spans,
          services,
        })}
      </div>
      {failedSpans > 0 && (
        <div className={styles.error}>
          {t('traceatlas.exemplar.failed-spans', 'Failed spans: {{failedSpans}}', { failedSpans })}
          {error ? ` · ${error}` : ''}
        </div>
      )}
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  card: css({ ...theme.typography.bodySmall, overflowWrap: 'anywhere' }),
  head: css({ display: 'flex', alignItems: 'baseline', gap: theme.spacing(1) }),
  trace: css({ minHeight: theme.spacing(5), margin: theme.spacing(0.5, 0) }),
  hint: css({ color: theme.colors.text.secondary }),
  error: css({ color: theme.colors.error.text }),
});
