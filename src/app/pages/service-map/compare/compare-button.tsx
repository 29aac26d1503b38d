import React from 'react';
import { t } from '@grafana/i18n';
import { Button } from '@grafana/ui';
import { testIds } from '../../../../test-ids';
import { type GraphSource } from '../graph-source';
import { type MapReplay } from '../replay/map-replay';
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
  const { dialect } = source.useState();
  const isCompared = window !== undefined && !isOn;
  return (
    <Button
      variant={isCompared ? 'primary' : 'secondary'}
      fill="text"
      size="sm"
      icon="exchange-alt"
      aria-pressed={isCompared}
      disabled={dialect === undefined}
      tooltip={
        dialect === undefined
          ? t('traceatlas.service-map.compare.no-series', 'Needs service graph series')
          : t('traceatlas.service-map.compare.hint', 'What changed against an earlier time')
      }
      data-testid={testIds.serviceMap.compare}
      onClick={() => {
        if (isOn) {
          replay.turn(false);
        }
        comparison.change({ comparison: isCompared ? undefined : (window ?? { kind: 'before' }) });
      }}
    >
      {t('traceatlas.service-map.compare.button', 'Compare')}
    </Button>
  );
}
