import { t } from '@grafana/i18n';

export interface ExampleQuery {
  title: string;
  query: string;
}

export interface ExampleGroup {
  question: string;
  examples: ExampleQuery[];
}

/** TraceQL by the question that it answers. */
export function exampleGroups(): ExampleGroup[] {
  return [
    {
      question: t('traceatlas.datasource.examples.slow', 'What is slow?'),
      examples: [
        {
          title: t('traceatlas.datasource.examples.slow-requests', 'Slow requests of one service'),
          query: '{ resource.service.name = "frontend" && kind = server && duration > 500ms }',
        },
        {
          title: t('traceatlas.datasource.examples.slow-database', 'Slow database calls'),
          query: '{ span.db.system.name != nil && duration > 500ms }',
        },
        {
          title: t('traceatlas.datasource.examples.slow-traces', 'The newest traces that took long'),
          query: '{ trace:duration > 2s && nestedSetParent < 0 } with (most_recent=true)',
        },
        {
          title: t('traceatlas.datasource.examples.slow-below', 'Slow requests with a slow call directly below'),
          query: '{ kind = server && duration > 1s } > { kind = client && duration > 1s }',
        },
      ],
    },
    {
      question: t('traceatlas.datasource.examples.fails', 'What fails?'),
      examples: [
        {
          title: t('traceatlas.datasource.examples.errors', 'Failed requests of one service'),
          query: '{ resource.service.name = "frontend" && status = error }',
        },
        {
          title: t('traceatlas.datasource.examples.cause', 'Requests that fail because something below them fails'),
          query: '{ kind = server && status = error } >> { kind = client && status = error }',
        },
        {
          title: t('traceatlas.datasource.examples.exceptions', 'Exceptions, with their messages'),
          query: '{ event:name = "exception" } | select(event.exception.type, event.exception.message)',
        },
        {
          title: t('traceatlas.datasource.examples.compare', 'What failed requests have in common'),
          query: '{ kind = server } | compare({ status = error })',
        },
      ],
    },
    {
      question: t('traceatlas.datasource.examples.shape', 'Which traces have this shape?'),
      examples: [
        {
          title: t('traceatlas.datasource.examples.many', 'Many calls to the database'),
          query: '{ span.db.system.name != nil } | count() > 20',
        },
        {
          title: t('traceatlas.datasource.examples.between', 'A request that goes through two services'),
          query: '{ resource.service.name = "frontend" } >> { resource.service.name = "mysql" }',
        },
        {
          title: t('traceatlas.datasource.examples.leaf', 'Errors that start at the bottom of the trace'),
          query: '{ status = error && span:childCount = 0 }',
        },
        {
          title: t('traceatlas.datasource.examples.group', 'Services that did much within one trace'),
          query: '{ } | by(resource.service.name) | count() > 10',
        },
      ],
    },
    {
      question: t('traceatlas.datasource.examples.much', 'How much, over time?'),
      examples: [
        {
          title: t('traceatlas.datasource.examples.rate', 'Request rate by service'),
          query: '{ kind = server } | rate() by (resource.service.name)',
        },
        {
          title: t('traceatlas.datasource.examples.error-share', 'Share of failed requests'),
          query: '({ kind = server && status = error } | rate()) / ({ kind = server } | rate())',
        },
        {
          title: t('traceatlas.datasource.examples.quantile', 'Latency percentiles, with example traces'),
          query: '{ kind = server } | quantile_over_time(duration, .5, .95, .99) with (exemplars=true)',
        },
        {
          title: t('traceatlas.datasource.examples.heatmap', 'Latency as a heatmap'),
          query: '{ kind = server } | histogram_over_time(duration)',
        },
        {
          title: t('traceatlas.datasource.examples.top', 'The five slowest operations'),
          query: '{ kind = server } | avg_over_time(duration) by (name) | topk(5)',
        },
      ],
    },
  ];
}
