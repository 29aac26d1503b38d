import React, { type ReactNode } from 'react';
import { css, cx } from '@emotion/css';
import { type GrafanaTheme2, type NavModelItem, PageLayoutType } from '@grafana/data';
import { type PluginPageProps } from '@grafana/runtime';
import { ErrorBoundaryAlert, Tab, TabsBar, useStyles2 } from '@grafana/ui';
import { useLocation } from 'react-router-dom-v5-compat';
import { boot } from '../boot';
import { usePageBreadcrumbs } from './breadcrumbs';

/** A page with title, tabs and actions in Grafana's layout: what `PluginPage` of @grafana/runtime becomes. */
export function Page({ pageNav, children, actions, renderTitle, subTitle, info, layout }: PluginPageProps) {
  const styles = useStyles2(getStyles);
  const { pathname } = useLocation();
  usePageBreadcrumbs(pageNav, boot.navTree, pathname);
  const tabsOwner = pageNav?.children?.length ? pageNav : pageNav?.parentItem;
  const content = <ErrorBoundaryAlert key={pathname}>{children}</ErrorBoundaryAlert>;
  if (layout === PageLayoutType.Custom) {
    return <div className={styles.custom}>{content}</div>;
  }
  return (
    <div className={layout === PageLayoutType.Canvas ? styles.canvas : styles.standard}>
      {layout !== PageLayoutType.Canvas && pageNav && (
        <header className={styles.header}>
          <div className={styles.titleRow}>
            {pageNav.img && <img className={styles.logo} src={pageNav.img} alt="" />}
            {renderTitle ? renderTitle(pageNav.text) : <h1 className={styles.title}>{pageNav.text}</h1>}
            {info?.map(({ label, value }) => (
              <PageInfo key={label} label={label} value={value} />
            ))}
            {actions && <div className={styles.actions}>{actions}</div>}
          </div>
          {(subTitle ?? pageNav.subTitle) && <div className={styles.subTitle}>{subTitle ?? pageNav.subTitle}</div>}
        </header>
      )}
      {tabsOwner?.children && layout !== PageLayoutType.Canvas && <PageTabs items={tabsOwner.children} />}
      <div className={cx(styles.content, layout !== PageLayoutType.Canvas && styles.belowHeader)}>{content}</div>
    </div>
  );
}

function PageInfo({ label, value }: { label: string; value: ReactNode }) {
  const styles = useStyles2(getStyles);
  return (
    <dl className={styles.info}>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </dl>
  );
}

function PageTabs({ items }: { items: NavModelItem[] }) {
  const visible = items.filter((item) => !item.hideFromTabs);
  return visible.length === 0 ? null : (
    <TabsBar>
      {visible.map((item) => (
        <Tab
          key={item.url ?? item.text}
          label={item.text}
          active={item.active ?? false}
          href={item.url}
          icon={item.icon}
          counter={item.tabCounter}
          suffix={item.tabSuffix}
        />
      ))}
    </TabsBar>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  standard: css({ display: 'flex', flexDirection: 'column', minHeight: '100%', padding: theme.spacing(3, 4) }),
  canvas: css({ display: 'flex', flexDirection: 'column', minHeight: '100%', padding: theme.spacing(2) }),
  custom: css({ display: 'flex', flexDirection: 'column', minHeight: '100%', flex: 1 }),
  header: css({ marginBottom: theme.spacing(2) }),
  titleRow: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(2) }),
  logo: css({ width: 32, height: 32 }),
  title: css({ margin: 0, minWidth: 0, overflowWrap: 'anywhere' }),
  actions: css({ marginLeft: 'auto', display: 'flex', gap: theme.spacing(1) }),
  subTitle: css({ color: theme.colors.text.secondary, marginTop: theme.spacing(0.5) }),
  info: css({ margin: 0, '& dt': { color: theme.colors.text.secondary }, '& dd': { margin: 0 } }),
  content: css({ display: 'flex', flexDirection: 'column', flex: 1 }),
  belowHeader: css({ paddingTop: theme.spacing(2) }),
});
