import React, { useMemo } from 'react';
import { css } from '@emotion/css';
import { dateTime, type GrafanaTheme2, type TimeRange } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { t } from '../../../../i18n/translate';
import { requestsOf } from '../../../../links/requests-of-service';
import { type LinkContext, searchUrl } from '../../../../links/urls';
import { UNNAMED } from '../../../../servicegraph/ends';
import { type GraphPart } from '../../../../servicegraph/part-queries';
import { spanMatchers } from '../../../../servicegraph/service-matchers';
import { type EpochRange } from '../../../../servicegraph/time-ranges';
import { requestsOfCall, spansQuery } from '../../../../servicegraph/traces-of';
import { testIds } from '../../../../test-ids';
import { quoteString } from '../../../../traceql/syntax/go-string';
import { formatErrorShare, formatLatency, formatShortRate } from '../../../../views/service-map/format-stats';
import { Link } from '../../../../views/shared/link';
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
import { type PartSource } from './part-source';

const MOST_OPERATIONS = 8;
const NONE = '–';

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
  const name = service.name === UNNAMED ? '' : service.name;
  const scope = { service: name, ...(service.namespace ? { namespace: service.namespace } : {}) };
  const { spanMetrics } = dialect;
  if (part.kind === 'service' && spanMetrics) {
    const metrics = { names: spanMetrics, histogram: spanMetrics.histogram ?? dialect.histogram };
    const ofService = { matchers: spanMatchers(spanMetrics, service, dialect.identity) };
    const answers = await promqlRunner(uid, timeRangeOf(range))(operationQueries(metrics, ofService, seconds), signal);
    return operationRows(spanMetrics, answers);
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

interface PartOperationsProps {
  part: GraphPart;
  source: PartSource;
  context: LinkContext;
  /** The operation that was chosen on the map */
  picked?: string;
}

/** The busiest, and the one that was chosen even when it is not among them. */
function listedOperations(rows: readonly OperationRow[], picked: string | undefined): OperationRow[] {
  const listed = rows.slice(0, MOST_OPERATIONS);
  const chosen = rows.find(({ name }) => name === picked);
  return !chosen || listed.includes(chosen) ? listed : [chosen, ...listed.slice(0, MOST_OPERATIONS - 1)];
}

function operationsTraces(part: GraphPart, operation: string): string {
  const { name, namespace } = part.kind === 'call' ? part.target : part.service;
  return part.kind === 'call'
    ? spansQuery(requestsOfCall(part.call, part.source, part.target), `name = ${quoteString(operation)}`)
    : spansQuery(requestsOf({ service: name === UNNAMED ? '' : name, namespace, operation }));
}

/** What a service does, or what is asked of it in a call; each leads to its traces. */
export function PartOperations({ part, source, context, picked }: PartOperationsProps) {
  const { tempo } = context;
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
        {listedOperations(value, picked).map((row) => (
          <tr
            key={row.name}
            className={row.name === picked ? styles.picked : undefined}
            aria-current={row.name === picked || undefined}
          >
            <td
              title={t('traceatlas.service-map.operations.traces', 'Traces of {{operation}}', { operation: row.name })}
            >
              <Link href={searchUrl(operationsTraces(part, row.name), context)}>{row.name || NONE}</Link>
            </td>
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
    problem: css({ color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
    picked: css({ background: theme.colors.action.selected }),
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
