import React from 'react';
import { formattedValueToString, getValueFormat } from '@grafana/data';
import { t } from '@grafana/i18n';
import {
  type SceneComponentProps,
  sceneGraph,
  SceneObjectBase,
  type SceneObjectState,
  VariableDependencyConfig,
} from '@grafana/scenes';
import { Alert, type CellProps, type Column, InteractiveTable, LoadingPlaceholder } from '@grafana/ui';
import { VARIABLES } from '../../../constants';
import { serviceUrl } from '../../../links/urls';
import { testIds } from '../../../test-ids';
import { linkContext } from '../../link-context';
import { RETRY_MS } from '../../retry';
import { promqlRunner } from '../../run-promql';
import { type SpanMetrics } from './metrics-loader';
import { serviceListQueries, type ServiceRow, serviceRows } from './service-rows';
import { Link } from '../../../views/shared/link';

interface ServiceListState extends SceneObjectState {
  metrics: SpanMetrics;
  rows?: ServiceRow[];
  error?: string;
}

/** All services that received requests in the time range. What was on screen stays when a refresh fails. */
export class ServiceList extends SceneObjectBase<ServiceListState> {
  static Component = ServiceListRenderer;

  protected override _variableDependency = new VariableDependencyConfig(this, {
    variableNames: [VARIABLES.prometheus],
  });

  private running?: AbortController;
  private retry?: ReturnType<typeof setTimeout>;

  constructor(metrics: SpanMetrics) {
    super({ metrics });
    this.addActivationHandler(() => {
      const timeRange = sceneGraph.getTimeRange(this);
      this._subs.add(timeRange.subscribeToState(() => this.load()));
      this.load();
      return () => {
        this.running?.abort();
        clearTimeout(this.retry);
      };
    });
  }

  private load() {
    this.running?.abort();
    clearTimeout(this.retry);
    const { signal } = (this.running = new AbortController());
    const { names, histogram } = this.state.metrics;
    const range = sceneGraph.getTimeRange(this).state.value;
    const seconds = Math.max(1, Math.round((range.to.valueOf() - range.from.valueOf()) / 1000));
    const uid = String(sceneGraph.lookupVariable(VARIABLES.prometheus, this)?.getValue() ?? '');
    promqlRunner(uid, range)(serviceListQueries(names, histogram, seconds), signal).then(
      (answers) => signal.aborted || this.setState({ rows: serviceRows(names, answers), error: undefined }),
      (error: unknown) => {
        if (!signal.aborted) {
          this.setState({ error: error instanceof Error ? error.message : String(error) });
          this.retry = setTimeout(() => this.load(), RETRY_MS);
        }
      }
    );
  }
}

const NO_DATA = '–';

function formatted(value: number | undefined, unit: string, decimals?: number): string {
  return value === undefined ? NO_DATA : formattedValueToString(getValueFormat(unit)(value, decimals));
}

/** Failed share of the requests, 0 to 1. */
function errorShare({ rate, errorRate }: ServiceRow): number | undefined {
  return rate === undefined || errorRate === undefined || rate === 0 ? undefined : errorRate / rate;
}

function ServiceListRenderer({ model }: SceneComponentProps<ServiceList>) {
  const { rows, error } = model.useState();
  const columns: Array<Column<ServiceRow>> = [
    {
      id: 'name',
      header: t('traceatlas.services.name', 'Service'),
      sortType: 'alphanumeric',
      cell: ({ row: { original } }: CellProps<ServiceRow>) => (
        <Link href={serviceUrl(original.name, { ...linkContext(model), namespace: original.namespace })}>
          {original.name}
        </Link>
      ),
    },
    ...(rows?.some(({ namespace }) => namespace)
      ? [
          {
            id: 'namespace' as const,
            header: t('traceatlas.services.namespace', 'Namespace'),
            sortType: 'alphanumeric' as const,
          },
        ]
      : []),
    {
      id: 'rate',
      header: t('traceatlas.services.rate', 'Requests'),
      sortType: 'number',
      cell: ({ row: { original } }: CellProps<ServiceRow>) => formatted(original.rate, 'reqps', 2),
    },
    {
      id: 'errorRate',
      header: t('traceatlas.services.errors', 'Errors'),
      sortType: (a, b) => (errorShare(a.original) ?? -1) - (errorShare(b.original) ?? -1),
      cell: ({ row: { original } }: CellProps<ServiceRow>) => formatted(errorShare(original), 'percentunit', 1),
    },
    {
      id: 'p95',
      header: t('traceatlas.services.p95', 'Latency p95'),
      sortType: 'number',
      cell: ({ row: { original } }: CellProps<ServiceRow>) => formatted(original.p95, 's'),
    },
  ];
  return (
    <div data-testid={testIds.service.list}>
      {error && (
        <Alert
          severity="error"
          title={t('traceatlas.service.metrics-failed', 'The metrics data source did not answer')}
        >
          {error}
        </Alert>
      )}
      {rows ? (
        <InteractiveTable
          columns={columns}
          data={rows}
          getRowId={({ namespace, name }) => JSON.stringify([namespace, name])}
          pageSize={50}
          headerTooltips={{
            errorRate: {
              content: t(
                'traceatlas.services.errors-whose',
                'As the spans of the service itself say. The service map counts what its callers saw, which includes calls they gave up on.'
              ),
            },
          }}
        />
      ) : (
        !error && <LoadingPlaceholder text={t('traceatlas.services.loading', 'Loading services…')} />
      )}
    </div>
  );
}
