import React, { useCallback, useMemo, useState } from 'react';
import { css } from '@emotion/css';
import { dateTime, dateTimeFormat, type GrafanaTheme2, type TimeRange } from '@grafana/data';
import { Trans } from '@grafana/i18n';
import { Button, useStyles2, useTheme2 } from '@grafana/ui';
import { t } from '../../../../i18n/translate';
import { type ExemplarPoint } from '../../../../links/exemplar-points';
import { type LinkContext } from '../../../../links/urls';
import { type GraphPart } from '../../../../servicegraph/part-queries';
import { type EpochRange } from '../../../../servicegraph/time-ranges';
import { requestsOfCall } from '../../../../servicegraph/traces-of';
import { testIds } from '../../../../test-ids';
import {
  formatErrorShare,
  formatLatency,
  formatRate,
  formatShortRate,
} from '../../../../views/service-map/format-stats';
import { Sparkline } from '../../../../views/service-map/side-panel/sparkline';
import { ExemplarDrawer } from '../../../exemplar-drawer';
import { promqlRunner } from '../../../run-promql';
import { runTempoQuery } from '../../../run-tempo-query';
import { useAnswer } from '../../../use-answer';
import {
  operationQueries,
  type OperationRow,
  operationRows,
  operationRowsOfTraceql,
  operationTraceql,
} from '../../service/operation-rows';
import { loadHistory, type PartSource } from './part-source';

interface PartDetailsProps {
  part: GraphPart;
  source: PartSource;
  /** Whether anything calls the service */
  hasCallers: boolean;
  context: LinkContext;
  timeZone?: string;
}

const MOST_OPERATIONS = 8;
const NONE = '–';

/** The same value as long as it means the same, so that it is not asked for again. */
function useSame<T>(value: T, key: string): T {
  // eslint-disable-next-line react-hooks/exhaustive-deps
  return useMemo(() => value, [key]);
}

function partKey(part: GraphPart): string {
  return part.kind === 'call' ? part.call.id : part.service.id;
}

/** The course of the numbers of one service or call, requests to look at, and its operations. */
export function PartDetails({ part, source, hasCallers, context, timeZone }: PartDetailsProps) {
  const same = useSame(part, partKey(part));
  return (
    <>
      <History part={same} source={source} hasCallers={hasCallers} context={context} timeZone={timeZone} />
      <Operations part={same} source={source} tempo={context.tempo} />
    </>
  );
}

function History({ part, source, hasCallers, context, timeZone }: PartDetailsProps) {
  const styles = useStyles2(getStyles);
  const { colors } = useTheme2();
  const [opened, setOpened] = useState<ExemplarPoint>();
  const ask = useCallback(
    (signal: AbortSignal) => loadHistory(source, part, hasCallers, signal),
    [source, part, hasCallers]
  );
  const { value, error, isLoading, retry } = useAnswer(ask, true);
  const pointText = ({ latency, timeMs, operation, isError }: ExemplarPoint) =>
    [
      formatLatency(latency),
      operation,
      isError ? t('traceatlas.exemplar.failed', 'failed') : undefined,
      dateTimeFormat(timeMs, { timeZone, format: 'HH:mm:ss' }),
    ]
      .filter(Boolean)
      .join(' · ');
  if (error && !value) {
    return (
      <div className={styles.problem} role="alert">
        {t('traceatlas.service-map.history.failed', 'The course of the numbers could not be loaded: {{error}}', {
          error,
        })}
        <Button size="sm" fill="text" onClick={retry}>
          <Trans i18nKey="traceatlas.service.retry">Try again</Trans>
        </Button>
      </div>
    );
  }
  const { times = [], rate = [], errors = [], p95 = [], points = [] } = value ?? {};
  return (
    <div className={styles.lines} aria-busy={isLoading}>
      <Sparkline
        label={t('traceatlas.service-map.stats.rate', 'Rate')}
        times={times}
        values={rate}
        format={formatRate}
        colour={colors.primary.text}
      />
      <Sparkline
        label={t('traceatlas.service-map.stats.errors', 'Errors')}
        times={times}
        values={errors}
        format={(share) => formatErrorShare({ rate: 1, errorRate: share })}
        colour={colors.error.text}
        atLeast={0.05}
      />
      <Sparkline
        label={
          points.length > 0
            ? t('traceatlas.service-map.history.p95-exemplars', 'p95 and single requests')
            : t('traceatlas.service-map.history.p95', 'p95')
        }
        times={times}
        values={p95}
        format={formatLatency}
        colour={colors.warning.text}
        points={points}
        pointText={pointText}
        onPoint={setOpened}
      />
      {opened && (
        <ExemplarDrawer point={opened} context={context} timeZone={timeZone} onClose={() => setOpened(undefined)} />
      )}
    </div>
  );
}

