import { type DataLink } from '@grafana/data';
import { type TempoQuery } from '../types';

/** The data source that a link opens; the ids are those of the instance that made the frame. */
export interface LinkTarget {
  uid: string;
  name: string;
}

/** A link that loads a trace by the id in `traceIdExpression`, a data link variable. */
export function traceLink(
  target: LinkTarget,
  title: string,
  traceIdExpression = '${__value.raw}',
  spanIdExpression?: string
): DataLink<TempoQuery> {
  return {
    title,
    url: '',
    internal: {
      datasourceUid: target.uid,
      datasourceName: target.name,
      query: { refId: 'A', query: traceIdExpression, queryType: 'traceql' },
      ...(spanIdExpression ? { panelsState: { trace: { spanId: spanIdExpression } } } : {}),
    },
  };
}
