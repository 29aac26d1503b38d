import React, { useState } from 'react';
import { t } from '@grafana/i18n';
import { Button } from '@grafana/ui';
import { testIds } from '../../test-ids';
import { otlpJsonTextSteps } from '../../tempo/otlp';
import { type Trace } from '../../trace/model';
import { runInSlices } from '../../trace/steps';
import { saveFile } from '../shared/save-file';

/** Saves the trace as OTLP JSON, which any OTLP receiver, most trace viewers and this data source read. */
export function ExportButton({ trace }: { trace: Trace }) {
  const [isWorking, setWorking] = useState(false);
  const save = async () => {
    setWorking(true);
    const text = await runInSlices(otlpJsonTextSteps(trace.spans));
    saveFile(`trace-${trace.traceId || 'export'}.json`, new Blob(text, { type: 'application/json' }));
    setWorking(false);
  };
  return (
    <Button
      size="sm"
      variant="secondary"
      icon={isWorking ? 'spinner' : 'download-alt'}
      tooltip={t('traceatlas.trace.export-hint', 'Download all spans as OTLP JSON')}
      data-testid={testIds.trace.export}
      onClick={() => void save()}
    >
      {t('traceatlas.trace.export', 'Export')}
    </Button>
  );
}
