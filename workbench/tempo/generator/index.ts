export { type GeneratorConfig, type GeneratorConfigInput, readGeneratorConfig } from './config';
export { MetricsGenerator } from './generator';
export type { Exemplar, Label, NativeHistogram, Sample, TimeSeries, WriteRequest } from './write-request';
