export { type GeneratorConfig, type GeneratorConfigInput, type ProcessorName, readGeneratorConfig } from './config';
export { MetricsGenerator } from './generator';
export type { Exemplar, Label, NativeHistogram, Sample, TimeSeries, WriteRequest } from './write-request';
export {
  type RemoteWrite,
  type RemoteWriteClock,
  type RemoteWriteOptions,
  startRemoteWrite,
  systemClock,
  writeHistory,
  writeOnce,
} from './remote-write';
