import { css } from '@emotion/css';
import React, { type RefObject } from 'react';
import { type GrafanaTheme2 } from '@grafana/data';
import { IconButton, Input, useStyles2 } from '@grafana/ui';
import { t } from '../../i18n/translate';
import { testIds } from '../../test-ids';
import { type Timeline } from './use-timeline';

interface Props {
  timeline: Timeline;
  input: RefObject<HTMLInputElement | null>;
  onLeave: () => void;
}

/** Finds spans by name, service or attribute. Enter goes to the next one, with Shift to the previous. */
export function FindBox({ timeline, input, onLeave }: Props) {
  const styles = useStyles2(getStyles);
  const { findText, found, active } = timeline;
  const position = active ? found.indexOf(active) + 1 : 0;
  return (
    <div className={styles.box} role="search">
      <Input
        ref={input}
        width={36}
        value={findText}
        data-testid={testIds.trace.find}
        aria-label={t('traceatlas.trace.find', 'Find in trace')}
        placeholder={t('traceatlas.trace.find-placeholder', 'Find name, service or key=value   ( / )')}
        onChange={(event) => timeline.setFindText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') {
            event.preventDefault();
            timeline.goToFound(event.shiftKey ? -1 : 1);
          } else if (event.key === 'Escape') {
            timeline.setFindText('');
            onLeave();
          }
        }}
      />
      <IconButton
        name="angle-up"
        disabled={found.length === 0}
        tooltip={t('traceatlas.trace.find-previous', 'Previous match')}
        onClick={() => timeline.goToFound(-1)}
      />
      <IconButton
        name="angle-down"
        disabled={found.length === 0}
        tooltip={t('traceatlas.trace.find-next', 'Next match')}
        onClick={() => timeline.goToFound(1)}
      />
      <span className={styles.count} role="status">
        {findText.trim() !== '' &&
          (position > 0
            ? t('traceatlas.trace.find-position', '{{position}} of {{total}}', { position, total: found.length })
            : t('traceatlas.trace.find-count', '{{total}} found', { total: found.length }))}
      </span>
    </div>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    box: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(0.5) }),
    count: css({
      minWidth: theme.spacing(8),
      padding: theme.spacing(0, 0.5),
      fontSize: theme.typography.bodySmall.fontSize,
      color: theme.colors.text.secondary,
      whiteSpace: 'nowrap',
    }),
  };
}
