import React from 'react';
import { t, Trans } from '@grafana/i18n';
import {
  NewSceneObjectAddedEvent,
  type SceneComponentProps,
  sceneGraph,
  type SceneObject,
  SceneObjectBase,
  type SceneObjectState,
  VariableDependencyConfig,
} from '@grafana/scenes';
import { getDataSourceSrv } from '@grafana/runtime';
import { Alert, Button, LoadingPlaceholder, Stack } from '@grafana/ui';
import { VARIABLES } from '../../../constants';
import { type HistogramKind, type SpanMetricNames } from '../../../servicegraph/dialect';
import { knownDialects } from '../../../servicegraph/known-dialects';
import { linkContext } from '../../link-context';
import { metricNames } from '../../metric-names';
import { RETRY_MS } from '../../retry';
import { promqlRunner } from '../../run-promql';
import { SetupHint } from '../../setup-hint';
import { testIds } from '../../../test-ids';
import { LinkButton } from '../../../views/shared/link-button';

/** What the metrics data source calls the span metrics. */
export interface SpanMetrics {
  names: SpanMetricNames;
  histogram: HistogramKind;
}

/** `context` sees the page's variables; no metrics: none were found. Undefined when nothing can be shown without them. */
type Build = (metrics: SpanMetrics | undefined, context: SceneObject) => SceneObject | undefined;

type Probe = { state: 'loading' } | { state: 'failed'; message: string } | { state: 'none' } | { state: 'ready' };

interface MetricsLoaderState extends SceneObjectState {
  probe: Probe;
  build: Build;
  /** Address of what can be seen without metrics */
  traces?: (context: SceneObject) => string;
  body?: SceneObject;
}

/** Finds out whose span metrics there are, then shows what is built on them. Looks again for another data source. */
export class MetricsLoader extends SceneObjectBase<MetricsLoaderState> {
  static Component = MetricsLoaderRenderer;

  protected override _variableDependency = new VariableDependencyConfig(this, {
    variableNames: [VARIABLES.prometheus],
    onReferencedVariableValueChanged: () => this.load(),
  });

  private running?: AbortController;
  private retry?: ReturnType<typeof setTimeout>;

  constructor(build: Build, traces?: MetricsLoaderState['traces']) {
    super({ build, traces, probe: { state: 'loading' } });
    this.addActivationHandler(() => {
      const timeRange = sceneGraph.getTimeRange(this);
      this._subs.add(
        timeRange.subscribeToState((next, previous) => {
          if (next.value !== previous.value && this.state.probe.state !== 'ready') {
            this.load();
          }
        })
      );
      this.load();
      return () => {
        this.running?.abort();
        clearTimeout(this.retry);
      };
    });
  }

  load() {
    this.setState({ probe: { state: 'loading' } });
    this.look();
  }

  /** What is on screen stays until there is an answer. */
  private look() {
    this.running?.abort();
    clearTimeout(this.retry);
    const controller = new AbortController();
    this.running = controller;
    this.probe(controller.signal).then(
      (metrics) => {
        if (!controller.signal.aborted) {
          const body = this.state.build(metrics, this);
          this.setState({ probe: { state: body ? 'ready' : 'none' }, body });
          if (body) {
            // The page read its address before this was there.
            this.publishEvent(new NewSceneObjectAddedEvent(body), true);
          }
        }
      },
      (error: unknown) => {
        if (!controller.signal.aborted) {
          this.setState({
            probe: { state: 'failed', message: error instanceof Error ? error.message : String(error) },
          });
          this.retry = setTimeout(() => this.look(), RETRY_MS);
        }
      }
    );
  }

  private async probe(signal: AbortSignal): Promise<SpanMetrics | undefined> {
    const uid = sceneGraph.lookupVariable(VARIABLES.prometheus, this)?.getValue();
    if (typeof uid !== 'string' || uid === '') {
      return undefined;
    }
    const range = sceneGraph.getTimeRange(this).state.value;
    const { dialect } = await knownDialects.get({
      uid,
      runPromQL: promqlRunner(uid, range),
      range: { from: range.from.valueOf(), to: range.to.valueOf() },
      override: metricNames(linkContext(this)),
      signal,
    });
    const { spanMetrics, histogram } = dialect;
    return spanMetrics && { names: spanMetrics, histogram: spanMetrics.histogram ?? histogram };
  }
}

/** As people know it */
function metricsName(model: MetricsLoader): string {
  const { prometheus = '' } = linkContext(model);
  return getDataSourceSrv().getInstanceSettings(prometheus)?.name ?? prometheus;
}

function MetricsLoaderRenderer({ model }: SceneComponentProps<MetricsLoader>) {
  const { probe, body, traces } = model.useState();
  // They come from Tempo alone.
  const tracesHref = traces?.(model);
  switch (probe.state) {
    case 'loading':
      return <LoadingPlaceholder text={t('traceatlas.service.looking', 'Looking for span metrics…')} />;
    case 'failed':
      return (
        <Alert
          severity="error"
          title={t('traceatlas.service.metrics-failed', 'The metrics data source did not answer')}
          data-testid={testIds.service.metricsFailed}
        >
          <p>
            {metricsName(model)}: {probe.message}
          </p>
          <p>
            <Trans i18nKey="traceatlas.service.metrics-failed-check">
              It is asked again every few seconds. If that does not help, see whether its settings page can reach it, or
              choose another one above.
            </Trans>
          </p>
          <Stack gap={1} alignItems="center" wrap="wrap">
            <Button size="sm" variant="secondary" onClick={() => model.load()}>
              <Trans i18nKey="traceatlas.service.retry">Try again</Trans>
            </Button>
            {tracesHref !== undefined && (
              <LinkButton size="sm" variant="secondary" icon="search" href={tracesHref}>
                {t('traceatlas.service.traces-instead', 'Traces of this service')}
              </LinkButton>
            )}
            <SetupHint />
          </Stack>
        </Alert>
      );
    case 'none':
      return (
        <Alert severity="info" title={t('traceatlas.service.no-span-metrics', 'No span metrics in this time range')}>
          <Trans i18nKey="traceatlas.service.no-span-metrics-hint">
            Choose another metrics data source or a longer time range. Tempo writes these series when its metrics
            generator runs the span-metrics processor and its remote write points at this data source.
          </Trans>
          <SetupHint />
        </Alert>
      );
    case 'ready':
      return body ? <body.Component model={body} /> : null;
  }
}
