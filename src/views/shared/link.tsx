import { css } from '@emotion/css';
import React, { type ReactNode } from 'react';
import { type GrafanaTheme2, locationUtil } from '@grafana/data';
import { Icon, useStyles2 } from '@grafana/ui';

interface Props {
  /** An address of this Grafana, or one that safeUrl has let through */
  href: string;
  /** Leads out of Grafana: opens in a new tab */
  external?: boolean;
  children: ReactNode;
}

/**
 * A plain link. Grafana turns clicks on addresses of its own into navigation; unlike TextLink this works also where a view
 * is drawn outside of Grafana's router.
 */
export function Link({ href, external = false, children }: Props) {
  const styles = useStyles2(getStyles);
  return external ? (
    <a href={href} target="_blank" rel="noopener noreferrer" className={styles.link}>
      {children} <Icon name="external-link-alt" size="sm" />
    </a>
  ) : (
    <a href={locationUtil.assureBaseUrl(href)} className={styles.link}>
      {children}
    </a>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    link: css({ color: theme.colors.text.link, '&:hover': { textDecoration: 'underline' } }),
  };
}
