import React, { useState } from 'react';
import { t } from '@grafana/i18n';
import { Button } from '@grafana/ui';
import { readServiceId } from '../../../servicegraph/model';
import { testIds } from '../../../test-ids';
import { leaveFullScreen } from '../../../views/service-map/viewport/use-full-screen';
import { type GraphSource } from './graph-source';
import { isWholeGraph, type MapScopeState } from './map-scope';
import { ScopeDrawer } from './scope-drawer';

function labelOf({ top, minRate, around, hops, filter }: MapScopeState): string {
  if (around) {
    return t('traceatlas.service-map.scope.label-around', 'Around {{service}}, hops: {{hops}}', {
      service: readServiceId(around).name,
      hops,
    });
  }
  if (top !== undefined) {
    return t('traceatlas.service-map.scope.label-top', 'Busiest {{calls}} calls', { calls: top });
  }
  return minRate !== undefined || filter !== ''
    ? t('traceatlas.service-map.scope.label-some', 'Some calls')
    : t('traceatlas.service-map.scope.label-all', 'All calls');
}

/** Says which part of the service graph is loaded, and opens the choice. */
export function ScopeButton({ source }: { source: GraphSource }) {
  const { scope, graph } = source.useState();
  const state = scope.useState();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        variant={isWholeGraph(state) ? 'secondary' : 'primary'}
        fill="text"
        size="sm"
        icon="filter"
        onClick={() => {
          leaveFullScreen();
          setOpen(true);
        }}
        data-testid={testIds.serviceMap.scopeButton}
      >
        {labelOf(state)}
      </Button>
      {open && <ScopeDrawer scope={scope} graph={graph} onClose={() => setOpen(false)} />}
    </>
  );
}
