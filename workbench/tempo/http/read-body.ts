import { type IncomingMessage } from 'node:http';
import { createGunzip } from 'node:zlib';

/** A body that cannot be taken; `status` and `message` are the answer. */
export class BodyError extends Error {
  constructor(
    readonly status: number,
    message: string
  ) {
    super(message);
  }
}

/**
 * Reads a request's body, gzip or plain. Counts the bytes after decompression, so that a small body cannot blow up;
 * throws BodyError beyond `maxBytes`, on an unknown encoding and on broken gzip.
 */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const encoding = String(request.headers['content-encoding'] ?? 'identity').toLowerCase();
  if (encoding !== 'identity' && encoding !== 'gzip') {
    throw new BodyError(415, `unsupported Content-Encoding ${JSON.stringify(encoding)}: send gzip or none`);
  }
  const source = encoding === 'gzip' ? request.pipe(createGunzip()) : request;
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of source) {
      const bytes = Buffer.from(chunk);
      size += bytes.length;
      if (size > maxBytes) {
        throw new BodyError(413, `request body is larger than the limit of ${maxBytes} bytes`);
      }
      chunks.push(bytes);
    }
  } catch (error) {
    if (error instanceof BodyError) {
      throw error;
    }
    throw new BodyError(400, `cannot read the request body: ${error instanceof Error ? error.message : String(error)}`);
  }
  return Buffer.concat(chunks);
}
