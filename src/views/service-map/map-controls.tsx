import React from 'react';
import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { IconButton, useStyles2 } from '@grafana/ui';
import { testIds } from '../../test-ids';
import { type ViewportControls } from './use-viewport';
import { ZOOM } from './viewport';

interface MapControlsProps {
  controls: ViewportControls;
  onRelayout(): void;
}

/** Zoom, fit and a fresh layout, in the lower right corner. */
export function MapControls({ controls, onRelayout }: MapControlsProps) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.bar}>
      <IconButton
        name="plus"
        size="lg"
        tooltip={t('traceatlas.service-map.zoom-in', 'Zoom in (+)')}
        onClick={() => controls.zoomBy(ZOOM.step)}
      />
      <IconButton
        name="minus"
        size="lg"
        tooltip={t('traceatlas.service-map.zoom-out', 'Zoom out (-)')}
        onClick={() => controls.zoomBy(1 / ZOOM.step)}
      />
      <IconButton
        name="capture"
        size="lg"
        data-testid={testIds.serviceMap.fit}
        tooltip={t('traceatlas.service-map.fit', 'Show everything (0)')}
        onClick={controls.fitAll}
      />
      <IconButton
        name="arrow-random"
        size="lg"
        data-testid={testIds.serviceMap.relayout}
        tooltip={t('traceatlas.service-map.relayout', 'Arrange again')}
        onClick={onRelayout}
      />
    </div>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    bar: css({
      position: 'absolute',
      right: theme.spacing(1),
      bottom: theme.spacing(1),
      display: 'flex',
      gap: theme.spacing(0.5),
      padding: theme.spacing(0.75),
      borderRadius: theme.shape.radius.default,
      border: `1px solid ${theme.colors.border.weak}`,
      background: theme.colors.background.primary,
      boxShadow: theme.shadows.z1,
    }),
  };
}
