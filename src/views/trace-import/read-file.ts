import { t } from '../../i18n/translate';
import { TraceFileError } from '../../tempo/files/error';
import { MAX_TRACE_FILE_BYTES, type TraceFile, traceFileSteps } from '../../tempo/files/read-trace-file';
import { runInSlices } from '../../trace/steps';

export interface ReadFile {
  name: string;
  text: string;
  content: TraceFile;
}

const BYTES_PER_MB = 1024 * 1024;

/** @throws TraceFileError, with a text for people */
export async function readFile(file: File): Promise<ReadFile> {
  if (file.size > MAX_TRACE_FILE_BYTES) {
    throw new TraceFileError(
      t('traceatlas.import.too-large', '{{name}} has {{size}} MB; files up to {{most}} MB can be read.', {
        name: file.name,
        size: Math.ceil(file.size / BYTES_PER_MB),
        most: MAX_TRACE_FILE_BYTES / BYTES_PER_MB,
      })
    );
  }
  const text = await textOf(file);
  return { name: file.name, text, content: await runInSlices(traceFileSteps(text)) };
}

function textOf(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(typeof reader.result === 'string' ? reader.result : '');
    reader.onerror = () => reject(new TraceFileError(reader.error?.message ?? ''));
    reader.readAsText(file);
  });
}
