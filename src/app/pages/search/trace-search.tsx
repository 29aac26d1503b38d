import React, { useCallback, useRef, useState } from 'react';
import { css } from '@emotion/css';
import { type DataQueryError, type GrafanaTheme2, LoadingState } from '@grafana/data';
import { t, Trans } from '@grafana/i18n';
import { locationService } from '@grafana/runtime';
import {
  PanelBuilders,
  type SceneComponentProps,
  type SceneDataQuery,
  sceneGraph,
  SceneObjectBase,
  type SceneObjectState,
  SceneObjectUrlSyncConfig,
  type SceneObjectUrlValues,
  SceneQueryRunner,
  type VizPanel,
} from '@grafana/scenes';
import { Alert, Button, EmptyState, Field, Input, Stack, Text, useStyles2 } from '@grafana/ui';
import { VARIABLES } from '../../../constants';
import { QueryProgress } from '../../../datasource/editor/query-progress';
import { progressOf } from '../../../datasource/query/slice-progress';
import { traceUrl } from '../../../links/urls';
import { testIds } from '../../../test-ids';
import { classifyQuery } from '../../../traceql';
import { linkContext } from '../../link-context';
import { retryFailedQueries } from '../../retry';
import { NoDataSource } from '../../no-data-source';
import { dataError } from '../../query-state';
import { QueryExamples } from './query-examples';
import { TraceQLField } from './traceql-field';
import { tagSourceOf } from './tag-source';
import { TraceTable } from './trace-table';
import { useShownRows } from './use-shown-rows';

const DEFAULT_LIMIT = 50;
/** Tempo's own bound is far higher; more rows than this help nobody. */
const MAX_LIMIT = 1000;
const NO_ERRORS: DataQueryError[] = [];

interface TraceSearchState extends SceneObjectState {
  /** The query that ran last; what is being typed lives in the editor. */
  query: string;
  limit: number;
  chart: VizPanel;
}

/** TraceQL in, traces (or a chart, for a metrics query) out. `q` and `limit` are in the URL. */
export class TraceSearch extends SceneObjectBase<TraceSearchState> {
  static Component = TraceSearchRenderer;

  protected override _urlSync = new SceneObjectUrlSyncConfig(this, { keys: ['q', 'limit'] });

  constructor() {
    super({
      query: '{}',
      limit: DEFAULT_LIMIT,
      chart: PanelBuilders.timeseries().setTitle(t('traceatlas.search.chart', 'TraceQL metrics')).build(),
      $data: new SceneQueryRunner({
        $behaviors: [retryFailedQueries],
        datasource: { uid: `\${${VARIABLES.tempo}}` },
        // There before the runner is activated, which runs them: a run of our own beside it would not be cancelled with it.
        queries: queriesOf('{}', DEFAULT_LIMIT),
      }),
    });
    this.addActivationHandler(() => {
      this._subs.add(
        this.subscribeToState((next, previous) => {
          if (next.query !== previous.query || next.limit !== previous.limit) {
            this.runAgain();
          }
        })
      );
    });
  }

  getUrlState() {
    return { q: this.state.query, limit: String(this.state.limit) };
  }

  updateFromUrl(values: SceneObjectUrlValues) {
    const limit = Number(values.limit);
    this.setState({
      ...(typeof values.q === 'string' ? { query: values.q } : {}),
      ...(Number.isInteger(limit) && limit > 0 ? { limit: Math.min(limit, MAX_LIMIT) } : {}),
    });
    this.setQueries();
  }

  /** A trace id opens the trace; anything else is searched for. */
  submit(query: string) {
    if (classifyQuery(query) === 'traceId') {
      locationService.push(traceUrl(query.trim(), linkContext(this)));
    } else if (query === this.state.query) {
      this.runAgain();
    } else {
      this.setState({ query });
    }
  }

  /** Ends the search; what came so far stays. */
  stop() {
    this.runner.cancelQuery();
  }

  get runner(): SceneQueryRunner {
    const data = this.state.$data;
    if (!(data instanceof SceneQueryRunner)) {
      throw new Error('TraceSearch was built without its query runner');
    }
    return data;
  }

  /** "Now" is when one asks: the runner follows the time range. */
  private runAgain() {
    this.setQueries();
    sceneGraph.getTimeRange(this).onRefresh();
  }

  private setQueries() {
    this.runner.setState({ queries: queriesOf(this.state.query, this.state.limit) });
  }
}

