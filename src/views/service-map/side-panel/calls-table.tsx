import React from 'react';
import { css } from '@emotion/css';
import { Button, useStyles2 } from '@grafana/ui';
import { CallStatsTable } from './call-stats-table';
import { type LatencyKey } from '../format-stats';
import { type MapEdge } from '../model/map-types';
import { type Selection } from '../selection';

interface CallsTableProps {
  title: string;
  edges: readonly MapEdge[];
  /** The end that is listed */
  end: 'source' | 'target';
  latency: LatencyKey;
  onSelect(selection: Selection): void;
}

/** Callers or callees of a service with the numbers of the calls. */
export function CallsTable({ title, edges, end, latency, onSelect }: CallsTableProps) {
  const styles = useStyles2(getStyles);
  const rowOf = (edge: MapEdge) => ({
    id: edge.call.id,
    stats: edge.call.stats,
    name: (
      <Button
        size="sm"
        fill="text"
        variant="secondary"
        className={styles.name}
        onClick={() => onSelect({ kind: 'call', id: edge.call.id })}
      >
        {edge[end].service.name}
      </Button>
    ),
  });
  return <CallStatsTable title={title} calls={edges} rowOf={rowOf} latency={latency} />;
}

function getStyles() {
  return {
    name: css({
      maxWidth: 130,
      paddingLeft: 0,
      span: { overflow: 'hidden', textOverflow: 'ellipsis', display: 'block' },
    }),
  };
}
