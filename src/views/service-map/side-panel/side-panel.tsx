import React, { type KeyboardEvent, type ReactNode } from 'react';
import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { Trans } from '@grafana/i18n';
import { Button, IconButton, useStyles2 } from '@grafana/ui';
import { t } from '../../../i18n/translate';
import { type GraphPart } from '../../../servicegraph/part-queries';
import { tracesOfCall, tracesOfService } from '../../../servicegraph/traces-of';
import { type Service } from '../../../servicegraph/model';
import { testIds } from '../../../test-ids';
import { CallsTable } from './calls-table';
import { type LatencyKey } from '../format-stats';
import { kindNames } from '../kind-names';
import { type MapActions } from '../map-actions';
import { type MapEdge, type MapModel, type MapNode } from '../model/map-types';
import { type SearchState } from '../search/search-state';
import { operationOf, type Selection } from '../selection';
import { serviceDetails } from './service-details';
import { FilterMenu } from './filter-menu';
import { ReasonLinks } from './reason-links';
import { StatsList } from './stats-list';
import { useReturnedFocus } from './use-returned-focus';
import { LinkButton } from '../../shared/link-button';

export interface SidePanelProps {
  model: MapModel;
  selected: Selection;
  latency: LatencyKey;
  /** Percentiles are on their way */
  percentilesLoading?: boolean;
  actions: MapActions;
  onSelect(selection: Selection | undefined): void;
  onFocus?(serviceId: string): void;
  /** More of a service or call, e.g. the course of its numbers */
  more?(part: GraphPart, operation?: string): ReactNode;
  /** Looks for something else on the map */
  onSearch?(search: SearchState): void;
  /** Takes services off the map */
  onHide?(ids: string[]): void;
}

export const SIDE_PANEL_WIDTH = 360;

/** Everything known of the selected service or call, and where to go from it. */
export function SidePanel(props: SidePanelProps) {
  const { model, selected } = props;
  const node = selected.kind === 'service' ? model.nodeById.get(selected.id) : undefined;
  const edge = selected.kind === 'call' ? model.edgeById.get(selected.id) : undefined;
  return node ? <ServicePanel {...props} node={node} /> : edge ? <CallPanel {...props} edge={edge} /> : null;
}

function Frame({
  title,
  subtitle,
  onClose,
  children,
}: {
  title: ReactNode;
  subtitle: string;
  onClose(): void;
  children: ReactNode;
}) {
  const styles = useStyles2(getStyles);
  useReturnedFocus();
  // What has opened over the panel, such as a menu, closes first.
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const { key, target, currentTarget } = event;
    if (key === 'Escape' && target instanceof Node && currentTarget.contains(target)) {
      event.stopPropagation();
      onClose();
    }
  };
  return (
    <section
      className={styles.panel}
      onKeyDown={onKeyDown}
      data-testid={testIds.serviceMap.sidePanel}
      aria-label={t('traceatlas.service-map.side-panel', 'Details')}
    >
      <header className={styles.header}>
        <div>
          <h4 className={styles.title}>{title}</h4>
          <div className={styles.subtitle}>{subtitle}</div>
        </div>
        <IconButton name="times" size="lg" tooltip={t('traceatlas.service-map.close', 'Close')} onClick={onClose} />
      </header>
      {children}
    </section>
  );
}

function TracesLink({ query, actions }: { query: string; actions: MapActions }) {
  const href = actions.tracesUrl?.(query);
  return href ? (
    <LinkButton
      size="sm"
      variant="secondary"
      icon="search"
      href={href}
      tooltip={query}
      data-testid={testIds.serviceMap.tracesLink}
    >
      <Trans i18nKey="traceatlas.service-map.traces">Traces</Trans>
    </LinkButton>
  ) : null;
}

function LogsLinks({ service, actions }: { service: Service; actions: MapActions }) {
  return (actions.logs?.(service) ?? []).map(({ label, href }) => (
    <LinkButton
      key={href}
      size="sm"
      variant="secondary"
      icon="gf-logs"
      href={href}
      data-testid={testIds.serviceMap.logsLink}
    >
      {label}
    </LinkButton>
  ));
}

