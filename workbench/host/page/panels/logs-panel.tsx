import React from 'react';
import { css } from '@emotion/css';
import {
  type DataFrame,
  dateTimeFormat,
  FieldType,
  type GrafanaTheme2,
  PanelPlugin,
  type PanelProps,
} from '@grafana/data';
import { PanelDataErrorView } from '@grafana/runtime';
import { useStyles2 } from '@grafana/ui';

interface LogsOptions {
  showTime: boolean;
  wrapLogMessage: boolean;
}

/** Log lines with their time, newest first. */
function LogsPanel({ id, data, options, timeZone, fieldConfig }: PanelProps<LogsOptions>) {
  const styles = useStyles2(getStyles);
  const lines = data.series.flatMap(logLines).sort((a, b) => b.time - a.time);
  if (lines.length === 0) {
    return <PanelDataErrorView panelId={id} data={data} fieldConfig={fieldConfig} needsStringField />;
  }
  return (
    <div className={styles.lines}>
      {lines.map(({ time, text }, index) => (
        <div key={index} className={options.wrapLogMessage ? styles.wrapped : styles.line}>
          {options.showTime && <span className={styles.time}>{dateTimeFormat(time, { timeZone })}</span>}
          {text}
        </div>
      ))}
    </div>
  );
}

function logLines(frame: DataFrame): Array<{ time: number; text: string }> {
  const time = frame.fields.find(({ type }) => type === FieldType.time);
  const text = frame.fields.find(({ type }) => type === FieldType.string);
  return time && text
    ? Array.from({ length: frame.length }, (_unused, row) => ({
        time: Number(time.values[row]),
        text: String(text.values[row]),
      }))
    : [];
}

export const logsPlugin = new PanelPlugin<LogsOptions>(LogsPanel).setPanelOptions((builder) =>
  builder
    .addBooleanSwitch({ path: 'showTime', name: 'Time', defaultValue: true })
    .addBooleanSwitch({ path: 'wrapLogMessage', name: 'Wrap lines', defaultValue: false })
);

const getStyles = (theme: GrafanaTheme2) => ({
  lines: css({
    height: '100%',
    overflow: 'auto',
    fontFamily: theme.typography.fontFamilyMonospace,
    fontSize: theme.typography.bodySmall.fontSize,
  }),
  line: css({ whiteSpace: 'pre' }),
  wrapped: css({ whiteSpace: 'pre-wrap' }),
  time: css({ color: theme.colors.text.secondary, marginRight: theme.spacing(1) }),
});
