import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  decodeExportRequestJson,
  decodeTraceProtobuf,
  encodeTraceByIdResponseProtobuf,
  encodeTraceProtobuf,
  OtlpDecodeError,
} from './otlp';
import { slicedTraceDecoder } from './trace-decode';

const text = readFileSync(join(__dirname, '../../tests/contract/dataset/hotrod.json'), 'utf8');
// As Tempo stores them, that is without flags.
const spans = decodeTraceProtobuf(encodeTraceProtobuf(decodeExportRequestJson(text)));

function bufferOf(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}

/** Every look at the clock takes 7 ms. */
function slowClock() {
  let time = 0;
  const pause = jest.fn(async () => undefined);
  return { now: () => (time += 7), pause };
}

it('lets the page draw while it decodes a large trace, and decodes all of it', async () => {
  const clock = slowClock();
  const body = bufferOf(encodeTraceByIdResponseProtobuf({ spans, partial: true, message: 'cut' }));
  expect(await slicedTraceDecoder(clock)('v2-protobuf', body)).toEqual({ spans, partial: true, message: 'cut' });
  expect(clock.pause.mock.calls.length).toBeGreaterThan(3);
});

it('decodes a small trace at once', async () => {
  const clock = slowClock();
  const body = bufferOf(encodeTraceProtobuf(spans.slice(0, 40)));
  expect((await slicedTraceDecoder(clock)('v1-protobuf', body)).spans).toHaveLength(40);
  expect(clock.pause).not.toHaveBeenCalled();
});

it('rejects damaged data', async () => {
  const body = bufferOf(encodeTraceProtobuf(spans)).slice(0, 5000);
  await expect(slicedTraceDecoder(slowClock())('v1-protobuf', body)).rejects.toThrow(OtlpDecodeError);
});
