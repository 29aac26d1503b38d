import { css } from '@emotion/css';
import React, { useState } from 'react';
import { type GrafanaTheme2 } from '@grafana/data';
import { Trans } from '@grafana/i18n';
import { Alert, Button, Modal, useStyles2 } from '@grafana/ui';
import { t } from '../../../i18n/translate';
import { testIds } from '../../../test-ids';
import { changeDiff, type SettingsChange } from '../../setup/changes';
import { type DataSourceFacts } from '../../setup/data-sources';
import { type DiffLine } from '../../setup/diff';
import { type SaveResult } from '../../setup/save-change';

interface Props {
  change: SettingsChange;
  /** As they were read; absent when they are being read again */
  settings: DataSourceFacts | undefined;
  onSave: () => Promise<SaveResult>;
  onClose: () => void;
}

const SIGNS: Record<DiffLine['kind'], string> = { same: ' ', removed: '-', added: '+' };

/** What a fix changes, before it is saved. */
export function ChangeDialog({ change, settings, onSave, onClose }: Props) {
  const styles = useStyles2(getStyles);
  const [saving, setSaving] = useState(false);
  const [failure, setFailure] = useState<string>();
  const save = async () => {
    setSaving(true);
    setFailure(undefined);
    const result = await onSave();
    setSaving(false);
    if (result.kind === 'saved') {
      onClose();
    } else {
      setFailure(
        result.kind === 'changed-meanwhile'
          ? t(
              'traceatlas.setup.change.conflict',
              'Somebody else has changed this data source meanwhile. Its settings were read again: look at the change once more, then save.'
            )
          : t('traceatlas.setup.change.failed', 'Grafana did not save it: {{message}}', { message: result.message })
      );
    }
  };
  return (
    <Modal
      isOpen
      onDismiss={onClose}
      title={t('traceatlas.setup.change.title', 'Change the data source {{name}}', { name: change.dataSourceName })}
    >
      <p>
        <Trans i18nKey="traceatlas.setup.change.intro">
          This is all that changes, as a provisioning file would have it. Everything else of the data source stays as it
          is, its secrets too.
        </Trans>
      </p>
      <pre className={styles.diff} data-testid={testIds.setup.diff} tabIndex={0}>
        {changeDiff(settings?.jsonData ?? {}, change).map(({ kind, text }, index) => (
          <div key={index} className={styles[kind]}>
            {`${SIGNS[kind]} ${text}`}
          </div>
        ))}
      </pre>
      {failure && <Alert severity="error" title={failure} />}
      <Modal.ButtonRow>
        <Button variant="secondary" fill="outline" onClick={onClose}>
          <Trans i18nKey="traceatlas.setup.change.cancel">Cancel</Trans>
        </Button>
        <Button onClick={() => void save()} disabled={saving || !settings?.stored} data-testid={testIds.setup.save}>
          <Trans i18nKey="traceatlas.setup.change.save">Save the change</Trans>
        </Button>
      </Modal.ButtonRow>
    </Modal>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  diff: css({ maxHeight: '50vh', overflow: 'auto' }),
  same: css({ color: theme.colors.text.secondary }),
  removed: css({ color: theme.colors.error.text }),
  added: css({ color: theme.colors.success.text }),
});
