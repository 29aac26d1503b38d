import { decodeTraceByIdResponseProtobuf } from '../src/tempo/otlp';
import { serviceNameOf } from '../src/trace/service-name';
import { columnsOf } from './decode-columns';

self.onmessage = ({ data: { way, body } }: MessageEvent<{ way: 'clone' | 'columns'; body: ArrayBuffer }>) => {
  const { spans } = decodeTraceByIdResponseProtobuf(new Uint8Array(body));
  if (way === 'clone') {
    self.postMessage({ spans });
    return;
  }
  const columns = columnsOf(spans, serviceNameOf);
  const { spanIds, parentIds, names, services, starts, durations, attributeStarts, attributes, attributeKeys } =
    columns;
  const moved = [spanIds, parentIds, names, services, starts, durations, attributeStarts, attributes, attributeKeys];
  self.postMessage(columns, { transfer: moved.map(({ buffer }) => buffer) });
};
self.postMessage('ready');
