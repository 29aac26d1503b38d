import React, { useState } from 'react';
import { t, Trans } from '@grafana/i18n';
import { sceneGraph } from '@grafana/scenes';
import { Button, Stack } from '@grafana/ui';
import { type Remedy } from '../../../servicegraph/refusal';
import { type GraphSource } from './graph-source';
import { DEFAULT_TOP_CALLS } from './map-scope';
import { ScopeDrawer } from './scope-drawer';
import { shorterRange } from './shorter-range';

interface RemediesProps {
  source: GraphSource;
  remedies: readonly Remedy[];
}

/** Buttons for what makes the question smaller. */
export function Remedies({ source, remedies }: RemediesProps) {
  const { scope, graph } = source.useState();
  const [choosing, setChoosing] = useState(false);
  const timeRange = sceneGraph.getTimeRange(source);
  const shorter = shorterRange(timeRange.useState().value);
  const actions: Record<Remedy, React.ReactNode> = {
    'shorter-range': shorter && (
      <Button
        size="sm"
        variant="secondary"
        onClick={() => {
          timeRange.setState({ from: shorter.from, to: shorter.to });
          timeRange.onRefresh();
        }}
      >
        {shorter.endsNow
          ? t('traceatlas.service-map.refused.last-minutes', 'Last {{minutes}} minutes', { minutes: shorter.minutes })
          : t('traceatlas.service-map.refused.end-of-range', 'Last {{minutes}} minutes of this range', {
              minutes: shorter.minutes,
            })}
      </Button>
    ),
    'fewer-services': (
      <Button size="sm" variant="secondary" onClick={() => setChoosing(true)}>
        <Trans i18nKey="traceatlas.service-map.refused.fewer">Fewer services…</Trans>
      </Button>
    ),
    'no-percentiles': (
      <Button size="sm" variant="secondary" onClick={() => scope.change({ percentiles: false })}>
        <Trans i18nKey="traceatlas.service-map.refused.no-percentiles">Without percentiles</Trans>
      </Button>
    ),
    'busiest-calls': (
      <Button size="sm" variant="secondary" onClick={() => scope.change({ top: DEFAULT_TOP_CALLS })}>
        <Trans i18nKey="traceatlas.service-map.refused.busiest">Busiest calls only</Trans>
      </Button>
    ),
    'recording-rules': <span>{rulesAdvice()}</span>,
  };
  const hasPercentiles = scope.useState().percentiles;
  return (
    <>
      <Stack gap={1} wrap="wrap" alignItems="center">
        {remedies
          .filter((remedy) => remedy !== 'no-percentiles' || hasPercentiles)
          .map((remedy) => (
            <React.Fragment key={remedy}>{actions[remedy]}</React.Fragment>
          ))}
      </Stack>
      {choosing && <ScopeDrawer scope={scope} graph={graph} onClose={() => setChoosing(false)} />}
    </>
  );
}

export function rulesAdvice(): string {
  return t(
    'traceatlas.service-map.refused.rules',
    'For good, with several replicas or frequent samples: record the rates with the rules that come with Trace Atlas (provisioning/prometheus).'
  );
}
