import React from 'react';
import { t } from '@grafana/i18n';
import { Button } from '@grafana/ui';
import { testIds } from '../../../../test-ids';
import { type MapComparison } from '../compare/map-comparison';
import { type GraphSource } from '../graph-source';
import { type MapReplay } from './map-replay';

interface ReplayButtonProps {
  source: GraphSource;
  comparison: MapComparison;
  replay: MapReplay;
}

/** Shows the time range step by step, and ends that. */
export function ReplayButton({ source, comparison, replay }: ReplayButtonProps) {
  const { isOn } = replay.useState();
  const { dialect } = source.useState();
  return (
    <Button
      variant={isOn ? 'primary' : 'secondary'}
      fill="text"
      size="sm"
      icon="history"
      aria-pressed={isOn}
      disabled={dialect === undefined}
      tooltip={
        dialect === undefined
          ? t('traceatlas.service-map.compare.no-series', 'Needs service graph series')
          : t('traceatlas.service-map.replay.hint', 'Step through the time range')
      }
      data-testid={testIds.serviceMap.replay}
      onClick={() => {
        if (!isOn) {
          comparison.setState({ comparison: undefined });
        }
        replay.turn(!isOn);
      }}
    >
      {t('traceatlas.service-map.replay.button', 'Replay')}
    </Button>
  );
}
