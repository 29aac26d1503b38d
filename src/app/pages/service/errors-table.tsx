import React, { useCallback } from 'react';
import { dateTimeFormat } from '@grafana/data';
import { Trans } from '@grafana/i18n';
import { type SceneComponentProps, sceneGraph, SceneObjectBase, type SceneObjectState } from '@grafana/scenes';
import { Alert, type CellProps, type Column, InteractiveTable, LoadingPlaceholder, PanelChrome } from '@grafana/ui';
import { t } from '../../../i18n/translate';
import { requestsOf, type RequestsScope } from '../../../links/requests-of-service';
import { spansQuery } from '../../../servicegraph/traces-of';
import { compareSpansUrl, searchUrl } from '../../../links/urls';
import { testIds } from '../../../test-ids';
import { linkContext } from '../../link-context';
import { QueryButton } from '../../query-button';
import { runTempoQuery, spanSearch } from '../../run-tempo-query';
import { useAnswer } from '../../use-answer';
import { type ErrorGroup, errorGroups, errorsQuery } from './error-rows';
import { Link } from '../../../views/shared/link';

interface ErrorsTableState extends SceneObjectState {
  scope: RequestsScope;
}

const SAMPLED_TRACES = 100;
const SPANS_PER_TRACE = 10;

/** The failed requests of the range, those alike together. */
export class ErrorsTable extends SceneObjectBase<ErrorsTableState> {
  static Component = ErrorsTableRenderer;
}

function useErrorGroups(model: ErrorsTable) {
  const { scope } = model.useState();
  const { value: range } = sceneGraph.getTimeRange(model).useState();
  const { tempo } = linkContext(model);
  const ask = useCallback(
    async (signal: AbortSignal) => {
      const query = spanSearch(errorsQuery(scope), SAMPLED_TRACES, SPANS_PER_TRACE);
      return errorGroups(await runTempoQuery(tempo ?? '', range, query, signal), scope);
    },
    [tempo, range, scope]
  );
  return useAnswer<ErrorGroup[]>(tempo === undefined ? undefined : ask, true);
}

function ErrorsTableRenderer({ model }: SceneComponentProps<ErrorsTable>) {
  const { scope } = model.useState();
  const context = linkContext(model);
  const { tempo } = context;
  const { value, error, isLoading } = useErrorGroups(model);
  const compareHref = compareSpansUrl(
    { query: spansQuery(requestsOf(scope)), selection: '{ status = error }' },
    context
  );
  return (
    <div data-testid={testIds.service.errors}>
      <PanelChrome
        title={t('traceatlas.service.error-groups', 'Errors')}
        description={t('traceatlas.service.error-groups-hint', 'The newest failed requests, those alike together.')}
        actions={
          <QueryButton
            dataSourceUid={tempo}
            queries={[
              { text: errorsQuery(scope), target: spanSearch(errorsQuery(scope), SAMPLED_TRACES, SPANS_PER_TRACE) },
            ]}
            from={context.from ?? 'now-1h'}
            to={context.to ?? 'now'}
          />
        }
      >
        {error && (
          <Alert
            severity="error"
            title={t('traceatlas.service.errors-failed', 'The failed requests could not be searched')}
          >
            {error}
          </Alert>
        )}
        {isLoading && !value && <LoadingPlaceholder text="" />}
        {value?.length === 0 && t('traceatlas.service.no-errors', 'No failed requests found in this time range')}
        {value && value.length > 0 && (
          <>
            <InteractiveTable
              columns={columns((group) => searchUrl(group.query, context))}
              data={value}
              getRowId={({ query }) => query}
              pageSize={10}
            />
            <Link href={compareHref}>
              {t('traceatlas.service.compare-errors', 'Compare the failed requests with the others')}
            </Link>
          </>
        )}
      </PanelChrome>
    </div>
  );
}

function columns(href: (group: ErrorGroup) => string): Array<Column<ErrorGroup>> {
  return [
    {
      id: 'message',
      header: t('traceatlas.service.error-message', 'Message'),
      sortType: 'alphanumeric',
      cell: ({ row: { original } }: CellProps<ErrorGroup>) => (
        <Link href={href(original)}>
          {original.message || original.exception || (
            <Trans i18nKey="traceatlas.service.no-message">(without a message)</Trans>
          )}
        </Link>
      ),
    },
    { id: 'exception', header: t('traceatlas.service.exception', 'Exception'), sortType: 'alphanumeric' },
    { id: 'operation', header: t('traceatlas.service.operation', 'Operation'), sortType: 'alphanumeric' },
    { id: 'count', header: t('traceatlas.service.count', 'Found'), sortType: 'number' },
    {
      id: 'newest',
      header: t('traceatlas.service.newest', 'Newest'),
      sortType: 'number',
      cell: ({ row: { original } }: CellProps<ErrorGroup>) => dateTimeFormat(original.newest),
    },
  ];
}
