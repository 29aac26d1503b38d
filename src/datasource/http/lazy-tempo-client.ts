import { type TempoClient } from '../../tempo/client';
import { type InstanceHttpSettings } from './grafana-get';

/** Tempo behind Grafana's proxy; the code of the client (decoders, schemas) is loaded with the first request. */
export function createLazyTempoClient(instance: InstanceHttpSettings): TempoClient {
  let loading: Promise<TempoClient> | undefined;
  const load = (): Promise<TempoClient> => {
    loading ??= import('./grafana-tempo-client').then(({ createGrafanaTempoClient }) =>
      createGrafanaTempoClient(instance)
    );
    // A chunk that did not arrive is asked for again.
    loading.catch(() => (loading = undefined));
    return loading;
  };
  return {
    search: async (request, signal) => (await load()).search(request, signal),
    tags: async (request, signal) => (await load()).tags(request, signal),
    tagValues: async (request, signal) => (await load()).tagValues(request, signal),
    trace: async (request, signal) => (await load()).trace(request, signal),
    metricsRange: async (request, signal) => (await load()).metricsRange(request, signal),
    metricsInstant: async (request, signal) => (await load()).metricsInstant(request, signal),
    buildInfo: async (signal) => (await load()).buildInfo(signal),
    echo: async (signal) => (await load()).echo(signal),
  };
}
