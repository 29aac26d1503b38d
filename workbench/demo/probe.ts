import { context, SpanKind, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';

/** Sends one call from a service to another with OpenTelemetry's SDK, as any app of anybody's would. Gives its trace id. */
export async function sendProbeTrace(otlpUrl: string, client: string, server: string): Promise<string> {
  const exporter = new OTLPTraceExporter({ url: `${otlpUrl}/v1/traces`, timeoutMillis: 5000 });
  const providerOf = (name: string) =>
    new BasicTracerProvider({
      resource: resourceFromAttributes({ 'service.name': name }),
      spanProcessors: [new SimpleSpanProcessor(exporter)],
    });
  const [clientProvider, serverProvider] = [providerOf(client), providerOf(server)];
  const call = clientProvider.getTracer('probe').startSpan('GET /probe', { kind: SpanKind.CLIENT, root: true });
  const answer = serverProvider
    .getTracer('probe')
    .startSpan('GET /probe', { kind: SpanKind.SERVER }, trace.setSpan(context.active(), call));
  answer.end();
  call.end();
  await Promise.all([clientProvider.forceFlush(), serverProvider.forceFlush()]);
  await exporter.shutdown();
  return call.spanContext().traceId;
}
