import React from 'react';
import { css, cx } from '@emotion/css';
import { type GrafanaTheme2, toIconName } from '@grafana/data';
import { Icon, useStyles2 } from '@grafana/ui';
import { useLocation } from 'react-router-dom-v5-compat';
import { type NavItem } from '../../shared/boot-data';
import { isBelow } from './breadcrumbs';

export function SideNavigation({ items }: { items: NavItem[] }) {
  const styles = useStyles2(getStyles);
  return (
    <nav className={styles.nav} aria-label="Navigation">
      <ul className={styles.list}>
        {items.map((item) => (
          <NavEntry key={item.id} item={item} isNested={false} />
        ))}
      </ul>
    </nav>
  );
}

function NavEntry({ item, isNested }: { item: NavItem; isNested: boolean }) {
  const styles = useStyles2(getStyles);
  const { pathname } = useLocation();
  const holdsPage = (candidate: NavItem) => isBelow(pathname, candidate.url);
  const isActive = holdsPage(item) && !item.children?.some(holdsPage);
  return (
    <li>
      <a
        href={item.url}
        className={cx(styles.link, isNested && styles.nested, isActive && styles.active)}
        aria-current={isActive ? 'page' : undefined}
      >
        {!isNested && <Icon name={toIconName(item.icon) ?? 'circle'} />}
        {item.text}
      </a>
      {item.children && (
        <ul className={styles.list}>
          {item.children.map((child) => (
            <NavEntry key={child.id} item={child} isNested />
          ))}
        </ul>
      )}
    </li>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  nav: css({
    overflowY: 'auto',
    padding: theme.spacing(1),
    background: theme.colors.background.primary,
    borderRight: `1px solid ${theme.colors.border.weak}`,
  }),
  list: css({ listStyle: 'none' }),
  link: css({
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(1),
    padding: theme.spacing(0.75, 1),
    borderRadius: theme.shape.radius.default,
    color: theme.colors.text.secondary,
    '&:hover': { background: theme.colors.action.hover, color: theme.colors.text.primary },
  }),
  nested: css({ paddingLeft: theme.spacing(4) }),
  active: css({
    background: theme.colors.action.selected,
    color: theme.colors.text.primary,
    fontWeight: theme.typography.fontWeightMedium,
    boxShadow: `inset 3px 0 ${theme.colors.warning.main}`,
  }),
});
