import { type Context, defaultTextMapGetter, defaultTextMapSetter, ROOT_CONTEXT } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';

const propagator = new W3CTraceContextPropagator();

export function injectHeaders(context: Context, headers: Record<string, string>): Record<string, string> {
  propagator.inject(context, headers, defaultTextMapSetter);
  return headers;
}

export function extractContext(headers: Record<string, string>): Context {
  return propagator.extract(ROOT_CONTEXT, headers, defaultTextMapGetter);
}
