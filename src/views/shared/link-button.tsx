import { css, cx } from '@emotion/css';
import React, { type ReactNode } from 'react';
import { type GrafanaTheme2, type IconName, locationUtil } from '@grafana/data';
import { Icon, Tooltip, useStyles2 } from '@grafana/ui';

interface Props {
  /** An address of this Grafana, made by links/urls.ts */
  href: string;
  children: ReactNode;
  icon?: IconName;
  size?: 'sm' | 'md';
  variant?: 'primary' | 'secondary';
  tooltip?: string;
  className?: string;
  'data-testid'?: string;
}

/**
 * A link that looks like Grafana's LinkButton. That one decodes the address (textUtil.sanitizeUrl): a query with `&&` in a
 * parameter would lose what comes after. Addresses from data go through safeUrl instead.
 */
export function LinkButton({
  href,
  children,
  icon,
  size = 'md',
  variant = 'primary',
  tooltip,
  className,
  ...rest
}: Props) {
  const styles = useStyles2(getStyles);
  const link = (
    <a
      {...rest}
      href={locationUtil.assureBaseUrl(href)}
      className={cx(styles.button, styles[size], styles[variant], className)}
    >
      {icon && <Icon name={icon} size={size} />}
      {children}
    </a>
  );
  return tooltip === undefined ? link : <Tooltip content={tooltip}>{link}</Tooltip>;
}

const getStyles = (theme: GrafanaTheme2) => ({
  button: css({
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(1),
    fontWeight: theme.typography.fontWeightMedium,
    borderRadius: theme.shape.radius.default,
    whiteSpace: 'nowrap',
    flexShrink: 0,
  }),
  sm: css({
    height: theme.spacing(theme.components.height.sm),
    padding: theme.spacing(0, 1),
    fontSize: theme.typography.bodySmall.fontSize,
  }),
  md: css({ height: theme.spacing(theme.components.height.md), padding: theme.spacing(0, 2) }),
  primary: css({
    background: theme.colors.primary.main,
    color: theme.colors.primary.contrastText,
    '&:hover': { background: theme.colors.primary.shade, color: theme.colors.primary.contrastText },
  }),
  secondary: css({
    background: theme.colors.secondary.main,
    color: theme.colors.secondary.contrastText,
    '&:hover': { background: theme.colors.secondary.shade, color: theme.colors.secondary.contrastText },
  }),
});
