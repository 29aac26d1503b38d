import React, { useCallback, useMemo } from 'react';
import { formattedValueToString, getValueFormat } from '@grafana/data';
import {
  type SceneComponentProps,
  sceneGraph,
  SceneObjectBase,
  type SceneObjectState,
  SceneQueryRunner,
} from '@grafana/scenes';
import {
  Alert,
  Button,
  type CellProps,
  type Column,
  InteractiveTable,
  LoadingPlaceholder,
  PanelChrome,
  useTheme2,
} from '@grafana/ui';
import { t } from '../../../i18n/translate';
import { type RequestsScope } from '../../../links/requests-of-service';
import { testIds } from '../../../test-ids';
import { linkContext } from '../../link-context';
import { runTempoQuery } from '../../run-tempo-query';
import { promqlRunner } from '../../run-promql';
import { useAnswer } from '../../use-answer';
import {
  operationQueries,
  type OperationRow,
  operationRows,
  operationRowsOfTraceql,
  operationTraceql,
  withHistory,
} from './operation-rows';
import { QueryButton } from '../../query-button';
import { operationSplit, rateQueries, type ServiceSource } from './service-source';

interface OperationsTableState extends SceneObjectState {
  source: ServiceSource;
  scope: RequestsScope;
  /** Shows one operation only */
  onPick: (operation: string) => void;
}

/** What the service does: each operation with its numbers over the whole range. */
export class OperationsTable extends SceneObjectBase<OperationsTableState> {
  static Component = OperationsTableRenderer;

  constructor(state: OperationsTableState) {
    const asked = rateQueries(state.source, state.scope, operationSplit(state.source));
    super({
      ...state,
      $data: new SceneQueryRunner({
        datasource: { uid: `\${${asked.variable}}` },
        queries: asked.queries.map(({ target }) => target),
        maxDataPoints: 60,
      }),
    });
  }
}

const NO_DATA = '–';

function formatted(value: number | undefined, unit: string, decimals?: number): string {
  return value === undefined ? NO_DATA : formattedValueToString(getValueFormat(unit)(value, decimals));
}

function useOperations(model: OperationsTable) {
  const { source, scope } = model.useState();
  const { value: range } = sceneGraph.getTimeRange(model).useState();
  const { tempo, prometheus } = linkContext(model);
  const ask = useCallback(
    async (signal: AbortSignal): Promise<OperationRow[]> => {
      const seconds = Math.max(1, Math.round((range.to.valueOf() - range.from.valueOf()) / 1000));
      if (source.kind === 'promql') {
        const answers = await promqlRunner(prometheus ?? '', range)(
          operationQueries(source.metrics, scope, seconds),
          signal
        );
        return operationRows(source.metrics.names, answers);
      }
      const { rate, errorRate, p95, impact } = operationTraceql(scope);
      const instant = (query: string) =>
        runTempoQuery(
          tempo ?? '',
          range,
          { queryType: 'traceql', query, metricsQueryType: 'instant', filters: [] },
          signal
        );
      const [rates, errors, p95s, impacts] = await Promise.all([rate, errorRate, p95, impact].map(instant));
      return operationRowsOfTraceql({ rate: rates, errorRate: errors, p95: p95s, impact: impacts }, seconds);
    },
    [source, scope, range, tempo, prometheus]
  );
  return useAnswer<OperationRow[]>(ask, true);
}

