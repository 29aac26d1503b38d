import { css } from '@emotion/css';
import React, { useCallback, useMemo } from 'react';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { t } from '../../../i18n/translate';
import { Trans } from '@grafana/i18n';
import { getDataSourceSrv } from '@grafana/runtime';
import {
  type SceneComponentProps,
  sceneGraph,
  SceneObjectBase,
  type SceneObjectState,
  SceneObjectUrlSyncConfig,
  type SceneObjectUrlValues,
  VariableDependencyConfig,
} from '@grafana/scenes';
import { Alert, Button, EmptyState, LoadingBar, useStyles2 } from '@grafana/ui';
import { VARIABLES } from '../../../constants';
import { type ComparisonProblem, parseComparison, type ParsedComparison } from '../../../links/compare/compare-query';
import { testIds } from '../../../test-ids';
import { ExploreButton } from '../../explore-button';
import { linkContext } from '../../link-context';
import { NoDataSource } from '../../no-data-source';
import { useAnswer } from '../../use-answer';
import { AttributeList } from './attribute-list';
import { ComparisonForm } from './comparison-form';
import { type Comparison, runComparison } from './run-comparison';

interface CompareViewState extends SceneObjectState {
  /** TraceQL of the spans compared, as in the URL */
  query: string;
  /** TraceQL of the spans selected among them */
  selection: string;
  /** ms since the Unix epoch */
  selectionFrom?: number;
  selectionTo?: number;
}

/** What the selected spans have in common. `q`, `sel`, `selFrom` and `selTo` are in the URL: links/urls.ts. */
export class CompareView extends SceneObjectBase<CompareViewState> {
  static Component = CompareViewRenderer;

  protected override _urlSync = new SceneObjectUrlSyncConfig(this, { keys: ['q', 'sel', 'selFrom', 'selTo'] });

  protected override _variableDependency = new VariableDependencyConfig(this, { variableNames: [VARIABLES.tempo] });

  constructor() {
    super({ query: '', selection: '' });
  }

  getUrlState() {
    const { query, selection, selectionFrom, selectionTo } = this.state;
    return {
      q: query || undefined,
      sel: selection || undefined,
      selFrom: selectionFrom?.toString(),
      selTo: selectionTo?.toString(),
    };
  }

  updateFromUrl(values: SceneObjectUrlValues) {
    this.setState({
      ...('q' in values ? { query: textOf(values.q) } : {}),
      ...('sel' in values ? { selection: textOf(values.sel) } : {}),
      ...('selFrom' in values ? { selectionFrom: timeOf(values.selFrom) } : {}),
      ...('selTo' in values ? { selectionTo: timeOf(values.selTo) } : {}),
    });
  }

  compare = (query: string, selection: string) => this.setState({ query, selection });

  clearWindow = () => this.setState({ selectionFrom: undefined, selectionTo: undefined });
}

function textOf(value: SceneObjectUrlValues[string]): string {
  return typeof value === 'string' ? value : '';
}

function timeOf(value: SceneObjectUrlValues[string]): number | undefined {
  const time = typeof value === 'string' && value !== '' ? Number(value) : Number.NaN;
  return Number.isFinite(time) && time > 0 ? time : undefined;
}

function problemText(problem: ComparisonProblem): string {
  switch (problem.kind) {
    case 'syntax':
      return problem.part === 'query'
        ? t('traceatlas.compare.query-syntax', 'The spans to compare are no TraceQL: {{detail}}', {
            detail: problem.detail,
          })
        : t('traceatlas.compare.selection-syntax', 'The selection is no TraceQL: {{detail}}', {
            detail: problem.detail,
          });
    case 'notASearch':
      return t(
        'traceatlas.compare.not-a-search',
        'The spans to compare are given by a search: leave out rate() and other metrics functions.'
      );
    case 'notOneFilter':
      return t(
        'traceatlas.compare.not-one-filter',
        'The selection is one spanset filter, for example {example}. Put what needs more into the spans to compare.'
      ).replace('{example}', '{ duration > 500ms }');
  }
}

