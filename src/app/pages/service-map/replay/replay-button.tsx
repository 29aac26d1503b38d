import React from 'react';
import { t } from '@grafana/i18n';
import { testIds } from '../../../../test-ids';
import { type MapComparison } from '../compare/map-comparison';
import { type GraphSource } from '../graph-source';
import { SeriesToggle } from '../series-toggle';
import { type MapReplay } from './map-replay';

interface ReplayButtonProps {
  source: GraphSource;
  comparison: MapComparison;
  replay: MapReplay;
}

/** Shows the time range step by step, and ends that. */
export function ReplayButton({ source, comparison, replay }: ReplayButtonProps) {
  const { isOn } = replay.useState();
  return (
    <SeriesToggle
      source={source}
      icon="history"
      isOn={isOn}
      hint={t('traceatlas.service-map.replay.hint', 'Step through the time range')}
      testId={testIds.serviceMap.replay}
      onClick={() => {
        if (!isOn) {
          comparison.setState({ comparison: undefined });
        }
        replay.turn(!isOn);
      }}
    >
      {t('traceatlas.service-map.replay.button', 'Replay')}
    </SeriesToggle>
  );
}