function queriesOf(query: string, limit: number): SceneDataQuery[] {
  return query.trim() === ''
    ? []
    : [{ refId: 'A', queryType: 'traceql', query, limit, spss: 3, tableType: 'traces', filters: [] }];
}

function TraceSearchRenderer({ model }: SceneComponentProps<TraceSearch>) {
  const { query, limit, chart } = model.useState();
  const { data } = sceneGraph.getData(model).useState();
  const time = sceneGraph.getTimeRange(model);
  const { value: timeRange } = time.useState();
  const timeZone = time.getTimeZone();
  const styles = useStyles2(getStyles);
  const [draft, setDraft] = useState(query);
  // Monaco runs a query in the same breath as it reports the text, before React has rendered it.
  const latestDraft = useRef(draft);
  const [shownQuery, setShownQuery] = useState(query);
  if (shownQuery !== query) {
    // The URL changed under us (back button, link): show what ran.
    setShownQuery(query);
    setDraft(query);
  }

  const error = dataError(data);
  const loading = data?.state === LoadingState.Loading || data?.state === LoadingState.Streaming;
  const isMetrics = classifyQuery(query) === 'metrics';
  const { rows, isOfEarlierSearch } = useShownRows(data, error !== undefined);

  const change = (text: string) => {
    latestDraft.current = text;
    setDraft(text);
  };
  const run = (text: string) => {
    change(text);
    model.submit(text);
  };
  const { from, to, tempo, prometheus } = linkContext(model);
  const traceHref = useCallback(
    (traceId: string) => traceUrl(traceId, { from, to, tempo, prometheus }),
    [from, to, tempo, prometheus]
  );
  const tags = tempo === undefined ? undefined : tagSourceOf(tempo);
  if (!tags) {
    return <NoDataSource kind="tempo" chosen={tempo} />;
  }

  return (
    <div className={styles.page}>
      <Stack direction="row" gap={1} alignItems="flex-start">
        <div className={styles.editor} data-testid={testIds.search.editor}>
          <TraceQLField
            value={draft}
            tags={tags}
            range={timeRange}
            errors={data?.errors ?? NO_ERRORS}
            onChange={change}
            onRun={() => run(latestDraft.current)}
          />
        </div>
        <Field noMargin label={t('traceatlas.search.limit', 'Limit')} className={styles.limit}>
          <Input
            id="traceatlas-search-limit"
            type="number"
            min={1}
            max={MAX_LIMIT}
            defaultValue={limit}
            key={limit}
            onBlur={(event) => model.updateFromUrl({ limit: event.currentTarget.value })}
          />
        </Field>
        <Button className={styles.run} icon="play" onClick={() => run(draft)} data-testid={testIds.search.run}>
          <Trans i18nKey="traceatlas.search.run">Run</Trans>
        </Button>
      </Stack>
      <QueryExamples onPick={run} />
      <QueryProgress
        progress={progressOf(data?.series ?? [])}
        isRunning={loading}
        timeZone={timeZone}
        onStop={() => model.stop()}
      />
      {error && (
        <Alert
          severity="error"
          title={t('traceatlas.search.error', 'The search failed')}
          data-testid={testIds.search.error}
        >
          {error}
        </Alert>
      )}
      {isMetrics ? (
        <div className={styles.chart}>
          <chart.Component model={chart} />
        </div>
      ) : (
        <>
          {isOfEarlierSearch && (
            <Text color="secondary" variant="bodySmall">
              <Trans i18nKey="traceatlas.search.earlier-rows">These are the traces of the search before.</Trans>
            </Text>
          )}
          {rows.length > 0 && <TraceTable rows={rows} limit={limit} traceHref={traceHref} />}
          {rows.length === 0 && !loading && !error && data?.state === LoadingState.Done && (
            <EmptyState variant="not-found" message={t('traceatlas.search.empty', 'No traces found')}>
              <Trans i18nKey="traceatlas.search.empty-hint">
                Try a longer time range or a wider query; {'{}'} finds every trace. The newest half minute may not be
                searchable yet.
              </Trans>
            </EmptyState>
          )}
        </>
      )}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  page: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1.5), flexGrow: 1, minHeight: 0 }),
  editor: css({ flexGrow: 1, minWidth: 0 }),
  limit: css({ width: 96 }),
  run: css({ marginTop: theme.spacing(2.75) }),
  chart: css({ height: 420 }),
});
