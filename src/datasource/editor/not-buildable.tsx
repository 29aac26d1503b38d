import React from 'react';
import { Alert, Button, Stack } from '@grafana/ui';
import { t } from '../../i18n/translate';
import { fillVariables } from '../../traceql/variables';
import { testIds } from '../../test-ids';

interface NotBuildableProps {
  text: string;
  onClose: () => void;
  onStartEmpty: () => void;
}

/** Says why the search builder does not open: rows are made only of a text that can be read. */
export function NotBuildable({ text, onClose, onStartEmpty }: NotBuildableProps) {
  const { message } = fillVariables(text).validation;
  return (
    <Alert
      severity="info"
      title={t('traceatlas.datasource.editor.not-buildable', 'The search builder cannot show this query yet')}
      onRemove={onClose}
      data-testid={testIds.datasource.notBuildable}
    >
      <Stack direction="column" gap={1} alignItems="flex-start">
        <span>{message ?? t('traceatlas.datasource.editor.now-buildable', 'It can now: choose Search again.')}</span>
        <Button size="sm" variant="secondary" onClick={onStartEmpty}>
          {t('traceatlas.datasource.editor.start-empty', 'Start an empty search; the text is kept')}
        </Button>
      </Stack>
    </Alert>
  );
}
