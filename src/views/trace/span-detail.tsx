import { css } from '@emotion/css';
import React, { type ReactNode } from 'react';
import { type GrafanaTheme2 } from '@grafana/data';
import { Alert, Badge, ClipboardButton, Icon, IconButton, useStyles2 } from '@grafana/ui';
import { t } from '../../i18n/translate';
import { type Span, type SpanEvent } from '../../trace/model';
import { serviceNameOf } from '../../trace/service-name';
import { type SpanNode, type TraceTree } from '../../trace/tree';
import { testIds } from '../../test-ids';
import { AttributeTable } from './attribute-table';
import { formatDuration, formatTime } from './format';
import { Link } from '../shared/link';
import { type SpanLinks } from './span-links';
import { warningText } from './warning-text';

interface Props extends SpanLinks {
  tree: TraceTree;
  node: SpanNode;
  timeZone?: string;
  onClose: () => void;
}

/** Everything that is known about one span. */
export function SpanDetail({ tree, node, timeZone, onClose, ...links }: Props) {
  const styles = useStyles2(getStyles);
  const { span } = node;
  return (
    <section
      className={styles.pane}
      data-testid={testIds.trace.detail}
      aria-label={t('traceatlas.trace.detail', 'Details of span {{name}}', { name: span.name })}
    >
      <div className={styles.head}>
        <h3 className={styles.title}>{span.name || t('traceatlas.trace.no-name', '(no name)')}</h3>
        <IconButton name="times" tooltip={t('traceatlas.trace.close-detail', 'Close details')} onClick={onClose} />
      </div>
      <Related span={span} {...links} />
      <Facts node={node} timeZone={timeZone} {...links} />
      {node.warnings.map((warning) => (
        <Alert key={warning} severity="warning" title={warningText(warning)} className={styles.alert} />
      ))}
      <AttributesSection
        title={t('traceatlas.trace.attributes', 'Attributes')}
        attributes={span.attributes}
        dropped={span.droppedAttributesCount}
      />
      <Events span={span} />
      <Links span={span} {...links} />
      <AttributesSection title={t('traceatlas.trace.resource', 'Resource')} attributes={span.resource.attributes} />
      <Scope span={span} />
      {tree.nodeBySpanId.get(span.spanId) !== node && (
        <p className={styles.note}>
          {t('traceatlas.trace.same-id', 'A link to this span id leads to the first span that has it.')}
        </p>
      )}
    </section>
  );
}

const RELATED_ICONS = { metrics: 'graph-bar', map: 'sitemap', logs: 'gf-logs', profiles: 'fire' } as const;

function Related({ span, related }: SpanLinks & { span: Span }) {
  const styles = useStyles2(getStyles);
  const found = related?.(span) ?? [];
  return found.length === 0 ? null : (
    <div className={styles.related} data-testid={testIds.trace.related}>
      {found.map(({ kind, label, href }) => (
        <span key={`${kind} ${label}`}>
          <Icon name={RELATED_ICONS[kind]} size="sm" /> <Link href={href}>{label}</Link>
        </span>
      ))}
    </div>
  );
}

function Facts({ node, timeZone, serviceHref }: SpanLinks & { node: SpanNode; timeZone?: string }) {
  const styles = useStyles2(getStyles);
  const { span } = node;
  const service = serviceNameOf(span);
  const href = service ? serviceHref?.(span) : undefined;
  return (
    <dl className={styles.facts}>
      <Fact label={t('traceatlas.trace.service', 'Service')}>
        {href ? <Link href={href}>{service}</Link> : service || t('traceatlas.trace.no-service', '(no service)')}
      </Fact>
      <Fact label={t('traceatlas.trace.duration', 'Duration')}>{formatDuration(node.duration)}</Fact>
      <Fact label={t('traceatlas.trace.self-time', 'Self time')}>{formatDuration(node.selfTime)}</Fact>
      <Fact label={t('traceatlas.trace.starts-after', 'Starts after')}>{formatDuration(node.start)}</Fact>
      <Fact label={t('traceatlas.trace.start', 'Start')}>{formatTime(span.startTimeUnixNano, timeZone)}</Fact>
      <Fact label={t('traceatlas.trace.kind', 'Kind')}>{span.kind}</Fact>
      <Fact label={t('traceatlas.trace.status', 'Status')}>
        <StatusBadge span={span} />
        {span.status.message && <span className={styles.message}>{span.status.message}</span>}
      </Fact>
      <Fact label={t('traceatlas.trace.span-id', 'Span id')}>
        <code>{span.spanId}</code>
        <ClipboardButton
          size="sm"
          fill="text"
          variant="secondary"
          icon="copy"
          aria-label={t('traceatlas.trace.copy-span-id', 'Copy the span id')}
          getText={() => span.spanId}
        />
      </Fact>
      {span.traceState && (
        <Fact label={t('traceatlas.trace.trace-state', 'Trace state')}>
          <code>{span.traceState}</code>
        </Fact>
      )}
    </dl>
  );
}

function StatusBadge({ span }: { span: Span }) {
  switch (span.status.code) {
    case 'error':
      return <Badge color="red" icon="exclamation-circle" text="error" />;
    case 'ok':
      return <Badge color="green" text="ok" />;
    case 'unset':
      return <>unset</>;
  }
}

function AttributesSection({
  title,
  attributes,
  dropped,
}: {
  title: string;
  attributes: Span['attributes'];
  dropped?: number;
}) {
  if (attributes.length === 0 && !dropped) {
    return null;
  }
  return (
    <Section title={title} count={attributes.length} dropped={dropped}>
      <AttributeTable label={title} attributes={attributes} />
    </Section>
  );
}

