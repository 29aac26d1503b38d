import React from 'react';
import { t } from '@grafana/i18n';
import { testIds } from '../../../../test-ids';
import { type GraphSource } from '../graph-source';
import { type MapReplay } from '../replay/map-replay';
import { SeriesToggle } from '../series-toggle';
import { type MapComparison } from './map-comparison';

interface CompareButtonProps {
  source: GraphSource;
  comparison: MapComparison;
  replay: MapReplay;
}

/** Sets the map against an earlier time, and ends that. */
export function CompareButton({ source, comparison, replay }: CompareButtonProps) {
  const { comparison: window } = comparison.useState();
  const { isOn } = replay.useState();
  const isCompared = window !== undefined && !isOn;
  return (
    <SeriesToggle
      source={source}
      icon="exchange-alt"
      isOn={isCompared}
      hint={t('traceatlas.service-map.compare.hint', 'What changed against an earlier time')}
      testId={testIds.serviceMap.compare}
      onClick={() => {
        if (isOn) {
          replay.turn(false);
        }
        comparison.change({ comparison: isCompared ? undefined : (window ?? { kind: 'before' }) });
      }}
    >
      {t('traceatlas.service-map.compare.button', 'Compare')}
    </SeriesToggle>
  );
}
