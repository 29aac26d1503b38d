import { type AnnotationSupport } from '@grafana/data';
import { from } from 'rxjs';
import { type TempoQuery } from '../types';

/** Traces that match a search as annotations: each from its start to its end. */
export const annotationSupport: AnnotationSupport<TempoQuery> = {
  prepareQuery: ({ target }) => (target ? { ...target, tableType: 'traces' } : undefined),
  processEvents: (_annotation, frames) =>
    from(import('./trace-events').then(({ traceEvents }) => frames.flatMap(traceEvents))),
};
