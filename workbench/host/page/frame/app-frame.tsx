import React, { type ReactNode } from 'react';
import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { IconButton, useStyles2, useTheme2 } from '@grafana/ui';
import { boot } from '../boot';
import { BreadcrumbTrail } from './breadcrumb-trail';
import { SideNavigation } from './side-navigation';

export const TOP_BAR_HEIGHT = 40;

interface AppFrameProps {
  children: ReactNode;
  onToggleTheme: () => void;
}

/** Top bar, side navigation and the page, placed as in Grafana. */
export function AppFrame({ children, onToggleTheme }: AppFrameProps) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  return (
    <div className={styles.frame}>
      <header className={styles.topBar}>
        <a href="/" className={styles.brand} aria-label="Home">
          <img src="/public/workbench/favicon.svg" alt="" className={styles.logo} />
        </a>
        <BreadcrumbTrail />
        <span className={styles.label}>Workbench</span>
        <IconButton
          name="adjust-circle"
          size="lg"
          tooltip={theme.isDark ? 'Use the light theme' : 'Use the dark theme'}
          onClick={onToggleTheme}
        />
      </header>
      <SideNavigation items={boot.navTree} />
      <main className={styles.page} id="pageContent">
        {children}
      </main>
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  frame: css({
    display: 'grid',
    gridTemplateColumns: '240px minmax(0, 1fr)',
    gridTemplateRows: `${TOP_BAR_HEIGHT}px minmax(0, 1fr)`,
    height: '100vh',
    background: theme.colors.background.canvas,
    color: theme.colors.text.primary,
    '@media print': { display: 'block' },
  }),
  topBar: css({
    gridColumn: '1 / -1',
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1.5),
    padding: theme.spacing(0, 2),
    background: theme.colors.background.primary,
    borderBottom: `1px solid ${theme.colors.border.weak}`,
  }),
  brand: css({ display: 'flex' }),
  logo: css({ width: 22, height: 22 }),
  label: css({
    marginLeft: 'auto',
    color: theme.colors.text.secondary,
    fontSize: theme.typography.bodySmall.fontSize,
  }),
  page: css({
    display: 'flex',
    flexDirection: 'column',
    overflow: 'auto',
    background: theme.colors.background.primary,
    '& > *': { flex: '1 0 auto' },
  }),
});
