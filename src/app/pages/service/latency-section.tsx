import { css } from '@emotion/css';
import React, { useCallback, useMemo, useState } from 'react';
import { type GrafanaTheme2, LoadingState } from '@grafana/data';
import { Trans } from '@grafana/i18n';
import { locationService } from '@grafana/runtime';
import {
  type SceneComponentProps,
  sceneGraph,
  SceneObjectBase,
  type SceneObjectState,
  SceneQueryRunner,
} from '@grafana/scenes';
import { Alert, Button, PanelChrome, RadioButtonGroup, Switch, useStyles2, useTheme2 } from '@grafana/ui';
import { VARIABLES } from '../../../constants';
import { t } from '../../../i18n/translate';
import { type ExemplarPoint, type ExemplarSampling, samplePoints } from '../../../links/exemplar-points';
import { boxComparison, boxCondition, boxQuery, type LatencyBox } from '../../../links/latency-box';
import { type RequestsScope } from '../../../links/requests-of-service';
import { compareSpansUrl, type LinkContext, searchUrl, traceUrl } from '../../../links/urls';
import { type SpanSelection } from '../../../servicegraph/traces-of';
import { testIds } from '../../../test-ids';
import { formatLatency, lineColor } from '../../../views/heatmap/draw-latency';
import { LatencyChart } from '../../../views/heatmap/latency-chart';
import { LinkButton } from '../../../views/shared/link-button';
import { ExemplarCard } from '../../exemplar-card';
import { ExemplarDrawer } from '../../exemplar-drawer';
import { ExemplarTable } from '../../exemplar-table';
import { linkContext } from '../../link-context';
import { QueryButton } from '../../query-button';
import { dataError } from '../../query-state';
import { retryFailedQueries } from '../../retry';
import { type PanelQueries } from './service-source';
import { NO_POINTS, useExemplars } from './use-exemplars';

interface LatencySectionState extends SceneObjectState {
  /** Of the spans */
  scope: RequestsScope;
  asked: PanelQueries;
}

/** Steps of the range from which `spread` keeps the slowest exemplar each */
const SPREAD_STEPS = 60;
const SLOWEST = 20;
const CHART_HEIGHT = 320;

/** Latency of a service over time: buckets, percentiles and exemplars, and what one can do with a part of them. */
export class LatencySection extends SceneObjectBase<LatencySectionState> {
  static Component = LatencySectionRenderer;

  /** @param scope what TraceQL is asked for: series may tell less than the spans */
  constructor(asked: PanelQueries, scope: RequestsScope) {
    super({
      scope,
      asked,
      $data: new SceneQueryRunner({
        $behaviors: [retryFailedQueries],
        datasource: { uid: `\${${asked.variable}}` },
        queries: asked.queries.map(({ target }) => target),
      }),
    });
  }
}