function timeRangeOf({ from, to }: EpochRange): TimeRange {
  const [start, end] = [dateTime(from), dateTime(to)];
  return { from: start, to: end, raw: { from: start, to: end } };
}

/** From span metrics for a service; TraceQL metrics know which of them a single caller asked for. */
async function loadOperations(
  { uid, dialect, range }: PartSource,
  part: GraphPart,
  tempo: string | undefined,
  signal: AbortSignal
): Promise<OperationRow[]> {
  const seconds = Math.max(1, Math.round((range.to - range.from) / 1000));
  const service = part.kind === 'call' ? part.target : part.service;
  const scope = { service: service.name, ...(service.namespace ? { namespace: service.namespace } : {}) };
  const { spanMetrics } = dialect;
  if (part.kind === 'service' && spanMetrics) {
    const metrics = { names: spanMetrics, histogram: spanMetrics.histogram ?? dialect.histogram };
    const answers = await promqlRunner(uid, timeRangeOf(range))(operationQueries(metrics, scope, seconds), signal);
    return operationRows(spanMetrics.unit, answers);
  }
  if (tempo === undefined) {
    return [];
  }
  const call = part.kind === 'call' ? requestsOfCall(part.call, part.source, part.target) : undefined;
  const queries = operationTraceql({ ...scope, call });
  const instant = (query: string) =>
    runTempoQuery(
      tempo,
      timeRangeOf(range),
      { queryType: 'traceql', query, metricsQueryType: 'instant', filters: [] },
      signal
    );
  const [rate, errorRate, p95] = await Promise.all([queries.rate, queries.errorRate, queries.p95].map(instant));
  return operationRowsOfTraceql({ rate, errorRate, p95, impact: [] }, seconds);
}

function Operations({ part, source, tempo }: { part: GraphPart; source: PartSource; tempo?: string }) {
  const styles = useStyles2(getStyles);
  const isKnown = part.kind === 'call' || part.service.kind === 'service';
  const ask = useMemo(
    () => (isKnown ? (signal: AbortSignal) => loadOperations(source, part, tempo, signal) : undefined),
    [isKnown, source, part, tempo]
  );
  const { value, error } = useAnswer(ask);
  if (error) {
    return (
      <div className={styles.problem}>
        {t('traceatlas.service-map.operations.failed', 'The operations could not be loaded: {{error}}', { error })}
      </div>
    );
  }
  if (!value || value.length === 0) {
    return null;
  }
  return (
    <table className={styles.table} data-testid={testIds.serviceMap.operations}>
      <thead>
        <tr>
          <th scope="col">
            {t('traceatlas.service-map.operations.title', 'Operations ({{count}})', { count: value.length })}
          </th>
          <th scope="col">{t('traceatlas.service-map.stats.rate', 'Rate')}</th>
          <th scope="col">{t('traceatlas.service-map.stats.errors', 'Errors')}</th>
          <th scope="col">p95</th>
        </tr>
      </thead>
      <tbody>
        {value.slice(0, MOST_OPERATIONS).map((row) => (
          <tr key={row.name}>
            <td title={row.name}>{row.name}</td>
            <td>{formatShortRate(row.rate) ?? NONE}</td>
            <td>{formatErrorShare(row) ?? NONE}</td>
            <td>{formatLatency(row.p95) ?? NONE}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    lines: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(0.5) }),
    problem: css({ color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
    table: css({
      width: '100%',
      tableLayout: 'fixed',
      fontSize: theme.typography.bodySmall.fontSize,
      fontVariantNumeric: 'tabular-nums',
      'th, td': {
        padding: theme.spacing(0.25, 0.5),
        textAlign: 'right',
        whiteSpace: 'nowrap',
        overflow: 'hidden',
        textOverflow: 'ellipsis',
      },
      'th:first-child, td:first-child': { textAlign: 'left', paddingLeft: 0, width: '42%' },
      th: { color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightMedium },
      td: { borderTop: `1px solid ${theme.colors.border.weak}` },
    }),
  };
}
