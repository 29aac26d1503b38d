import { css } from '@emotion/css';
import React from 'react';
import { type GrafanaTheme2 } from '@grafana/data';
import {
  type SceneComponentProps,
  sceneGraph,
  type SceneObject,
  SceneObjectBase,
  type SceneObjectState,
  SceneObjectUrlSyncConfig,
  type SceneObjectUrlValues,
} from '@grafana/scenes';
import { Alert, Button, Combobox, InlineField, LoadingPlaceholder, useStyles2 } from '@grafana/ui';
import { t } from '../../../i18n/translate';
import { type RequestsScope } from '../../../links/requests-of-service';
import { serviceUrl } from '../../../links/urls';
import { readServiceId } from '../../../servicegraph/model';
import { testIds } from '../../../test-ids';
import { linkContext } from '../../link-context';
import { Link } from '../../../views/shared/link';
import { namespacesOfService, seriesLabels } from './service-facts';
import { ServiceNeighbours } from './service-neighbours';
import { callSource, type CallSource } from './call-source';
import { callParts, serviceParts } from './service-parts';
import { operationSplit, type ServiceSource } from './service-source';
import { splitOptions, splitOfText, splitText } from './split-options';

interface ServiceBodyState extends SceneObjectState {
  service: string;
  /** As the URL has it */
  namespace?: string;
  source: ServiceSource;
  /** Span name; from the URL */
  operation?: string;
  /** Service.id; only this caller's calls. From the URL */
  caller?: string;
  /** `splitText`; from the URL */
  split?: string;
  /** Those in which there is a service of this name, as far as is known */
  namespaces: string[];
  /** Labels of the service's series; undefined until they are known */
  labels?: string[];
  /** The call that `parts` are of, when there is a caller */
  shownCall?: CallSource;
  head: ServiceNeighbours;
  /** From top to bottom */
  parts?: SceneObject[];
}

/** One service in full, or the calls of one of its callers. `operation`, `caller` and `split` are in the URL. */
export class ServiceBody extends SceneObjectBase<ServiceBodyState> {
  static Component = ServiceBodyRenderer;

  protected override _urlSync = new SceneObjectUrlSyncConfig(this, { keys: ['operation', 'caller', 'split'] });

  constructor(service: string, namespace: string | undefined, source: ServiceSource) {
    super({ service, namespace, source, namespaces: [], head: new ServiceNeighbours(service, namespace) });
    this.addActivationHandler(() => {
      const controller = new AbortController();
      this._subs.add(
        this.subscribeToState((next, previous) => {
          if (
            next.operation !== previous.operation ||
            next.caller !== previous.caller ||
            next.split !== previous.split ||
            next.labels !== previous.labels
          ) {
            this.build();
          }
        })
      );
      this._subs.add(
        this.state.head.state.source.subscribeToState((next, previous) => {
          if (this.state.caller !== undefined && next.loading !== previous.loading) {
            this.build();
          }
        })
      );
      const range = sceneGraph.getTimeRange(this).state.value;
      const asked = { ...this.state, range, ...linkContext(this), signal: controller.signal };
      seriesLabels(asked).then(
        (labels) => controller.signal.aborted || this.setState({ labels }),
        // Without them the panels say what is wrong.
        () => controller.signal.aborted || this.setState({ labels: [] })
      );
      if (namespace === undefined) {
        namespacesOfService(asked).then(
          (namespaces) => controller.signal.aborted || this.setState({ namespaces }),
          () => undefined
        );
      }
      return () => controller.abort();
    });
  }

  getUrlState() {
    const { operation, caller, split } = this.state;
    return { operation, caller, split };
  }

  updateFromUrl(values: SceneObjectUrlValues) {
    const text = (value: SceneObjectUrlValues[string]) =>
      typeof value === 'string' && value !== '' ? value : undefined;
    this.setState({
      ...('operation' in values ? { operation: text(values.operation) } : {}),
      ...('caller' in values ? { caller: text(values.caller) } : {}),
      ...('split' in values ? { split: text(values.split) } : {}),
    });
  }

  pickOperation = (operation: string | undefined) => this.setState({ operation });

  showAllCallers = () => this.setState({ caller: undefined });

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

  private build() {
    const { source, caller } = this.state;
    if (caller !== undefined) {
      this.buildCall(caller);
      return;
    }
    const traceScope = this.scope;
    this.setState({
      shownCall: undefined,
      parts: serviceParts({
        source,
        scope: this.seriesLackNamespace ? { ...traceScope, namespace: undefined } : traceScope,
        traceScope,
        split: splitOfText(this.state.split) ?? operationSplit(source),
        onPickOperation: this.pickOperation,
      }),
    });
  }

