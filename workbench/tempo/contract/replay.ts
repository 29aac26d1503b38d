import { type InMemoryTempo, startInMemoryTempo } from '../server';

import { differences } from './differences';
import { normalise } from './normalise';
import { loadExportRequests, type Recording, RECORDED_AT_MS } from './recordings';

/** An in-memory Tempo that has received the recorded data set over OTLP. */
export async function startWithDataset(): Promise<InMemoryTempo> {
  const tempo = await startInMemoryTempo({ apiPort: 0, otlpPort: 0, clock: () => RECORDED_AT_MS });
  for (const body of loadExportRequests()) {
    const response = await fetch(`${tempo.otlpUrl}/v1/traces`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body,
    });
    if (!response.ok) {
      throw new Error(`The data set was refused: ${response.status} ${await response.text()}`);
    }
  }
  return tempo;
}

/** Asks the request again; answers where the answer differs from the recorded one. */
export async function replay(apiUrl: string, recording: Recording): Promise<string[]> {
  const { method, path, query, headers } = recording.request;
  const encodedPath = path.split('/').map(encodeSegment).join('/');
  const response = await fetch(`${apiUrl}${encodedPath}?${new URLSearchParams(query)}`, { method, headers });
  const contentType = response.headers.get('content-type');
  const bytes = Buffer.from(await response.arrayBuffer());
  const answer = {
    status: response.status,
    contentType,
    ...(recording.bodyBase64 === undefined
      ? { body: contentType?.includes('json') ? parsed(bytes) : bytes.toString('utf8') }
      : { bodyBase64: bytes.toString('base64') }),
  };
  return differences(normalise(recording, recording), normalise(answer, recording));
}

/** Recorded paths are unescaped, but for blanks. */
function encodeSegment(segment: string): string {
  return encodeURIComponent(segment).replace(/%25/g, '%');
}

function parsed(bytes: Buffer): unknown {
  return JSON.parse(bytes.toString('utf8'));
}