function OperationsTableRenderer({ model }: SceneComponentProps<OperationsTable>) {
  const { onPick, source, scope } = model.useState();
  const { data } = sceneGraph.getData(model).useState();
  const { value, error, isLoading, retry } = useOperations(model);
  const rows = useMemo(
    () => withHistory(value ?? [], data?.series ?? [], operationSplit(source).name),
    [value, data?.series, source]
  );
  const largest = Math.max(0, ...rows.map(({ impact }) => impact ?? 0));
  const { tempo, prometheus, from = 'now-1h', to = 'now' } = linkContext(model);
  const queries =
    source.kind === 'promql'
      ? operationQueries(source.metrics, scope, 3600).map(({ expr }) => ({ text: expr, target: { expr, range: true } }))
      : Object.values(operationTraceql(scope)).map((query) => ({
          text: query,
          target: { query, queryType: 'traceql' },
        }));
  const columns: Array<Column<OperationRow>> = [
    {
      id: 'name',
      header: t('traceatlas.service.operation', 'Operation'),
      sortType: 'alphanumeric',
      cell: ({ row: { original } }: CellProps<OperationRow>) => (
        <Button size="sm" fill="text" onClick={() => onPick(original.name)}>
          {original.name}
        </Button>
      ),
    },
    {
      id: 'history',
      header: '',
      cell: ({ row: { original } }: CellProps<OperationRow>) => <History history={original.history} />,
    },
    {
      id: 'rate',
      header: t('traceatlas.service.column-rate', 'Requests'),
      sortType: 'number',
      cell: ({ row: { original } }: CellProps<OperationRow>) => formatted(original.rate, 'reqps', 2),
    },
    {
      id: 'errorRate',
      header: t('traceatlas.services.errors', 'Errors'),
      sortType: (a, b) => (share(a.original) ?? -1) - (share(b.original) ?? -1),
      cell: ({ row: { original } }: CellProps<OperationRow>) => formatted(share(original), 'percentunit', 1),
    },
    {
      id: 'p95',
      header: t('traceatlas.service.column-p95', 'p95'),
      sortType: 'number',
      cell: ({ row: { original } }: CellProps<OperationRow>) => formatted(original.p95, 's'),
    },
    {
      id: 'impact',
      header: t('traceatlas.service.impact', 'Impact'),
      sortType: 'number',
      cell: ({ row: { original } }: CellProps<OperationRow>) => (
        <span>
          {largest > 0 && original.impact !== undefined && (
            <meter
              aria-hidden
              max={largest}
              value={original.impact}
              style={{ width: 64, marginRight: 8, verticalAlign: 'middle' }}
            />
          )}
          {formatted(original.impact, 's')}/s
        </span>
      ),
    },
  ];
  return (
    <div data-testid={testIds.service.operations}>
      <PanelChrome
        title={t('traceatlas.service.operations', 'Operations')}
        description={t(
          'traceatlas.service.operations-impact-hint',
          'Over the whole time range. Impact is the request rate times the mean latency: where the time goes.'
        )}
        actions={
          <QueryButton
            dataSourceUid={source.kind === 'promql' ? prometheus : tempo}
            queries={queries}
            from={from}
            to={to}
          />
        }
      >
        {error && (
          <Alert severity="error" title={t('traceatlas.service.query-failed', 'The query failed')}>
            <p>{error}</p>
            <Button size="sm" variant="secondary" onClick={retry}>
              {t('traceatlas.service.retry', 'Try again')}
            </Button>
          </Alert>
        )}
        {isLoading && !value && <LoadingPlaceholder text="" />}
        {value?.length === 0 && t('traceatlas.service.no-operations', 'No requests in this time range')}
        {rows.length > 0 && (
          <InteractiveTable columns={columns} data={rows} getRowId={({ name }) => name} pageSize={10} />
        )}
      </PanelChrome>
    </div>
  );
}

/** Failed share of the requests, 0 to 1 */
function share({ rate, errorRate }: OperationRow): number | undefined {
  return rate === undefined || errorRate === undefined || rate === 0 ? undefined : errorRate / rate;
}

const HISTORY = { width: 100, height: 24 };

/** The course of the rate as a line from 0 to its highest value. */
function History({ history }: Pick<OperationRow, 'history'>) {
  const theme = useTheme2();
  const most = history ? Math.max(...history.values.map((value) => value ?? 0)) : 0;
  if (!history || history.values.length < 2 || most <= 0) {
    return null;
  }
  const [first, last] = [history.times[0], history.times[history.times.length - 1]];
  const points = history.values.flatMap((value, row) => {
    const x = ((history.times[row] - first) / Math.max(1, last - first)) * HISTORY.width;
    return value === null || !Number.isFinite(value)
      ? []
      : [`${x},${HISTORY.height - 1 - (value / most) * (HISTORY.height - 2)}`];
  });
  return (
    <svg {...HISTORY} aria-hidden>
      <polyline points={points.join(' ')} fill="none" stroke={theme.colors.text.secondary} />
    </svg>
  );
}
