import React, { useEffect, useRef } from 'react';
import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { IconButton, useStyles2 } from '@grafana/ui';
import { t } from '../../../i18n/translate';
import { testIds } from '../../../test-ids';

function keys(): Array<[keys: string, meaning: string]> {
  return [
    [
      '← → ↑ ↓',
      t(
        'traceatlas.service-map.keys.arrows',
        'where calls lead, to the busiest callee or caller; else to the neighbours'
      ),
    ],
    ['E, Shift+E', t('traceatlas.service-map.keys.call', 'through the calls of a service')],
    ['G', t('traceatlas.service-map.keys.group', 'from a service to its group, and into the group')],
    ['Enter', t('traceatlas.service-map.keys.open', 'unfold a group, or zoom to it')],
    ['C', t('traceatlas.service-map.keys.fold', 'fold a group up, or unfold it')],
    ['Shift+C', t('traceatlas.service-map.keys.fold-all', 'fold all groups up, or unfold them')],
    [
      t('traceatlas.service-map.keys.space', 'Space'),
      t('traceatlas.service-map.keys.choose', 'take together with others'),
    ],
    ['Shift+← ↑ ↓ →', t('traceatlas.service-map.keys.move', 'move a service, or all that are taken together')],
    ['P', t('traceatlas.service-map.keys.pin', 'pin a service where it is, or let it go')],
    ['H', t('traceatlas.service-map.keys.hide', 'hide')],
    ['Z', t('traceatlas.service-map.keys.zoom-to', 'zoom to what is selected')],
    ['+ −', t('traceatlas.service-map.keys.zoom', 'zoom')],
    ['0', t('traceatlas.service-map.keys.fit', 'show everything')],
    ['PgUp PgDn Home End', t('traceatlas.service-map.keys.pan', 'move the map')],
    [
      t('traceatlas.service-map.keys.menu-key', 'Menu, Shift+F10'),
      t('traceatlas.service-map.keys.menu', 'menu of what is selected, or of the map'),
    ],
    ['F', t('traceatlas.service-map.keys.full-screen', 'full screen')],
    ['/', t('traceatlas.service-map.keys.search', 'search')],
    ['Escape', t('traceatlas.service-map.keys.escape', 'leave what is selected')],
  ];
}

/** What the keys do, over the map: it is part of it also in full screen. */
export function KeysHelp({ onClose }: { onClose(): void }) {
  const styles = useStyles2(getStyles);
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => panel.current?.focus(), []);
  const title = t('traceatlas.service-map.keys.title', 'Keys of the map');
  return (
    <div
      ref={panel}
      className={styles.panel}
      role="dialog"
      aria-label={title}
      tabIndex={-1}
      data-testid={testIds.serviceMap.keys}
      onKeyDown={(event) => {
        if (event.key === 'Escape' || event.key === '?') {
          event.preventDefault();
          event.stopPropagation();
          onClose();
        }
      }}
    >
      <header className={styles.header}>
        <strong>{title}</strong>
        <IconButton name="times" tooltip={t('traceatlas.service-map.close', 'Close')} onClick={onClose} />
      </header>
      <dl className={styles.list}>
        {keys().map(([key, meaning]) => (
          <React.Fragment key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </React.Fragment>
        ))}
      </dl>
    </div>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    panel: css({
      position: 'absolute',
      zIndex: 2,
      right: theme.spacing(1),
      bottom: theme.spacing(6),
      maxWidth: `calc(100% - ${theme.spacing(2)})`,
      maxHeight: `calc(100% - ${theme.spacing(7)})`,
      overflow: 'auto',
      padding: theme.spacing(1, 2),
      borderRadius: theme.shape.radius.default,
      border: `1px solid ${theme.colors.border.weak}`,
      background: theme.colors.background.elevated,
      boxShadow: theme.shadows.z3,
      fontSize: theme.typography.bodySmall.fontSize,
    }),
    header: css({ display: 'flex', justifyContent: 'space-between', marginBottom: theme.spacing(0.5) }),
    list: css({
      display: 'grid',
      gridTemplateColumns: 'auto 1fr',
      gap: theme.spacing(0.25, 2),
      margin: 0,
      'dt, dd': { margin: 0 },
      kbd: { whiteSpace: 'nowrap' },
    }),
  };
}
