import { type AnnotationEvent, type DataFrame } from '@grafana/data';

/** Times in ms since the Unix epoch. Frames that are no table of traces (metrics, one trace) give no events. */
export function traceEvents(frame: DataFrame): AnnotationEvent[] {
  const column = (name: string) => frame.fields.find((field) => field.name === name)?.values;
  const [ids, starts, durations] = [column('traceID'), column('startTime'), column('traceDuration')];
  const [services, names] = [column('traceService'), column('traceName')];
  if (!ids || !starts || !durations || !services || !names) {
    return [];
  }
  return Array.from({ length: frame.length }, (_, row): AnnotationEvent => ({
    id: ids[row],
    time: starts[row],
    timeEnd: starts[row] + durations[row],
    isRegion: durations[row] > 0,
    title: names[row],
    text: `${services[row]} ${names[row]} ${ids[row]}`,
    tags: services[row] ? [services[row]] : [],
  }));
}
