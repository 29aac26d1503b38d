import { css } from '@emotion/css';
import React from 'react';
import { type GrafanaTheme2 } from '@grafana/data';
import {
  SceneCSSGridItem,
  SceneCSSGridLayout,
  type SceneComponentProps,
  sceneGraph,
  type SceneObject,
  SceneObjectBase,
  type SceneObjectState,
  SceneObjectUrlSyncConfig,
  type SceneObjectUrlValues,
} from '@grafana/scenes';
import { Alert, Button, Combobox, InlineField, useStyles2 } from '@grafana/ui';
import { t } from '../../../i18n/translate';
import { type RequestsScope } from '../../../links/requests-of-service';
import { sampleSeries } from '../../../servicegraph/service-promql';
import { testIds } from '../../../test-ids';
import { linkContext } from '../../link-context';
import { promqlRunner } from '../../run-promql';
import { ErrorsTable } from './errors-table';
import { LatencySection } from './latency-section';
import { OperationsTable } from './operations-table';
import { ServiceNeighbours } from './service-neighbours';
import { errorsPanel, ratePanel, splitLatencyPanel } from './service-panels';
import { type ServiceSource, type Split } from './service-source';
import { ServiceTraces } from './service-traces';
import { splitOptions, splitOfText, splitText } from './split-options';

interface ServiceBodyState extends SceneObjectState {
  service: string;
  /** As the URL has it */
  namespace?: string;
  source: ServiceSource;
  /** Span name; from the URL */
  operation?: string;
  /** `splitText`; from the URL */
  split?: string;
  /** Labels of the service's series; undefined until they are known */
  labels?: string[];
  head: ServiceNeighbours;
  /** From top to bottom */
  parts?: SceneObject[];
}

/** One service in full. `operation` and `split` are in the URL. */
export class ServiceBody extends SceneObjectBase<ServiceBodyState> {
  static Component = ServiceBodyRenderer;

  protected override _urlSync = new SceneObjectUrlSyncConfig(this, { keys: ['operation', 'split'] });

  constructor(service: string, namespace: string | undefined, source: ServiceSource) {
    super({ service, namespace, source, head: new ServiceNeighbours(service, namespace) });
    this.addActivationHandler(() => {
      const controller = new AbortController();
      this._subs.add(
        this.subscribeToState((next, previous) => {
          if (
            next.operation !== previous.operation ||
            next.split !== previous.split ||
            next.labels !== previous.labels
          ) {
            this.build();
          }
        })
      );
      this.readLabels(controller.signal).then(
        (labels) => controller.signal.aborted || this.setState({ labels }),
        // Without them the panels say what is wrong.
        () => controller.signal.aborted || this.setState({ labels: [] })
      );
      return () => controller.abort();
    });
  }

  getUrlState() {
    const { operation, split } = this.state;
    return { operation, split };
  }

  updateFromUrl(values: SceneObjectUrlValues) {
    const text = (value: SceneObjectUrlValues[string]) =>
      typeof value === 'string' && value !== '' ? value : undefined;
    this.setState({
      ...('operation' in values ? { operation: text(values.operation) } : {}),
      ...('split' in values ? { split: text(values.split) } : {}),
    });
  }

  pickOperation = (operation: string | undefined) => this.setState({ operation });

  pickSplit = (split: string | undefined) => this.setState({ split });

  /** The namespace can be asked for only where the series have it. */
  get scope(): RequestsScope {
    const { service, namespace, operation } = this.state;
    return { service, namespace, operation };
  }

  get seriesLackNamespace(): boolean {
    const { source, namespace, labels } = this.state;
    return (
      source.kind === 'promql' &&
      namespace !== undefined &&
      labels !== undefined &&
      labels.length > 0 &&
      !labels.includes(source.metrics.names.namespaceLabel)
    );
  }

  private async readLabels(signal: AbortSignal): Promise<string[]> {
    const { source, service } = this.state;
    if (source.kind !== 'promql') {
      return [];
    }
    const range = sceneGraph.getTimeRange(this).state.value;
    const seconds = Math.max(1, Math.round((range.to.valueOf() - range.from.valueOf()) / 1000));
    const expr = sampleSeries(source.metrics.names, { service }, seconds);
    const answers = await promqlRunner(linkContext(this).prometheus ?? '', range)(
      [{ refId: 'labels', expr, instant: true }],
      signal
    );
    return [...new Set((answers.labels ?? []).flatMap((row) => Object.keys(row.labels)))];
  }

  private build() {
    const { source, operation } = this.state;
    const split = splitOfText(this.state.split) ?? defaultSplit(source);
    const traceScope = this.scope;
    const scope = this.seriesLackNamespace ? { ...traceScope, namespace: undefined } : traceScope;
    const item = (body: SceneObject) => new SceneCSSGridItem({ body });
    this.setState({
      parts: [
        new LatencySection(source, scope, traceScope),
        new SceneCSSGridLayout({
          templateColumns: 'repeat(auto-fit, minmax(320px, 1fr))',
          autoRows: '240px',
          rowGap: 1,
          columnGap: 1,
          children: [
            item(ratePanel(source, scope, split)),
            item(errorsPanel(source, scope, split)),
            item(splitLatencyPanel(source, scope, split)),
          ],
        }),
        new OperationsTable({ source, scope: { ...scope, operation: undefined }, onPick: this.pickOperation }),
        new ErrorsTable({ scope: traceScope }),
        new ServiceTraces({ ...traceScope, operation }),
      ],
    });
  }
}

function defaultSplit(source: ServiceSource): Split {
  return source.kind === 'promql' ? { source: 'promql', name: 'span_name' } : { source: 'traceql', name: 'name' };
}

function ServiceBodyRenderer({ model }: SceneComponentProps<ServiceBody>) {
  const { head, parts, source, operation, split, labels } = model.useState();
  const styles = useStyles2(getStyles);
  const shownSplit = split ?? splitText(defaultSplit(source));
  return (
    <div className={styles.page}>
      <head.Component model={head} />
      <div className={styles.bar}>
        <InlineField label={t('traceatlas.service.split-by', 'Split by')} transparent htmlFor="traceatlas-split">
          <Combobox
            id="traceatlas-split"
            width="auto"
            minWidth={24}
            value={shownSplit}
            options={splitOptions(source, labels ?? [], shownSplit)}
            onChange={({ value }) => model.pickSplit(value)}
            data-testid={testIds.service.split}
          />
        </InlineField>
        {operation !== undefined && (
          <Button size="sm" variant="secondary" icon="times" onClick={() => model.pickOperation(undefined)}>
            {t('traceatlas.service.only-operation', 'Only {{operation}}', { operation })}
          </Button>
        )}
        <span className={styles.hint} data-testid={testIds.service.source}>
          {source.kind === 'promql'
            ? t('traceatlas.service.from-series', 'Numbers from the span metrics {{metric}}', {
                metric: source.metrics.names.calls,
              })
            : t(
                'traceatlas.service.from-traceql',
                'No span metrics found: numbers from TraceQL over the stored traces'
              )}
        </span>
      </div>
      {model.seriesLackNamespace && (
        <Alert
          severity="info"
          title={t(
            'traceatlas.service.no-namespace-label',
            'The span metrics do not tell namespaces apart: the numbers are of all services of this name'
          )}
        />
      )}
      {parts?.map((part) => (
        <part.Component key={part.state.key} model={part} />
      ))}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  page: css({ width: '100%', display: 'flex', flexDirection: 'column', gap: theme.spacing(1) }),
  bar: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1) }),
  hint: css({ ...theme.typography.bodySmall, color: theme.colors.text.secondary }),
});
