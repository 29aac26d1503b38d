import React from 'react';
import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { Trans } from '@grafana/i18n';
import { Button, useStyles2 } from '@grafana/ui';
import { sumStats } from '../../../servicegraph/group-stats';
import { testIds } from '../../../test-ids';
import { formatRate } from '../format-stats';
import { failedText, hiddenText, servicesText } from '../kind-names';
import { type MapModel } from '../model/map-types';
import { type MapAction, type MapState } from '../map-state';

interface SeveralBarProps {
  model: MapModel;
  state: MapState;
  dispatch(action: MapAction): void;
}

/** What several chosen services come to, what can be done with them, and the way back from hiding. */
export function SeveralBar({ model, state, dispatch }: SeveralBarProps) {
  const styles = useStyles2(getStyles);
  const chosen = [...state.several].flatMap((id) => model.nodeById.get(id) ?? []);
  if (chosen.length === 0 && state.hidden.size === 0) {
    return null;
  }
  const ids = chosen.map(({ service }) => service.id);
  const others = model.nodes.flatMap(({ service }) => (state.several.has(service.id) ? [] : [service.id]));
  return (
    <div className={styles.bar} data-testid={testIds.serviceMap.several} role="status">
      {chosen.length > 0 && (
        <>
          <span>{sumsText(chosen.map(({ service }) => service))}</span>
          <Button size="sm" variant="secondary" icon="eye-slash" onClick={() => dispatch({ type: 'hide', ids })}>
            <Trans i18nKey="traceatlas.service-map.hide">Hide</Trans>
          </Button>
          <Button
            size="sm"
            variant="secondary"
            icon="adjust-circle"
            disabled={others.length === 0}
            onClick={() => dispatch({ type: 'hide', ids: others })}
          >
            <Trans i18nKey="traceatlas.service-map.hide-others">Hide others</Trans>
          </Button>
          <Button
            size="sm"
            variant="secondary"
            icon="gf-pin"
            onClick={() =>
              dispatch({ type: 'pin', places: chosen.map(({ service, centre }) => [service.id, centre] as const) })
            }
          >
            <Trans i18nKey="traceatlas.service-map.pin">Pin</Trans>
          </Button>
          <Button size="sm" variant="secondary" fill="text" onClick={() => dispatch({ type: 'choose', ids: [] })}>
            <Trans i18nKey="traceatlas.service-map.choose-none">Clear</Trans>
          </Button>
        </>
      )}
      {state.hidden.size > 0 && (
        <Button size="sm" variant="secondary" icon="eye" onClick={() => dispatch({ type: 'show-all' })}>
          {hiddenText(state.hidden.size)}
        </Button>
      )}
    </div>
  );
}

function sumsText(services: ReadonlyArray<MapModel['nodes'][number]['service']>): string {
  const stats = sumStats(services.map((service) => service.stats));
  return [servicesText(services.length), formatRate(stats.rate), failedText(stats)].filter(Boolean).join(' · ');
}

function getStyles(theme: GrafanaTheme2) {
  return {
    bar: css({
      position: 'absolute',
      top: theme.spacing(1),
      left: theme.spacing(1),
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(1),
      padding: theme.spacing(0.5, 1),
      borderRadius: theme.shape.radius.default,
      border: `1px solid ${theme.colors.border.weak}`,
      background: theme.colors.background.primary,
      boxShadow: theme.shadows.z1,
    }),
  };
}