function ServicePanel(props: SidePanelProps & { node: MapNode }) {
  const { model, node, latency, actions, onSelect, onFocus, onSearch, onHide, more } = props;
  const styles = useStyles2(getStyles);
  const { service } = node;
  const href = service.kind === 'service' ? actions.serviceUrl?.(service) : undefined;
  const labels = Object.values(service.labels ?? {});
  const subtitle = [kindNames()[service.kind], service.namespace, ...labels].filter(Boolean).join(' · ');
  const incoming = model.incoming.get(service.id) ?? [];
  const outgoing = model.outgoing.get(service.id) ?? [];
  const part: GraphPart = { kind: 'service', service };
  return (
    <Frame title={service.name} subtitle={subtitle} onClose={() => onSelect(undefined)}>
      <div className={styles.actions}>
        {href && (
          <LinkButton size="sm" icon="chart-line" href={href} data-testid={testIds.serviceMap.serviceLink}>
            <Trans i18nKey="traceatlas.service-map.open-service">Service</Trans>
          </LinkButton>
        )}
        <TracesLink query={tracesOfService(service)} actions={actions} />
        <LogsLinks service={service} actions={actions} />
        <ReasonLinks part={part} actions={actions} />
        {onFocus && (
          <Button
            size="sm"
            variant="secondary"
            icon="adjust-circle"
            onClick={() => onFocus(service.id)}
            data-testid={testIds.serviceMap.focus}
          >
            <Trans i18nKey="traceatlas.service-map.focus">Focus here</Trans>
          </Button>
        )}
        {onSearch && onHide && (
          <FilterMenu
            service={service}
            onSearch={onSearch}
            onHide={() => {
              onHide([service.id]);
              onSelect(undefined);
            }}
          />
        )}
      </div>
      <StatsList
        stats={service.stats}
        details={serviceDetails(service)}
        complete={service.kind !== 'user'}
        percentilesLoading={props.percentilesLoading}
      />
      {more?.(part, operationOf(props.selected, service.id))}
      <CallsTable
        title={t('traceatlas.service-map.callers', 'Called by ({{count}})', { count: incoming.length })}
        edges={incoming}
        end="source"
        latency={latency}
        onSelect={onSelect}
      />
      <CallsTable
        title={t('traceatlas.service-map.callees', 'Calls ({{count}})', { count: outgoing.length })}
        edges={outgoing}
        end="target"
        latency={latency}
        onSelect={onSelect}
      />
    </Frame>
  );
}

function connectionName({ call: { connectionType } }: MapEdge): string {
  switch (connectionType) {
    case 'database':
      return t('traceatlas.service-map.connection.database', 'Database call');
    case 'messaging_system':
      return t('traceatlas.service-map.connection.messaging', 'Messages');
    case 'virtual_node':
      return t('traceatlas.service-map.connection.virtual', 'Call from or to something without traces');
    case '':
      return t('traceatlas.service-map.connection.plain', 'Call');
  }
}

function CallPanel({ edge, actions, onSelect, more, percentilesLoading }: SidePanelProps & { edge: MapEdge }) {
  const styles = useStyles2(getStyles);
  const { call, source, target } = edge;
  const part: GraphPart = { kind: 'call', call, source: source.service, target: target.service };
  const end = ({ service }: MapNode) => (
    <Button variant="secondary" size="sm" fill="text" onClick={() => onSelect({ kind: 'service', id: service.id })}>
      {service.name}
    </Button>
  );
  return (
    <Frame
      title={
        <>
          {end(edge.source)} → {end(edge.target)}
        </>
      }
      subtitle={connectionName(edge)}
      onClose={() => onSelect(undefined)}
    >
      <div className={styles.actions}>
        <ReasonLinks part={part} actions={actions} />
        <TracesLink query={tracesOfCall(call, source.service, target.service)} actions={actions} />
        {target.service.kind === 'service' && <LogsLinks service={target.service} actions={actions} />}
      </div>
      <StatsList stats={call.stats} details={call.details} complete percentilesLoading={percentilesLoading} />
      {more?.(part)}
    </Frame>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    panel: css({
      width: SIDE_PANEL_WIDTH,
      flexShrink: 0,
      height: '100%',
      overflow: 'auto',
      display: 'flex',
      flexDirection: 'column',
      gap: theme.spacing(1.5),
      padding: theme.spacing(1.5, 2),
      borderLeft: `1px solid ${theme.colors.border.weak}`,
      background: theme.colors.background.primary,
    }),
    header: css({ display: 'flex', justifyContent: 'space-between', gap: theme.spacing(1) }),
    title: css({ margin: 0, overflowWrap: 'anywhere' }),
    subtitle: css({ color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
    actions: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) }),
  };
}
