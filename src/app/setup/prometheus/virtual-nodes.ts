import { type MetricsDialect } from '../../../servicegraph/dialect';
import { type Answer } from '../answer';
import { mapped } from '../tempo-probes';
import { type PrometheusTarget, query, type Row, selector } from './query';

/** Numbers of series */
export interface VirtualNodeFacts {
  edges: number;
  virtual: number;
  labelled: number;
}

export async function probeVirtualNodes(
  target: PrometheusTarget,
  { requests, labels }: MetricsDialect
): Promise<Answer<VirtualNodeFacts>> {
  const answer = await query(
    target,
    `count by (${labels.connectionType}, ${labels.virtualNode}) (${selector([requests])})`
  );
  return mapped(answer, (rows) => {
    const sum = (fits: (row: Row) => boolean) => rows.filter(fits).reduce((total, { value }) => total + value, 0);
    return {
      edges: sum(() => true),
      virtual: sum((row) => row.labels[labels.connectionType] === 'virtual_node'),
      labelled: sum((row) => Boolean(row.labels[labels.virtualNode])),
    };
  });
}