function Events({ span }: { span: Span }) {
  const styles = useStyles2(getStyles);
  if (span.events.length === 0 && !span.droppedEventsCount) {
    return null;
  }
  return (
    <Section
      title={t('traceatlas.trace.events', 'Events')}
      count={span.events.length}
      dropped={span.droppedEventsCount}
    >
      <ol className={styles.list}>
        {inOrderOfTime(span.events).map((event, i) => (
          <li key={i} className={styles.item}>
            <div className={styles.itemTitle}>
              <span className={styles.time}>{relativeTime(event, span)}</span>
              <span>{event.name || t('traceatlas.trace.no-name', '(no name)')}</span>
            </div>
            {event.attributes.length > 0 && <AttributeTable label={event.name} attributes={event.attributes} />}
          </li>
        ))}
      </ol>
    </Section>
  );
}

function inOrderOfTime(events: readonly SpanEvent[]): SpanEvent[] {
  return [...events].sort((a, b) => Number(a.timeUnixNano - b.timeUnixNano));
}

/** Time since the start of the span; events can lie before it when somebody set their time by hand. */
function relativeTime(event: SpanEvent, span: Span): string {
  const nanos = Number(event.timeUnixNano - span.startTimeUnixNano);
  return nanos < 0 ? `−${formatDuration(-nanos)}` : `+${formatDuration(nanos)}`;
}

function Links({ span, traceHref }: SpanLinks & { span: Span }) {
  const styles = useStyles2(getStyles);
  if (span.links.length === 0 && !span.droppedLinksCount) {
    return null;
  }
  return (
    <Section title={t('traceatlas.trace.links', 'Links')} count={span.links.length} dropped={span.droppedLinksCount}>
      <ul className={styles.list}>
        {span.links.map((link, i) => {
          const href = traceHref?.(link.traceId, link.spanId);
          const text = `${link.traceId} / ${link.spanId}`;
          return (
            <li key={i} className={styles.item}>
              <div className={styles.itemTitle}>{href ? <Link href={href}>{text}</Link> : <code>{text}</code>}</div>
              {link.attributes.length > 0 && <AttributeTable label={text} attributes={link.attributes} />}
            </li>
          );
        })}
      </ul>
    </Section>
  );
}

function Scope({ span: { scope } }: { span: Span }) {
  const styles = useStyles2(getStyles);
  if (scope.name === '' && scope.version === '' && scope.attributes.length === 0) {
    return null;
  }
  return (
    <Section title={t('traceatlas.trace.scope', 'Instrumentation scope')} count={scope.attributes.length}>
      <p className={styles.note}>{[scope.name, scope.version].filter(Boolean).join(' ')}</p>
      {scope.attributes.length > 0 && (
        <AttributeTable label={t('traceatlas.trace.scope', 'Instrumentation scope')} attributes={scope.attributes} />
      )}
    </Section>
  );
}

function Section({
  title,
  count,
  dropped,
  children,
}: {
  title: string;
  count: number;
  dropped?: number;
  children: ReactNode;
}) {
  const styles = useStyles2(getStyles);
  return (
    <details open className={styles.section}>
      <summary className={styles.sectionTitle}>
        {title} {count > 0 && <span className={styles.count}>{count}</span>}
      </summary>
      {children}
      {dropped !== undefined && (
        <p className={styles.note}>
          {t('traceatlas.trace.dropped', '{{count}} more were dropped by the sender.', { count: dropped })}
        </p>
      )}
    </details>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.fact}>
      <dt className={styles.label}>{label}</dt>
      <dd className={styles.factValue}>{children}</dd>
    </div>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    pane: css({ padding: theme.spacing(1.5), overflow: 'auto', height: '100%' }),
    related: css({
      ...theme.typography.bodySmall,
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0.5, 2),
      margin: theme.spacing(0.5, 0),
    }),
    head: css({ display: 'flex', justifyContent: 'space-between', alignItems: 'flex-start', gap: theme.spacing(1) }),
    title: css({ ...theme.typography.h5, margin: 0, overflowWrap: 'anywhere' }),
    alert: css({ marginBottom: theme.spacing(1) }),
    facts: css({ margin: theme.spacing(1, 0) }),
    fact: css({ display: 'flex', gap: theme.spacing(1), minHeight: theme.spacing(3), alignItems: 'center' }),
    label: css({
      ...theme.typography.bodySmall,
      width: theme.spacing(11),
      flexShrink: 0,
      margin: 0,
      color: theme.colors.text.secondary,
    }),
    factValue: css({
      margin: 0,
      minWidth: 0,
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(0.5),
      fontSize: theme.typography.bodySmall.fontSize,
      overflowWrap: 'anywhere',
    }),
    message: css({ color: theme.colors.error.text }),
    section: css({ marginBottom: theme.spacing(1.5) }),
    sectionTitle: css({ ...theme.typography.h6, cursor: 'pointer', marginBottom: theme.spacing(0.5) }),
    count: css({ color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular }),
    list: css({ listStyle: 'none', margin: 0, padding: 0 }),
    item: css({ marginBottom: theme.spacing(1) }),
    itemTitle: css({ display: 'flex', gap: theme.spacing(1), fontSize: theme.typography.bodySmall.fontSize }),
    time: css({ color: theme.colors.text.secondary, fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }),
    note: css({ ...theme.typography.bodySmall, color: theme.colors.text.secondary }),
  };
}
