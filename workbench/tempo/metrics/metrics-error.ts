/** A request that Tempo refuses; the message is the answer's text. */
export class MetricsError extends Error {
  override name = 'MetricsError';
}
