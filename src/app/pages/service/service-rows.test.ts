import { type SpanMetricNames } from '../../../servicegraph/dialect';
import { serviceListQueries, serviceRows } from './service-rows';

const names: SpanMetricNames = {
  calls: 'traces_spanmetrics_calls_total',
  latency: 'traces_spanmetrics_latency',
  unit: 's',
  serviceLabel: 'service',
  namespaceLabel: 'service_namespace',
};
const row = (service: string, value: number, service_namespace?: string) => ({
  labels: { service, ...(service_namespace ? { service_namespace } : {}) },
  value,
});

describe('the list of services', () => {
  it('asks for all services in three queries over the whole range', () => {
    const queries = serviceListQueries(names, 'classic', 3600);
    expect(queries.map(({ refId }) => refId)).toEqual(['rate', 'errorRate', 'p95']);
    expect(queries.every(({ expr }) => expr.includes('[3600s]'))).toBe(true);
  });

  it('joins rate, errors and latency of a service, the busiest first', () => {
    expect(
      serviceRows(names, { rate: [row('a', 1), row('b', 5)], errorRate: [row('b', 0.5)], p95: [row('a', 0.2)] })
    ).toEqual([
      { name: 'b', namespace: undefined, rate: 5, errorRate: 0.5 },
      { name: 'a', namespace: undefined, rate: 1, p95: 0.2 },
    ]);
  });

  it('keeps services of one name in two namespaces apart', () => {
    expect(serviceRows(names, { rate: [row('api', 1, 'shop'), row('api', 2, 'ride')] })).toHaveLength(2);
  });

  it('turns milliseconds into seconds', () => {
    expect(serviceRows({ ...names, unit: 'ms' }, { p95: [row('a', 250)] })[0].p95).toBe(0.25);
  });

  it('leaves numbers absent that nobody measured', () => {
    expect(serviceRows(names, { rate: [row('a', 1)], p95: [row('a', NaN)] })[0]).toEqual({
      name: 'a',
      namespace: undefined,
      rate: 1,
    });
  });
});
