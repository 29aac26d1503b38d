import React, { memo, type ReactNode } from 'react';
import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { Button, useStyles2 } from '@grafana/ui';
import { t } from '../../../i18n/translate';
import { testIds } from '../../../test-ids';
import { sizeText } from '../kind-names';

/** px, of one line */
export const TOOLBAR_HEIGHT = 44;

interface MapToolbarProps {
  /** Search, filters and modes, from the left */
  children: ReactNode;
  services: number;
  calls: number;
  asTable: boolean;
  onAsTable(asTable: boolean): void;
  /** What can be done with all that is shown, on the right */
  actions?: ReactNode;
}

/** One line above the map, more where they do not fit. */
export function MapToolbar(props: MapToolbarProps) {
  const { children, services, calls, asTable, onAsTable, actions } = props;
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.toolbar}>
      {children}
      <div className={styles.whole}>
        <span className={styles.count}>{sizeText(services, calls)}</span>
        {actions}
        <TableToggle asTable={asTable} onAsTable={onAsTable} />
      </div>
    </div>
  );
}

const TableToggle = memo(function TableToggle({ asTable, onAsTable }: Pick<MapToolbarProps, 'asTable' | 'onAsTable'>) {
  return (
    <Button
      size="sm"
      variant="secondary"
      icon={asTable ? 'sitemap' : 'table'}
      aria-pressed={asTable}
      data-testid={testIds.serviceMap.tableToggle}
      onClick={() => onAsTable(!asTable)}
    >
      {asTable ? t('traceatlas.service-map.show-map', 'Map') : t('traceatlas.service-map.show-table', 'Table')}
    </Button>
  );
});

function getStyles(theme: GrafanaTheme2) {
  return {
    toolbar: css({
      containerType: 'inline-size',
      minHeight: TOOLBAR_HEIGHT,
      flexShrink: 0,
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(0.5, 1),
      // Room for focus rings
      padding: theme.spacing(0, 0.5),
    }),
    // Stays together, at the right end of whichever line it is on
    whole: css({
      marginLeft: 'auto',
      display: 'flex',
      flexWrap: 'wrap',
      justifyContent: 'flex-end',
      alignItems: 'center',
      gap: theme.spacing(0.5, 1),
    }),
    count: css({
      color: theme.colors.text.secondary,
      whiteSpace: 'nowrap',
      // Rather one line: what is left of the height is for the map.
      '@container (max-width: 560px)': { display: 'none' },
    }),
  };
}
