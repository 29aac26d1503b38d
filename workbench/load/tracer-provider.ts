import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, type IdGenerator, type SpanProcessor } from '@opentelemetry/sdk-trace-base';
import { type InstanceSpec, resourceAttributes, type ServiceSpec } from './topology';

/** One service instance's SDK. */
export function createTracerProvider(
  spec: ServiceSpec,
  instance: InstanceSpec,
  spanProcessor: SpanProcessor,
  idGenerator: IdGenerator
): BasicTracerProvider {
  return new BasicTracerProvider({
    resource: defaultResource().merge(resourceFromAttributes(resourceAttributes(spec, instance))),
    spanProcessors: [spanProcessor],
    idGenerator,
  });
}

/** Name of the instrumentation scope that the services' spans carry. */
export const INSTRUMENTATION_SCOPE = { name: 'sample-services', version: '1.0.0' } as const;
