import { type TempoClient } from '../../tempo/client';
import { type HttpGet } from '../../tempo/types';

/** A client whose code (decoders, schemas) is loaded with the first request. */
export function createLazyTempoClient(get: HttpGet): TempoClient {
  let loading: Promise<TempoClient> | undefined;
  const load = (): Promise<TempoClient> => {
    loading ??= import('../../tempo/client').then(({ createTempoClient }) => createTempoClient({ get }));
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
