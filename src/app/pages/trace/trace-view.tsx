import { css } from '@emotion/css';
import React, { useEffect, useMemo, useRef } from 'react';
import { type DataFrame, type GrafanaTheme2, LoadingState } from '@grafana/data';
import { t } from '@grafana/i18n';
import { config, getDataSourceSrv } from '@grafana/runtime';
import {
  type SceneComponentProps,
  sceneGraph,
  SceneObjectBase,
  type SceneObjectState,
  SceneObjectUrlSyncConfig,
  type SceneObjectUrlValues,
  SceneQueryRunner,
  VizPanel,
} from '@grafana/scenes';
import { Alert, LoadingBar, RadioButtonGroup, useStyles2 } from '@grafana/ui';
import { SPAN_PARAM, VARIABLES } from '../../../constants';
import { traceByIdQuery } from '../../../links/core-contracts';
import { normalizeSpanId } from '../../../links/exemplars';
import { testIds } from '../../../test-ids';
import { traceFromFrameSteps } from '../../../trace/from-frame';
import { type Trace } from '../../../trace/model';
import { serviceNameOf } from '../../../trace/service-name';
import { rootSpan } from '../../../trace/tree';
import { useRemainingHeight } from '../../../views/shared/use-remaining-height';
import { PreparingTrace, TraceTimeline } from '../../../views/trace/trace-timeline';
import { useSliced } from '../../../views/shared/use-sliced';
import { ExploreButton } from '../../explore-button';
import { linkContext } from '../../link-context';
import { retryFailedQueries } from '../../retry';
import { traceLinks } from '../../trace-links';
import { TraceNotFound } from './trace-not-found';
import { traceResult } from './trace-result';

const VIEW_PARAM = 'view';
const CORE_TRACES_PANEL = 'traces';

type ViewName = 'timeline' | 'core';

interface TraceViewState extends SceneObjectState {
  /** 32 hex digits */
  traceId: string;
  /** 16 hex digits */
  spanId?: string;
  view: ViewName;
  coreView: VizPanel;
  /** Told root service and operation */
  onName: (name: string) => void;
}

/** One trace of the chosen data source. `span` and `view` are in the URL. */
export class TraceView extends SceneObjectBase<TraceViewState> {
  static Component = TraceViewRenderer;

  protected override _urlSync = new SceneObjectUrlSyncConfig(this, { keys: [SPAN_PARAM, VIEW_PARAM] });

  constructor(traceId: string, onName: (name: string) => void) {
    super({
      traceId,
      onName,
      view: 'timeline',
      coreView: new VizPanel({ pluginId: CORE_TRACES_PANEL, title: '' }),
      $data: new SceneQueryRunner({
        $behaviors: [retryFailedQueries],
        datasource: { uid: `\${${VARIABLES.tempo}}` },
        queries: [{ refId: 'A', ...traceByIdQuery(traceId) }],
      }),
    });
  }

  getUrlState() {
    const { spanId, view } = this.state;
    return { [SPAN_PARAM]: spanId, [VIEW_PARAM]: view === 'core' ? view : undefined };
  }

  updateFromUrl(values: SceneObjectUrlValues) {
    const span = values[SPAN_PARAM];
    this.setState({
      spanId: typeof span === 'string' ? normalizeSpanId(span) : undefined,
      view: values[VIEW_PARAM] === 'core' ? 'core' : 'timeline',
    });
  }

  selectSpan = (spanId: string | undefined) => this.setState({ spanId });

  setView = (view: ViewName) => this.setState({ view });
}

