/** Everything that needs the TraceQL parser: one chunk, which the data source loads while Grafana starts to use it. */
export { addAdHocFilters } from './add-ad-hoc-filters';
export { runQuery } from './run-query';
