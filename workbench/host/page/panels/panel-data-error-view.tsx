import React from 'react';
import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { type PanelDataErrorViewProps } from '@grafana/runtime';
import { useStyles2 } from '@grafana/ui';

/** The text in the middle of a panel that has nothing to draw. */
export function PanelDataErrorView(props: PanelDataErrorViewProps) {
  const styles = useStyles2(getStyles);
  return <div className={styles.message}>{messageOf(props)}</div>;
}

function messageOf({
  message,
  data,
  fieldConfig,
  needsTimeField,
  needsNumberField,
  needsStringField,
}: PanelDataErrorViewProps) {
  if (message) {
    return message;
  }
  if (data.series.length === 0 || data.series.every(({ length }) => length === 0)) {
    return fieldConfig?.defaults.noValue ?? 'No data';
  }
  if (needsTimeField) {
    return 'Data is missing a time field';
  }
  if (needsNumberField) {
    return 'Data is missing a number field';
  }
  return needsStringField ? 'Data is missing a string field' : 'Cannot visualize data';
}

const getStyles = (theme: GrafanaTheme2) => ({
  message: css({
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'center',
    height: '100%',
    color: theme.colors.text.secondary,
  }),
});
