import React, { Fragment } from 'react';
import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { Icon, useStyles2 } from '@grafana/ui';
import { useBreadcrumbs } from './breadcrumbs';

export function BreadcrumbTrail() {
  const styles = useStyles2(getStyles);
  const crumbs = useBreadcrumbs();
  return (
    <nav aria-label="Breadcrumbs">
      <ol className={styles.list}>
        {crumbs.map(({ text, href }, index) => (
          <Fragment key={`${href}-${text}`}>
            {index > 0 && (
              <li aria-hidden>
                <Icon name="angle-right" />
              </li>
            )}
            <li>
              {index === crumbs.length - 1 ? (
                <span aria-current="page">{text}</span>
              ) : (
                <a href={href} className={styles.link}>
                  {text}
                </a>
              )}
            </li>
          </Fragment>
        ))}
      </ol>
    </nav>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  list: css({
    display: 'flex',
    alignItems: 'center',
    gap: theme.spacing(0.5),
    listStyle: 'none',
    fontWeight: theme.typography.fontWeightMedium,
  }),
  link: css({
    color: theme.colors.text.secondary,
    '&:hover, &:focus-visible': { color: theme.colors.text.primary, textDecoration: 'underline' },
  }),
});
