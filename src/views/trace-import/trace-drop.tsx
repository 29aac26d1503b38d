import React, { useState } from 'react';
import { t } from '@grafana/i18n';
import { Alert, FileDropzone, LoadingPlaceholder } from '@grafana/ui';
import { testIds } from '../../test-ids';
import { readFile, type ReadFile } from './read-file';

interface Props {
  onRead: (file: ReadFile) => void;
}

const ACCEPTED = { 'application/json': ['.json', '.jsonl', '.ndjson'], 'text/plain': ['.txt'] };

/** Takes a file with traces, dropped or chosen; what is wrong with one is said below. */
export function TraceDrop({ onRead }: Props) {
  const [error, setError] = useState<{ name: string; message: string } | undefined>(undefined);
  const [isReading, setReading] = useState(false);
  const read = async (file: File) => {
    setReading(true);
    setError(undefined);
    try {
      onRead(await readFile(file));
    } catch (reason) {
      setError({ name: file.name, message: reason instanceof Error ? reason.message : String(reason) });
    }
    setReading(false);
  };
  return (
    <div data-testid={testIds.traceImport.dropzone}>
      <FileDropzone
        options={{ multiple: false, accept: ACCEPTED, onDrop: ([file]) => file && void read(file) }}
        fileListRenderer={() => null}
        onLoad={() => undefined}
      />
      {isReading && <LoadingPlaceholder text={t('traceatlas.import.reading', 'Reading the file…')} />}
      {error && (
        <Alert
          severity="error"
          title={t('traceatlas.import.failed', '{{name}} cannot be imported', { name: error.name })}
          data-testid={testIds.traceImport.error}
        >
          {error.message}
        </Alert>
      )}
    </div>
  );
}