function LatencySectionRenderer({ model }: SceneComponentProps<LatencySection>) {
  const { scope, asked } = model.useState();
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const context = linkContext(model);
  const timeZone = sceneGraph.getTimeRange(model).getTimeZone();
  const { data, timeRange, latency, points, isLoading, isSearched, spans, query } = useExemplars(
    model,
    { scope, asked },
    context
  );
  const [sampling, setSampling] = useState<ExemplarSampling>('spread');
  const [areShown, setShown] = useState(true);
  const [box, setBox] = useState<LatencyBox>();
  const [open, setOpen] = useState<ExemplarPoint>();
  const [fromMs, toMs] = [timeRange.from.valueOf(), timeRange.to.valueOf()];
  const shown = useMemo(
    () =>
      areShown
        ? samplePoints(
            points.filter(({ timeMs }) => timeMs >= fromMs && timeMs <= toMs),
            sampling,
            { stepMs: Math.max(1, (toMs - fromMs) / SPREAD_STEPS), slowest: SLOWEST }
          )
        : NO_POINTS,
    [areShown, points, sampling, fromMs, toMs]
  );
  const error = dataError(data);
  const search = (selected: LatencyBox) =>
    locationService.push(
      searchUrl(boxQuery(spans, selected), { ...context, from: selected.fromMs, to: selected.toMs })
    );
  const { tempo, prometheus } = context;
  const traceHref = useCallback(
    ({ traceId, spanId, timeMs }: ExemplarPoint) =>
      traceUrl(traceId, { tempo, prometheus, from: timeMs - 3_600_000, to: timeMs + 3_600_000, spanId }),
    [tempo, prometheus]
  );
  const renderCard = useCallback(
    (point: ExemplarPoint) => <ExemplarCard point={point} tempo={context.tempo} timeZone={timeZone} />,
    [context.tempo, timeZone]
  );
  return (
    <div className={styles.section} data-testid={testIds.service.latencyPanel}>
      <PanelChrome
        title={t('traceatlas.service.latency', 'Latency')}
        description={t(
          'traceatlas.service.latency-chart-hint',
          'Requests by how long they took. Points are exemplars: click one to open its trace. Drag over a part to search or compare it.'
        )}
        loadingState={data?.state ?? LoadingState.NotStarted}
        actions={
          <>
            <RadioButtonGroup<ExemplarSampling>
              size="sm"
              aria-label={t('traceatlas.exemplar.sampling', 'Which exemplars are shown')}
              value={sampling}
              disabled={!areShown}
              onChange={setSampling}
              options={[
                {
                  value: 'spread',
                  label: t('traceatlas.exemplar.spread', 'Outliers'),
                  description: t(
                    'traceatlas.exemplar.spread-hint',
                    'The slowest of each moment, those two standard deviations apart, and all failures'
                  ),
                },
                { value: 'slowest', label: t('traceatlas.exemplar.slowest', 'Slowest {{count}}', { count: SLOWEST }) },
                { value: 'all', label: t('traceatlas.exemplar.all', 'All') },
              ]}
            />
            <Switch
              id="traceatlas-exemplars"
              aria-label={t('traceatlas.exemplar.toggle', 'Show exemplars')}
              value={areShown}
              onChange={(event) => setShown(event.currentTarget.checked)}
            />
            <QueryButton
              dataSourceUid={asked.variable === VARIABLES.tempo ? context.tempo : context.prometheus}
              queries={asked.queries}
              from={context.from ?? 'now-1h'}
              to={context.to ?? 'now'}
            />
          </>
        }
      >
        {error && (
          <Alert severity="error" title={t('traceatlas.service.query-failed', 'The query failed')}>
            {error}
          </Alert>
        )}
        <LatencyChart
          label={t('traceatlas.service.latency-chart', 'Latency over time, exemplars: {{count}}', {
            count: shown.length,
          })}
          fromMs={fromMs}
          toMs={toMs}
          timeZone={timeZone}
          height={CHART_HEIGHT}
          buckets={latency.buckets}
          lines={latency.lines}
          points={shown}
          box={box}
          onBox={setBox}
          onOpen={setOpen}
          onSearch={search}
          renderCard={renderCard}
        />
        <div className={styles.legend}>
          {latency.lines.map(({ name }, index) => (
            <span key={name} className={styles.line}>
              <span className={styles.swatch} style={{ backgroundColor: lineColor(theme, index) }} />
              {name}
            </span>
          ))}
          <span>
            {t('traceatlas.exemplar.counted', 'Exemplars: {{shown}} of {{all}}', {
              shown: shown.length,
              all: points.length,
            })}
          </span>
          <span className={styles.failed}>◆ {t('traceatlas.exemplar.failed', 'failed')}</span>
          {isSearched && (
            <span title={query} data-testid={testIds.latency.searched}>
              <Trans i18nKey="traceatlas.exemplar.searched">
                The metrics have no exemplars here: the points are from a search for traces.
              </Trans>
            </span>
          )}
          {latency.unusable > 0 && (
            <span>
              {t('traceatlas.exemplar.unusable', 'Exemplars without a usable trace id: {{count}}', {
                count: latency.unusable,
              })}
            </span>
          )}
        </div>
        {box && <BoxActions box={box} spans={spans} context={context} onClear={() => setBox(undefined)} />}
      </PanelChrome>
      <div className={styles.table}>
        <ExemplarTable
          points={shown}
          isLoading={isLoading}
          timeZone={timeZone}
          onOpen={setOpen}
          traceHref={traceHref}
        />
      </div>
      {open && <ExemplarDrawer point={open} context={context} timeZone={timeZone} onClose={() => setOpen(undefined)} />}
    </div>
  );
}

interface BoxActionsProps {
  box: LatencyBox;
  spans: SpanSelection;
  context: LinkContext;
  onClear: () => void;
}

/** What one can do with the part of the chart that was selected. */
function BoxActions({ box, spans, context, onClear }: BoxActionsProps) {
  const styles = useStyles2(getStyles);
  const query = boxQuery(spans, box);
  return (
    <div className={styles.box} data-testid={testIds.latency.box}>
      <code>{boxCondition(box) || t('traceatlas.latency.any', 'any latency')}</code>
      <span>
        {t('traceatlas.latency.box', '{{min}} to {{max}}', {
          min: formatLatency(box.min),
          max: Number.isFinite(box.max) ? formatLatency(box.max) : '∞',
        })}
      </span>
      <LinkButton
        size="sm"
        variant="secondary"
        icon="search"
        href={searchUrl(query, { ...context, from: box.fromMs, to: box.toMs })}
        data-testid={testIds.latency.searchBox}
      >
        <Trans i18nKey="traceatlas.latency.search">Search these</Trans>
      </LinkButton>
      <LinkButton
        size="sm"
        icon="exchange-alt"
        href={compareSpansUrl(boxComparison(spans, box), context)}
        data-testid={testIds.latency.compareBox}
      >
        <Trans i18nKey="traceatlas.latency.compare">Compare with the rest</Trans>
      </LinkButton>
      <Button size="sm" fill="text" icon="times" onClick={onClear}>
        <Trans i18nKey="traceatlas.latency.clear">Clear</Trans>
      </Button>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  section: css({
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 2fr) minmax(320px, 1fr)',
    gap: theme.spacing(1),
    width: '100%',
    '@media (max-width: 1100px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  }),
  table: css({ maxHeight: 440, overflow: 'auto' }),
  legend: css({
    ...theme.typography.bodySmall,
    color: theme.colors.text.secondary,
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.5, 2),
    padding: theme.spacing(0.5, 0),
  }),
  line: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(0.5) }),
  swatch: css({ width: theme.spacing(1.5), height: 2 }),
  failed: css({ color: theme.colors.error.text }),
  box: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1) }),
});
