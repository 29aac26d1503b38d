import React from 'react';
import { sceneGraph } from '@grafana/scenes';
import { Alert, Button } from '@grafana/ui';
import { dateTime } from '@grafana/data';
import { t } from '../../../../i18n/translate';
import { type FewSamples } from '../../../../servicegraph/window-samples';
import { testIds } from '../../../../test-ids';
import { type GraphSource } from '../graph-source';

interface FewSamplesAlertProps {
  source: GraphSource;
  few: FewSamples;
  /** Whether a longer time range of the page makes the window longer */
  isOfPage: boolean;
}

function title({ reason, window }: FewSamples): string {
  if (reason === 'short' || reason === 'recorded') {
    return t('traceatlas.service-map.compare.few-short', 'This window is too short to compare');
  }
  return window === 'now'
    ? t('traceatlas.service-map.compare.few-now', 'Not enough is counted yet in this time range')
    : t('traceatlas.service-map.compare.few-earlier', 'Not enough was counted in the earlier window');
}

function explanation({ reason, samples, interval }: FewSamples): string {
  switch (reason) {
    case 'short':
      return t(
        'traceatlas.service-map.compare.few-short-why',
        'Its series have a sample every {{interval}} s, and rates need four of them; there are {{samples}}. Calls that are not counted yet would look as if they were gone.',
        { interval, samples }
      );
    case 'late':
      return t(
        'traceatlas.service-map.compare.few-late-why',
        'The data of its end is not there yet: rates need four samples, and there are {{samples}}. Refresh the page in {{interval}} s or so.',
        { interval, samples }
      );
    case 'begun':
      return t(
        'traceatlas.service-map.compare.few-begun-why',
        'Rates need four samples, and its series have {{samples}} in it. Calls that are not counted would look as if they were new or gone.',
        { samples }
      );
    case 'recorded':
      return t(
        'traceatlas.service-map.compare.few-recorded-why',
        'Recording rules keep rates over five minutes only, which tell nothing of a shorter window.'
      );
  }
}

/** A window without enough samples: nothing is said to have changed, but what to choose instead. */
export function FewSamplesAlert({ source, few, isOfPage }: FewSamplesAlertProps) {
  const minutes = few.seconds === undefined ? undefined : few.seconds / 60;
  return (
    <Alert severity="info" title={title(few)} data-testid={testIds.serviceMap.fewSamples}>
      <p>{explanation(few)}</p>
      {minutes !== undefined && (
        <p>
          {t('traceatlas.service-map.compare.few-choose', 'Choose at least {{count}} minutes.', {
            count: minutes,
            defaultValue_one: 'Choose at least 1 minute.',
          })}
        </p>
      )}
      {isOfPage && few.seconds !== undefined && (
        <Button size="sm" variant="secondary" onClick={() => lengthen(source, few.seconds ?? 0)}>
          {t('traceatlas.service-map.compare.few-lengthen', 'Show {{count}} minutes', {
            count: minutes,
            defaultValue_one: 'Show 1 minute',
          })}
        </Button>
      )}
    </Alert>
  );
}

/** Begins the page's time range earlier; its end stays. */
function lengthen(source: GraphSource, seconds: number) {
  const timeRange = sceneGraph.getTimeRange(source);
  const { to, raw } = timeRange.state.value;
  const from = dateTime(to.valueOf() - seconds * 1000);
  timeRange.onTimeRangeChange({
    from,
    to,
    raw: raw.to === 'now' ? { from: `now-${seconds / 60}m`, to: 'now' } : { from, to },
  });
}
