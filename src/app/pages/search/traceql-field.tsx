import React from 'react';
import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Field, TextArea, useStyles2 } from '@grafana/ui';
import { validateQuery } from '../../../traceql';

interface Props {
  value: string;
  onChange: (value: string) => void;
  onRun: (value: string) => void;
}

/** A TraceQL query or a trace id; what is wrong with it is said while typing, and Shift+Enter runs it. */
export function TraceQLField({ value, onChange, onRun }: Props) {
  const styles = useStyles2(getStyles);
  const { verdict, message } = validateQuery(value);
  return (
    <Field
      noMargin
      label={t('traceatlas.search.query', 'TraceQL')}
      invalid={verdict !== 'valid' && value.trim() !== ''}
      error={message}
    >
      <TextArea
        className={styles.text}
        rows={Math.min(8, Math.max(2, value.split('\n').length))}
        spellCheck={false}
        value={value}
        placeholder={t('traceatlas.search.placeholder', 'A TraceQL query or a trace id (Shift+Enter runs it)')}
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.shiftKey || event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            onRun(event.currentTarget.value);
          }
        }}
      />
    </Field>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  text: css({ fontFamily: theme.typography.fontFamilyMonospace, fontSize: theme.typography.bodySmall.fontSize }),
});
