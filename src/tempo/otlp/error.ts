/** Bytes or text that are not what OTLP or Tempo send. `message` says where and why, in words for people. */
export class OtlpDecodeError extends Error {
  override name = 'OtlpDecodeError';
}

export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
