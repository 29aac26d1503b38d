import React, { type ReactNode } from 'react';
import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { Button, useStyles2 } from '@grafana/ui';
import { t } from '../../i18n/translate';
import { testIds } from '../../test-ids';
import { sizeText } from './kind-names';

export const TOOLBAR_HEIGHT = 44;

/** px; below it the rarer words are left out, so that all buttons stay in sight */
const WIDE = 1150;

interface MapToolbarProps {
  /** px */
  width: number;
  /** Search, filters and modes, from the left */
  children: ReactNode;
  services: number;
  calls: number;
  asTable: boolean;
  onAsTable(asTable: boolean): void;
  /** What can be done with all that is shown, on the right */
  actions?: ReactNode;
}

/** One line above the map. */
export function MapToolbar({ width, children, services, calls, asTable, onAsTable, actions }: MapToolbarProps) {
  const styles = useStyles2(getStyles);
  const isWide = width >= WIDE;
  const toggleText = asTable
    ? t('traceatlas.service-map.show-map', 'Map')
    : t('traceatlas.service-map.show-table', 'Table');
  return (
    <div className={styles.toolbar}>
      {children}
      <div className={styles.spacer} />
      {isWide && <span className={styles.count}>{sizeText(services, calls)}</span>}
      {actions}
      <Button
        size="sm"
        variant="secondary"
        icon={asTable ? 'sitemap' : 'table'}
        aria-pressed={asTable}
        aria-label={toggleText}
        tooltip={isWide ? undefined : toggleText}
        data-testid={testIds.serviceMap.tableToggle}
        onClick={() => onAsTable(!asTable)}
      >
        {isWide && toggleText}
      </Button>
    </div>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    toolbar: css({
      height: TOOLBAR_HEIGHT,
      flexShrink: 0,
      display: 'flex',
      alignItems: 'center',
      gap: theme.spacing(1),
      // What does not fit is reached by scrolling; names of services never push controls out.
      overflowX: 'auto',
      overflowY: 'hidden',
      // Room for focus rings
      padding: theme.spacing(0, 0.5),
    }),
    spacer: css({ flexGrow: 1 }),
    count: css({ color: theme.colors.text.secondary, whiteSpace: 'nowrap' }),
  };
}
