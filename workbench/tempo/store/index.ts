export { TraceStore, type TraceStoreOptions } from './trace-store';
