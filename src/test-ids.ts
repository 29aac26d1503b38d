/** Every data-testid of the plugin; end-to-end tests read them from here. */
export const testIds = {
  app: {
    root: 'traceatlas-app',
    noDataSource: 'traceatlas-no-data-source',
  },
  search: {
    editor: 'traceatlas-search-editor',
    run: 'traceatlas-search-run',
    error: 'traceatlas-search-error',
    results: 'traceatlas-search-results',
    traceLink: 'traceatlas-search-trace-link',
  },
  service: {
    list: 'traceatlas-service-list',
    latencyPanel: 'traceatlas-service-latency',
    exemplarTable: 'traceatlas-service-exemplars',
  },
} as const;
