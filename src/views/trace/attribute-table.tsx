import { css } from '@emotion/css';
import React from 'react';
import { type GrafanaTheme2 } from '@grafana/data';
import { ClipboardButton, useStyles2 } from '@grafana/ui';
import { t } from '../../i18n/translate';
import { safeUrl } from '../../links/urls';
import { attributeText } from '../../trace/attribute-text';
import { type AnyValue, type KeyValue } from '../../trace/model';
import { Link } from '../shared/link';

interface Props {
  /** Names the table for screen readers */
  label: string;
  attributes: readonly KeyValue[];
}

/** Attributes by key. Values are data: shown as text, and as links only when they are http(s) URLs. */
export function AttributeTable({ label, attributes }: Props) {
  const styles = useStyles2(getStyles);
  const sorted = [...attributes].sort((a, b) => (a.key < b.key ? -1 : 1));
  return (
    <table className={styles.table} aria-label={label}>
      <tbody>
        {sorted.map(({ key, value }, i) => (
          <tr key={`${key} ${i}`}>
            <th scope="row" className={styles.key}>
              {key}
            </th>
            <td className={styles.value}>
              <Value value={value} />
            </td>
            <td className={styles.actions}>
              <ClipboardButton
                size="sm"
                fill="text"
                variant="secondary"
                icon="copy"
                aria-label={t('traceatlas.trace.copy-attribute', 'Copy the value of {{key}}', { key })}
                getText={() => attributeText(value)}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Value({ value }: { value: AnyValue }) {
  const styles = useStyles2(getStyles);
  const text = attributeText(value);
  const url = value.type === 'string' ? safeUrl(text) : undefined;
  if (url !== undefined) {
    return (
      <Link href={url} external>
        {text}
      </Link>
    );
  }
  if (text === '') {
    return <em className={styles.empty}>{t('traceatlas.trace.empty-value', 'empty')}</em>;
  }
  return <span className={value.type === 'string' ? undefined : styles.typed}>{text}</span>;
}

function getStyles(theme: GrafanaTheme2) {
  return {
    table: css({
      width: '100%',
      tableLayout: 'fixed',
      fontSize: theme.typography.bodySmall.fontSize,
      fontFamily: theme.typography.fontFamilyMonospace,
      'tr:nth-of-type(odd)': { background: theme.colors.background.secondary },
    }),
    key: css({
      width: '40%',
      padding: theme.spacing(0.25, 0.75),
      verticalAlign: 'top',
      textAlign: 'left',
      fontWeight: theme.typography.fontWeightRegular,
      color: theme.colors.text.secondary,
      overflowWrap: 'anywhere',
    }),
    value: css({
      padding: theme.spacing(0.25, 0.75),
      verticalAlign: 'top',
      whiteSpace: 'pre-wrap',
      overflowWrap: 'anywhere',
    }),
    actions: css({ width: theme.spacing(4.5), verticalAlign: 'top', textAlign: 'right' }),
    typed: css({ color: theme.colors.success.text }),
    empty: css({ color: theme.colors.text.disabled }),
  };
}
