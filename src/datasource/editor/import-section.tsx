import React, { useEffect, useState } from 'react';
import { EditorField, EditorRow } from '@grafana/plugin-ui';
import { Alert, Button, Combobox, type ComboboxOption } from '@grafana/ui';
import { t } from '../../i18n/translate';
import { testIds } from '../../test-ids';
import { type TraceFile } from '../../tempo/files/read-trace-file';
import { serviceNameOf } from '../../trace/service-name';
import { rootSpan } from '../../trace/tree';
import { TraceDrop } from '../../views/trace-import/trace-drop';
import { keepImport } from '../imports/import-store';
import { parsedImport } from '../imports/parsed-import';
import { type TempoQuery } from '../types';

interface Props {
  importId?: string;
  /** Of the trace that is shown; absent for the list of all */
  traceId?: string;
  onChange: (patch: Pick<TempoQuery, 'importId' | 'importTraceId'>) => void;
  onRunQuery: () => void;
}

type Held = { id: string } & ({ name: string; file: TraceFile } | { error: string });

/** Chooses a file with traces or a service graph, and one of its traces. */
export function ImportSection({ importId, traceId, onChange, onRunQuery }: Props) {
  const [isChoosing, setChoosing] = useState(false);
  const held = useHeldFile(importId);
  const show = (patch: Pick<TempoQuery, 'importId' | 'importTraceId'>) => {
    onChange(patch);
    onRunQuery();
  };
  if (importId === undefined || isChoosing) {
    return (
      <TraceDrop
        onRead={async ({ name, text }) => {
          const id = await keepImport(name, text);
          setChoosing(false);
          show({ importId: id, importTraceId: undefined });
        }}
      />
    );
  }
  return (
    <EditorRow>
      {held && 'error' in held && <Alert severity="warning" title={held.error} />}
      {held && 'file' in held && (
        <EditorField label={t('traceatlas.datasource.import.file', 'File')}>
          <span>{held.name}</span>
        </EditorField>
      )}
      {held && 'file' in held && held.file.type === 'traces' && held.file.traces.length > 1 && (
        <EditorField
          label={t('traceatlas.datasource.import.traces', 'Trace ({{total}} in the file)', {
            total: held.file.traces.length,
          })}
        >
          <div data-testid={testIds.traceImport.list}>
            <Combobox
              width={60}
              isClearable
              placeholder={t('traceatlas.datasource.import.all', 'List of all')}
              value={traceId ?? null}
              options={traceOptions(held.file)}
              onChange={(option) => show({ importId, importTraceId: option?.value })}
            />
          </div>
        </EditorField>
      )}
      <EditorField label={'\u00a0'}>
        <Button
          size="sm"
          variant="secondary"
          icon="upload"
          data-testid={testIds.traceImport.clear}
          onClick={() => setChoosing(true)}
        >
          {t('traceatlas.datasource.import.other', 'Choose another file')}
        </Button>
      </EditorField>
    </EditorRow>
  );
}

function traceOptions(file: TraceFile): ComboboxOption[] {
  return file.type === 'traces'
    ? file.traces.map((trace) => {
        const root = rootSpan(trace);
        return {
          value: trace.traceId,
          label: root ? `${serviceNameOf(root)} ${root.name}`.trim() : trace.traceId,
          description: trace.traceId,
        };
      })
    : [];
}

function useHeldFile(importId: string | undefined): Held | undefined {
  const [held, setHeld] = useState<Held | undefined>(undefined);
  useEffect(() => {
    if (importId === undefined) {
      return;
    }
    let isCurrent = true;
    const set = (state: Held) => isCurrent && setHeld(state);
    parsedImport(importId).then(
      (found) =>
        set({
          id: importId,
          ...(found ?? {
            error: t('traceatlas.datasource.import.gone', 'The imported file is not on this computer any more.'),
          }),
        }),
      (reason: unknown) => set({ id: importId, error: reason instanceof Error ? reason.message : String(reason) })
    );
    return () => {
      isCurrent = false;
    };
  }, [importId]);
  return held?.id === importId ? held : undefined;
}
