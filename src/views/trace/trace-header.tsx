import { css } from '@emotion/css';
import React, { type ReactNode } from 'react';
import { type GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { ClipboardButton, Icon, useStyles2 } from '@grafana/ui';
import { serviceNameOf } from '../../trace/service-name';
import { mainRoot, type TraceTree } from '../../trace/tree';
import { testIds } from '../../test-ids';
import { formatDuration, formatTime } from './format';
import { ServiceLegend } from './service-legend';

interface Props {
  tree: TraceTree;
  timeZone?: string;
  actions?: ReactNode;
  /** Shows the services in the place of the title. */
  hideTitle?: boolean;
}

/** What a person wants to know about a trace before reading it. */
export function TraceHeader({ tree, timeZone, actions, hideTitle = false }: Props) {
  const styles = useStyles2(getStyles);
  const root = mainRoot(tree);
  const service = root ? serviceNameOf(root.span) : '';
  return (
    <header className={styles.header} data-testid={testIds.trace.header}>
      <div className={styles.titleRow}>
        {hideTitle ? (
          <ServiceLegend services={tree.services} />
        ) : (
          <h2 className={styles.title}>
            {service && <span className={styles.service}>{service}</span>}
            <span>{root?.span.name || t('traceatlas.trace.no-name', '(no name)')}</span>
          </h2>
        )}
        {actions}
      </div>
      <dl className={styles.facts}>
        <Fact label={t('traceatlas.trace.trace-id', 'Trace id')}>
          <code className={styles.id}>{tree.traceId}</code>
          <ClipboardButton
            size="sm"
            fill="text"
            variant="secondary"
            icon="copy"
            aria-label={t('traceatlas.trace.copy-trace-id', 'Copy the trace id')}
            getText={() => tree.traceId}
          />
        </Fact>
        {tree.startTimeUnixNano !== undefined && (
          <Fact label={t('traceatlas.trace.start', 'Start')}>{formatTime(tree.startTimeUnixNano, timeZone)}</Fact>
        )}
        <Fact label={t('traceatlas.trace.duration', 'Duration')}>{formatDuration(tree.duration)}</Fact>
        {!hideTitle && <Fact label={t('traceatlas.trace.services', 'Services')}>{tree.services.length}</Fact>}
        <Fact label={t('traceatlas.trace.spans', 'Spans')}>{tree.nodes.length.toLocaleString()}</Fact>
        <Fact label={t('traceatlas.trace.depth', 'Depth')}>{tree.levels}</Fact>
        <Fact label={t('traceatlas.trace.errors', 'Errors')}>
          {tree.errorCount > 0 ? (
            <span className={styles.errors}>
              <Icon name="exclamation-circle" /> {tree.errorCount.toLocaleString()}
            </span>
          ) : (
            0
          )}
        </Fact>
      </dl>
    </header>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.fact}>
      <dt className={styles.label}>{label}</dt>
      <dd className={styles.value}>{children}</dd>
    </div>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    header: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(0.5) }),
    titleRow: css({ display: 'flex', alignItems: 'center', justifyContent: 'space-between', gap: theme.spacing(1) }),
    title: css({
      ...theme.typography.h4,
      margin: 0,
      minWidth: 0,
      overflow: 'hidden',
      textOverflow: 'ellipsis',
      whiteSpace: 'nowrap',
    }),
    service: css({ color: theme.colors.text.secondary, marginRight: theme.spacing(1) }),
    facts: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0, 3), margin: 0 }),
    fact: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(0.75), minHeight: theme.spacing(3) }),
    label: css({ ...theme.typography.bodySmall, color: theme.colors.text.secondary, margin: 0 }),
    value: css({
      margin: 0,
      display: 'inline-flex',
      alignItems: 'center',
      fontVariantNumeric: 'tabular-nums',
      fontWeight: theme.typography.fontWeightMedium,
    }),
    id: css({ fontFamily: theme.typography.fontFamilyMonospace, fontSize: theme.typography.bodySmall.fontSize }),
    errors: css({
      color: theme.colors.error.text,
      display: 'inline-flex',
      alignItems: 'center',
      gap: theme.spacing(0.5),
    }),
  };
}
