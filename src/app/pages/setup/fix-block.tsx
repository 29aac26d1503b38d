import { css } from '@emotion/css';
import React, { useState } from 'react';
import { type GrafanaTheme2 } from '@grafana/data';
import { t, Trans } from '@grafana/i18n';
import { Button, ClipboardButton, useStyles2 } from '@grafana/ui';
import { testIds } from '../../../test-ids';
import { type Fix, type FixTarget } from '../../setup/fixes';

function targetName(target: FixTarget): string {
  switch (target) {
    case 'grafana':
      return t('traceatlas.setup.target.grafana', 'Grafana');
    case 'tempo':
      return t('traceatlas.setup.target.tempo', 'Tempo');
    case 'prometheus':
      return t('traceatlas.setup.target.prometheus', 'Prometheus');
    case 'mimir':
      return t('traceatlas.setup.target.mimir', 'Mimir');
    case 'collector':
      return t('traceatlas.setup.target.collector', 'OpenTelemetry Collector');
  }
}

/** A piece of configuration to paste, folded until it is asked for. */
export function FixBlock({ fix }: { fix: Fix }) {
  const styles = useStyles2(getStyles);
  const [open, setOpen] = useState(false);
  return (
    <div data-testid={testIds.setup.fixText}>
      <Button
        fill="text"
        size="sm"
        variant="secondary"
        icon={open ? 'angle-down' : 'angle-right'}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      >
        {`${targetName(fix.target)}: ${fix.title}`}
      </Button>
      {open && (
        <div className={styles.block}>
          <pre className={styles.text} tabIndex={0}>
            {fix.text}
          </pre>
          <ClipboardButton size="sm" variant="secondary" icon="copy" getText={() => fix.text} className={styles.copy}>
            <Trans i18nKey="traceatlas.setup.fix.copy">Copy</Trans>
          </ClipboardButton>
        </div>
      )}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  block: css({ position: 'relative', marginLeft: theme.spacing(3) }),
  text: css({ margin: 0, paddingRight: theme.spacing(12), fontSize: theme.typography.bodySmall.fontSize }),
  copy: css({ position: 'absolute', top: theme.spacing(1), right: theme.spacing(1) }),
});