function CompareViewRenderer({ model }: SceneComponentProps<CompareView>) {
  const { query, selection, selectionFrom, selectionTo } = model.useState();
  const { value: timeRange } = sceneGraph.getTimeRange(model).useState();
  sceneGraph.lookupVariable(VARIABLES.tempo, model)?.useState();
  const styles = useStyles2(getStyles);
  const context = linkContext(model);
  const { tempo } = context;
  const isAsked = query.trim() !== '' && selection.trim() !== '';
  const parsed = useMemo(
    () => (isAsked ? parseComparison({ query, selection, selectionFrom, selectionTo }) : undefined),
    [isAsked, query, selection, selectionFrom, selectionTo]
  );
  const comparison = parsed?.comparison;
  const ask = useCallback(
    (signal: AbortSignal) =>
      tempo && comparison
        ? runComparison(tempo, timeRange, comparison, signal)
        : Promise.reject(new Error('There is nothing to compare')),
    [tempo, comparison, timeRange]
  );
  const { value, error, isLoading, retry } = useAnswer<Comparison>(tempo && comparison ? ask : undefined);
  const settings = tempo === undefined ? undefined : getDataSourceSrv().getInstanceSettings(tempo);
  if (!settings) {
    return <NoDataSource kind="tempo" chosen={tempo} />;
  }
  return (
    <div className={styles.page} data-testid={testIds.compare.root}>
      <ComparisonForm query={query} selection={selection} onCompare={model.compare} />
      {selectionFrom !== undefined && selectionTo !== undefined && (
        <div className={styles.window}>
          {t('traceatlas.compare.window', 'Selected only between {{from}} and {{to}}', {
            from: dateTimeFormat(selectionFrom, { defaultWithMS: true }),
            to: dateTimeFormat(selectionTo, { defaultWithMS: true }),
          })}
          <Button size="sm" fill="text" icon="times" onClick={model.clearWindow}>
            <Trans i18nKey="traceatlas.compare.clear-window">Select at any time</Trans>
          </Button>
        </div>
      )}
      <div className={styles.loading}>{isLoading && <LoadingBar width={400} />}</div>
      {parsed?.problem && <Alert severity="warning" title={problemText(parsed.problem)} />}
      {error && (
        <Alert
          severity="error"
          title={t('traceatlas.compare.failed', 'The spans could not be compared')}
          data-testid={testIds.compare.error}
        >
          <p>{error}</p>
          <Button size="sm" variant="secondary" onClick={retry}>
            <Trans i18nKey="traceatlas.service.retry">Try again</Trans>
          </Button>
        </Alert>
      )}
      {!isAsked && <NothingAsked />}
      {value && comparison && <Result value={value} comparison={comparison} model={model} settings={settings} />}
    </div>
  );
}

function NothingAsked() {
  return (
    <EmptyState
      variant="not-found"
      hideImage
      message={t('traceatlas.compare.nothing-asked', 'Say which spans to compare')}
    >
      <Trans i18nKey="traceatlas.compare.nothing-asked-hint">
        Above, write the spans that are compared, and which of them are selected: the slow ones, or those that failed.
      </Trans>
    </EmptyState>
  );
}

interface ResultProps {
  value: Comparison;
  comparison: ParsedComparison;
  model: CompareView;
  settings: { uid: string; type: string };
}

function Result({ value, comparison, model, settings }: ResultProps) {
  const styles = useStyles2(getStyles);
  const context = linkContext(model);
  const counts = { selected: value.selection.toLocaleString(), others: value.baseline.toLocaleString() };
  return (
    <>
      {value.sampledBecause !== undefined && (
        <Alert
          severity="info"
          title={t('traceatlas.compare.sampled', 'Counted in a sample of the spans')}
          data-testid={testIds.compare.sampled}
        >
          {t('traceatlas.compare.sampled-hint', 'The data source did not answer compare(): {{reason}}', {
            reason: value.sampledBecause,
          })}
        </Alert>
      )}
      <div className={styles.summary}>
        <span data-testid={testIds.compare.counts}>
          {t('traceatlas.compare.counts', 'Spans selected: {{selected}}. Others: {{others}}.', counts)}
        </span>
        <code className={styles.query}>{value.queries.join('\n')}</code>
        <ExploreButton
          settings={settings}
          query={{ query: value.queries[0], queryType: 'traceql', filters: [] }}
          from={context.from ?? 'now-1h'}
          to={context.to ?? 'now'}
        >
          {t('traceatlas.trace.explore', 'Explore')}
        </ExploreButton>
      </div>
      {value.selection === 0 || value.baseline === 0 ? (
        <EmptyState
          variant="not-found"
          hideImage
          message={
            value.selection === 0
              ? t('traceatlas.compare.none-selected', 'The selection matches no span in this time range')
              : t(
                  'traceatlas.compare.all-selected',
                  'The selection matches every span: there is nothing to compare with'
                )
          }
        >
          <Trans i18nKey="traceatlas.compare.empty-hint">
            Choose another selection or a longer time range. The newest half minute may not be searchable yet.
          </Trans>
        </EmptyState>
      ) : (
        <AttributeList attributes={value.attributes} comparison={comparison} context={context} />
      )}
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  page: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1), width: '100%' }),
  loading: css({ height: 2, overflow: 'hidden' }),
  window: css({ ...theme.typography.bodySmall, color: theme.colors.text.secondary }),
  summary: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1, 2) }),
  query: css({
    ...theme.typography.code,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    flex: '1 1 400px',
    minWidth: 0,
  }),
});
