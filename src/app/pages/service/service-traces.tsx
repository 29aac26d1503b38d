import React from 'react';
import { LoadingState } from '@grafana/data';
import { t } from '@grafana/i18n';
import {
  type SceneComponentProps,
  sceneGraph,
  SceneObjectBase,
  type SceneObjectState,
  SceneQueryRunner,
} from '@grafana/scenes';
import { Alert, PanelChrome, RadioButtonGroup, useStyles2 } from '@grafana/ui';
import { css } from '@emotion/css';
import { VARIABLES } from '../../../constants';
import { searchUrl, traceUrl } from '../../../links/urls';
import { requestsOf, type RequestsScope } from '../../../links/requests-of-service';
import { spansQuery } from '../../../servicegraph/traces-of';
import { testIds } from '../../../test-ids';
import { linkContext } from '../../link-context';
import { retryFailedQueries } from '../../retry';
import { dataError } from '../../query-state';
import { traceRows } from '../search/trace-rows';
import { TraceTable } from '../search/trace-table';
import { LinkButton } from '../../../views/shared/link-button';

type Selection = 'all' | 'failed' | 'slow';

interface ServiceTracesState extends SceneObjectState {
  scope: RequestsScope;
  selection: Selection;
}

const LIMIT = 20;

/** TraceQL for the requests that a service received. */
function serviceTraceQuery(scope: RequestsScope, selection: Selection): string {
  const more = { all: '', failed: 'status = error', slow: 'duration > 500ms' }[selection];
  return `${spansQuery(requestsOf(scope), more)} with (most_recent=true)`;
}

/** The newest traces in which the service took part. */
export class ServiceTraces extends SceneObjectBase<ServiceTracesState> {
  static Component = ServiceTracesRenderer;

  constructor(scope: RequestsScope) {
    super({
      scope,
      selection: 'all',
      $data: new SceneQueryRunner({
        $behaviors: [retryFailedQueries],
        datasource: { uid: `\${${VARIABLES.tempo}}` },
        queries: [target(serviceTraceQuery(scope, 'all'))],
      }),
    });
  }

  get query(): string {
    const { scope, selection } = this.state;
    return serviceTraceQuery(scope, selection);
  }

  select(selection: Selection) {
    this.setState({ selection });
    const { $data } = this.state;
    if ($data instanceof SceneQueryRunner) {
      $data.setState({ queries: [target(this.query)] });
      $data.runQueries();
    }
  }
}

const target = (query: string) => ({
  refId: 'A',
  queryType: 'traceql',
  query,
  limit: LIMIT,
  spss: 3,
  tableType: 'traces',
  filters: [],
});

function ServiceTracesRenderer({ model }: SceneComponentProps<ServiceTraces>) {
  const { selection } = model.useState();
  const { data } = sceneGraph.getData(model).useState();
  const styles = useStyles2(getStyles);
  const error = dataError(data);
  return (
    <div data-testid={testIds.service.traces}>
      <PanelChrome
        title={t('traceatlas.service.traces', 'Traces')}
        loadingState={data?.state ?? LoadingState.NotStarted}
        actions={
          <>
            <RadioButtonGroup<Selection>
              size="sm"
              value={selection}
              onChange={(value) => model.select(value)}
              options={[
                { value: 'all', label: t('traceatlas.service.traces-all', 'All') },
                { value: 'failed', label: t('traceatlas.service.traces-failed', 'Failed') },
                { value: 'slow', label: t('traceatlas.service.traces-slow', 'Over 500 ms') },
              ]}
            />
            <LinkButton size="sm" variant="secondary" icon="search" href={searchUrl(model.query, linkContext(model))}>
              {t('traceatlas.service.open-search', 'Open in search')}
            </LinkButton>
          </>
        }
      >
        <div className={styles.body}>
          {error ? (
            <Alert severity="error" title={t('traceatlas.search.error', 'The search failed')}>
              {error}
            </Alert>
          ) : (
            <TraceTable
              rows={traceRows(data?.series ?? [])}
              limit={LIMIT}
              traceHref={(traceId) => traceUrl(traceId, linkContext(model))}
            />
          )}
        </div>
      </PanelChrome>
    </div>
  );
}

const getStyles = () => ({ body: css({ height: '100%', overflow: 'auto' }) });
