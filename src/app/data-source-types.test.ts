import { dataSourceOptions, PROMQL_TYPES, TEMPO_TYPES } from './data-source-types';

const candidate = (uid: string, type: string, isDefault = false) => ({ uid, name: `name of ${uid}`, type, isDefault });

describe('dataSourceOptions', () => {
  it('offers our own Tempo data source before one of Grafana', () => {
    const options = dataSourceOptions(
      [candidate('core', 'tempo', true), candidate('loki', 'loki'), candidate('ours', 'traceatlas-tempo-datasource')],
      TEMPO_TYPES
    );
    expect(options.map(({ value }) => value)).toEqual(['ours', 'core']);
  });

  it('puts the default Prometheus first and the others by name', () => {
    const options = dataSourceOptions(
      [candidate('b', 'prometheus'), candidate('a', 'prometheus'), candidate('c', 'prometheus', true)],
      PROMQL_TYPES
    );
    expect(options.map(({ value }) => value)).toEqual(['c', 'a', 'b']);
  });

  it('is empty when nothing fits', () => {
    expect(dataSourceOptions([candidate('loki', 'loki')], PROMQL_TYPES)).toEqual([]);
  });
});
