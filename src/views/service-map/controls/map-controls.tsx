import React, { memo } from 'react';
import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { IconButton, useStyles2 } from '@grafana/ui';
import { testIds } from '../../../test-ids';
import { type MapGroup } from '../model/map-types';
import { type MapAction, type MapState } from '../map-state';
import { type ViewportControls } from '../viewport/use-viewport';
import { type Size, ZOOM } from '../viewport/viewport';

/** px of the lower right corner that all of them together take, with what is around them */
export const CONTROLS_CORNER: Size = { width: 204, height: 46 };

interface MapControlsProps {
  controls: ViewportControls;
  groups: readonly MapGroup[];
  state: MapState;
  dispatch(action: MapAction): void;
  onRelayout(): void;
  onFullScreen?(): void;
  isHelpOpen: boolean;
  onHelp(): void;
}

/** Zoom, fit, folding, full screen and a fresh layout, in the lower right corner; of small maps only what shows all. */
export const MapControls = memo(function MapControls(props: MapControlsProps) {
  const { controls, groups, state, dispatch, onRelayout, onFullScreen, isHelpOpen, onHelp } = props;
  const styles = useStyles2(getStyles);
  const isFolded = state.collapsed.size > 0;
  // The rest is in the menu, on keys, and in full screen.
  const { isSmall } = controls;
  const foldable = groups.filter(({ remainder }) => !remainder);
  return (
    <div className={styles.bar}>
      {!isSmall && (
        <>
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
        </>
      )}
      <IconButton
        name="capture"
        size="lg"
        data-testid={testIds.serviceMap.fit}
        tooltip={t('traceatlas.service-map.fit', 'Show everything (0)')}
        onClick={controls.fitAll}
      />
      {!isSmall && foldable.length > 0 && (
        <IconButton
          name={isFolded ? 'expand-arrows-alt' : 'compress-arrows'}
          size="lg"
          data-testid={testIds.serviceMap.fold}
          tooltip={
            isFolded
              ? t('traceatlas.service-map.unfold-all', 'Show the services of all groups (Shift+C)')
              : t('traceatlas.service-map.fold-all', 'Show groups only (Shift+C)')
          }
          onClick={() => dispatch({ type: 'collapse', ids: isFolded ? [] : foldable.map(({ id }) => id) })}
        />
      )}
      {onFullScreen && (
        <IconButton
          name="monitor"
          size="lg"
          tooltip={t('traceatlas.service-map.full-screen', 'Full screen (f)')}
          onClick={onFullScreen}
        />
      )}
      {!isSmall && state.pinned.size > 0 && (
        <IconButton
          name="history-alt"
          size="lg"
          data-testid={testIds.serviceMap.unpin}
          tooltip={t('traceatlas.service-map.unpin-all', 'Put moved services back')}
          onClick={() => dispatch({ type: 'unpin' })}
        />
      )}
      {!isSmall && (
        <>
          <IconButton
            name="arrow-random"
            size="lg"
            data-testid={testIds.serviceMap.relayout}
            tooltip={t('traceatlas.service-map.relayout', 'Arrange again')}
            onClick={onRelayout}
          />
          <IconButton
            name="keyboard"
            size="lg"
            aria-expanded={isHelpOpen}
            tooltip={t('traceatlas.service-map.keys.open-help', 'Keys (?)')}
            onClick={onHelp}
          />
        </>
      )}
    </div>
  );
});

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