function TraceViewRenderer({ model }: SceneComponentProps<TraceView>) {
  const { traceId } = model.useState();
  const { data } = sceneGraph.getData(model).useState();
  const styles = useStyles2(getStyles);
  const result = traceResult(data);
  const frame = useRef<HTMLDivElement>(null);
  // The timeline scrolls inside, so it needs a height.
  const height = useRemainingHeight(frame);
  const isLoading = data?.state !== LoadingState.Done && data?.state !== LoadingState.Error;
  return (
    <div className={styles.page} ref={frame} style={{ height }}>
      <div className={styles.loading}>{isLoading && <LoadingBar width={400} />}</div>
      {result.type === 'error' && (
        <Alert
          severity="error"
          title={t('traceatlas.trace.error', 'The trace could not be loaded')}
          className={styles.alert}
          data-testid={testIds.trace.error}
        >
          {result.message}
        </Alert>
      )}
      {result.type === 'notFound' && <TraceNotFound traceId={traceId} context={linkContext(model)} />}
      {result.type === 'trace' && <ShownTrace model={model} frame={result.frame} />}
    </div>
  );
}

/** Root service and operation; '' when neither is known. */
function nameOf(trace: Trace): string {
  const root = rootSpan(trace);
  return root ? `${serviceNameOf(root)} ${root.name}`.trim() : '';
}

function ShownTrace({ model, frame }: { model: TraceView; frame: DataFrame }) {
  const { spanId, view, coreView, onName } = model.useState();
  const timeRange = sceneGraph.getTimeRange(model).useState();
  const styles = useStyles2(getStyles);
  const { result: shown } = useSliced(frame, frame.length, traceFromFrameSteps);
  const name = useMemo(() => (shown ? nameOf(shown.trace) : ''), [shown]);
  useEffect(() => {
    if (name) {
      onName(name);
    }
  }, [name, onName]);
  const context = { ...linkContext(model), from: timeRange.from, to: timeRange.to };
  const actions = <Actions model={model} />;
  if (view === 'core') {
    return (
      <>
        {actions}
        <div className={styles.core}>
          <coreView.Component model={coreView} />
        </div>
      </>
    );
  }
  if (!shown) {
    return <PreparingTrace />;
  }
  return (
    <TraceTimeline
      trace={shown.trace}
      partial={shown.partial}
      timeZone={sceneGraph.getTimeRange(model).getTimeZone()}
      spanId={spanId}
      onSelectSpan={model.selectSpan}
      actions={actions}
      hideTitle={name !== ''}
      {...traceLinks(shown.trace, context)}
    />
  );
}

function Actions({ model }: { model: TraceView }) {
  const { view, traceId, spanId } = model.useState();
  const styles = useStyles2(getStyles);
  const { from, to, tempo } = linkContext(model);
  const settings = tempo === undefined ? undefined : getDataSourceSrv().getInstanceSettings(tempo);
  return (
    <div className={styles.actions}>
      {CORE_TRACES_PANEL in config.panels && (
        <div data-testid={testIds.trace.viewToggle}>
          <RadioButtonGroup<ViewName>
            size="sm"
            aria-label={t('traceatlas.trace.view', 'View')}
            value={view}
            onChange={model.setView}
            options={[
              { value: 'timeline', label: t('traceatlas.trace.view-timeline', 'Timeline') },
              { value: 'core', label: t('traceatlas.trace.view-core', "Grafana's trace view") },
            ]}
          />
        </div>
      )}
      {settings && (
        <ExploreButton
          settings={settings}
          query={traceByIdQuery(traceId)}
          from={from ?? 'now-1h'}
          to={to ?? 'now'}
          spanId={spanId}
        >
          {t('traceatlas.trace.explore', 'Explore')}
        </ExploreButton>
      )}
    </div>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    page: css({
      display: 'flex',
      flexDirection: 'column',
      flexGrow: 1,
      minHeight: 0,
    }),
    alert: css({ flexGrow: 0 }),
    loading: css({ height: 2, marginBottom: theme.spacing(0.5), overflow: 'hidden', flexShrink: 0 }),
    core: css({ flexGrow: 1, minHeight: 0, marginTop: theme.spacing(1) }),
    actions: css({ display: 'flex', justifyContent: 'flex-end', gap: theme.spacing(1), flexShrink: 0 }),
  };
}
