import { type TraceFile, traceFileSteps } from '../../tempo/files/read-trace-file';
import { runInSlices } from '../../trace/steps';
import { findImport } from './import-store';

/** Reading a large file takes a second, and each of Explore's panes asks again and again. */
let latest: { id: string; file: TraceFile; name: string } | undefined;

/** @returns undefined when this computer does not have the file; @throws TraceFileError */
export async function parsedImport(
  id: string,
  signal?: AbortSignal
): Promise<{ file: TraceFile; name: string } | undefined> {
  if (latest?.id === id) {
    return latest;
  }
  const found = await findImport(id);
  if (!found) {
    return undefined;
  }
  latest = { id, name: found.name, file: await runInSlices(traceFileSteps(found.text), signal) };
  return latest;
}
