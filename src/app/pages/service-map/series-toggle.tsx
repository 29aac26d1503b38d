import React from 'react';
import { t } from '@grafana/i18n';
import { Button, type IconName } from '@grafana/ui';
import { type GraphSource } from './graph-source';

interface SeriesToggleProps {
  source: GraphSource;
  icon: IconName;
  isOn: boolean;
  /** What it does */
  hint: string;
  testId: string;
  onClick: () => void;
  children: React.ReactNode;
}

/** Turns something on and off that is read out of service graph series; without them it says so. */
export function SeriesToggle({ source, icon, isOn, hint, testId, onClick, children }: SeriesToggleProps) {
  const { dialect } = source.useState();
  const hasSeries = dialect !== undefined;
  return (
    <Button
      variant={isOn ? 'primary' : 'secondary'}
      fill="text"
      size="sm"
      icon={icon}
      aria-pressed={isOn}
      disabled={!hasSeries}
      tooltip={hasSeries ? hint : t('traceatlas.service-map.compare.no-series', 'Needs service graph series')}
      data-testid={testId}
      onClick={onClick}
    >
      {children}
    </Button>
  );
}
