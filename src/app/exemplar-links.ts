import { type CustomTransformOperator, type DataFrame, type DataLink, DataTopic } from '@grafana/data';
import { map } from 'rxjs';
import { APP_BASE_URL, ROUTES, VARIABLES } from '../constants';
import { TRACE_ID_NAMES } from '../links/exemplars';

const TRACE_ID_LABELS: ReadonlySet<string> = new Set(TRACE_ID_NAMES);

function traceLink(title: string): DataLink {
  // Grafana replaces the variables when the link is shown; the trace page pads ids whose zeros were cut.
  const path = `${APP_BASE_URL}/${ROUTES.trace}/\${__value.raw}`;
  return { title, url: `${path}?from=\${__from}&to=\${__to}&var-${VARIABLES.tempo}=\${${VARIABLES.tempo}}` };
}

function withTraceLink(frame: DataFrame, link: DataLink): DataFrame {
  return {
    ...frame,
    fields: frame.fields.map((field) =>
      TRACE_ID_LABELS.has(field.name)
        ? { ...field, config: { ...field.config, links: [link, ...(field.config.links ?? [])] } }
        : field
    ),
  };
}

/**
 * Puts a link to our trace page first on the trace id of every exemplar, whatever the data source is set up to do.
 * Works with the ids under any label a known producer writes.
 */
export function exemplarTraceLinks(title: string): { topic: DataTopic; operator: CustomTransformOperator } {
  return {
    topic: DataTopic.Annotations,
    operator: () => (source) =>
      source.pipe(map((frames) => frames.map((frame) => withTraceLink(frame, traceLink(title))))),
  };
}