  /** Once it is known how the series tell of the call. */
  private buildCall(caller: string) {
    const { service, namespace, head, shownCall } = this.state;
    const { loading, graph, sampled, dialect } = head.state.source.state;
    if (loading && !graph) {
      this.setState({ parts: undefined, shownCall: undefined });
      return;
    }
    const call = callSource({ graph, dialect: sampled ? undefined : dialect }, caller, { service, namespace });
    if (!shownCall || !isSameCall(call, shownCall)) {
      this.setState({ shownCall: call, parts: callParts(call) });
    }
  }
}

/** Whether the same is asked for. */
function isSameCall(a: CallSource, b: CallSource): boolean {
  const key = ({ ends: { call, source, target }, dialect }: CallSource) =>
    JSON.stringify([source.id, source.kind, target.id, target.kind, call.connectionType, dialect?.id]);
  return key(a) === key(b);
}

/** The service's own numbers come first: `serviceParts`, `callParts` begin with latency and rates. */
const BEFORE_NEIGHBOURS = 2;

function ServiceBodyRenderer({ model }: SceneComponentProps<ServiceBody>) {
  const { head, parts, source, operation, caller, split, labels } = model.useState();
  const styles = useStyles2(getStyles);
  const shownSplit = split ?? splitText(operationSplit(source));
  return (
    <div className={styles.page}>
      <div className={styles.bar}>
        {caller === undefined && (
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
        )}
        {caller !== undefined && (
          <Button
            size="sm"
            variant="secondary"
            icon="times"
            onClick={model.showAllCallers}
            data-testid={testIds.service.caller}
          >
            {t('traceatlas.service.only-caller', 'Only calls from {{caller}}', { caller: readServiceId(caller).name })}
          </Button>
        )}
        {operation !== undefined && caller === undefined && (
          <Button size="sm" variant="secondary" icon="times" onClick={() => model.pickOperation(undefined)}>
            {t('traceatlas.service.only-operation', 'Only {{operation}}', { operation })}
          </Button>
        )}
        <span className={styles.hint} data-testid={testIds.service.source}>
          <NumbersFrom model={model} />
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
      <Namesakes model={model} />
      {parts?.slice(0, BEFORE_NEIGHBOURS).map((part) => (
        <part.Component key={part.state.key} model={part} />
      ))}
      <head.Component model={head} />
      {parts ? (
        parts.slice(BEFORE_NEIGHBOURS).map((part) => <part.Component key={part.state.key} model={part} />)
      ) : (
        <LoadingPlaceholder text={t('traceatlas.service.looking-for-call', 'Looking for the call…')} />
      )}
    </div>
  );
}

/** Whose numbers these are. */
function NumbersFrom({ model }: SceneComponentProps<ServiceBody>) {
  const { source, caller, shownCall } = model.useState();
  if (caller !== undefined && !shownCall) {
    return null;
  }
  const metric = shownCall ? shownCall.dialect?.requests : source.kind === 'promql' ? source.metrics.names.calls : '';
  if (metric) {
    return shownCall
      ? t('traceatlas.service.from-graph', 'Numbers from the service graph’s series {{metric}}', { metric })
      : t('traceatlas.service.from-series', 'Numbers from the span metrics {{metric}}', { metric });
  }
  return shownCall
    ? t(
        'traceatlas.service.call-from-traceql',
        'The service graph’s series do not have this call: numbers from TraceQL over the stored traces'
      )
    : t('traceatlas.service.from-traceql', 'No span metrics found: numbers from TraceQL over the stored traces');
}

/** Which of several services of this name is meant, when the address does not say. */
function Namesakes({ model }: SceneComponentProps<ServiceBody>) {
  const { service, namespace, namespaces } = model.useState();
  const styles = useStyles2(getStyles);
  if (namespace !== undefined || namespaces.length < 2) {
    return null;
  }
  return (
    <Alert
      severity="info"
      title={t(
        'traceatlas.service.namesakes',
        'There are services of this name in several namespaces: the numbers are of all of them. Choose one:'
      )}
      data-testid={testIds.service.namesakes}
    >
      <div className={styles.bar}>
        {namespaces.map((name) => (
          <Link key={name} href={serviceUrl(service, { ...linkContext(model), namespace: name })}>
            {name}
          </Link>
        ))}
      </div>
    </Alert>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  page: css({ width: '100%', display: 'flex', flexDirection: 'column', gap: theme.spacing(1) }),
  bar: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1) }),
  hint: css({ ...theme.typography.bodySmall, color: theme.colors.text.secondary }),
});
