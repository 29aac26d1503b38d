import React, { type ComponentProps, useState } from 'react';
import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { Input, useStyles2 } from '@grafana/ui';

interface CommitInputProps extends Omit<
  ComponentProps<typeof Input>,
  'value' | 'defaultValue' | 'onChange' | 'onBlur' | 'onKeyDown'
> {
  value: string;
  /** The text is code: every letter is as wide as the others */
  isCode?: boolean;
  /** A sentence while the text cannot be used; it is not committed then. */
  problemOf?: (text: string) => string | undefined;
  onCommit: (text: string) => void;
}

/** Takes over what was typed on Enter and when it is left, so that a query does not run for every letter. */
export function CommitInput({ value, ...props }: CommitInputProps) {
  // A value that changes outside (another query, undo) starts afresh.
  return <Draft key={value} value={value} {...props} />;
}

function Draft({ value, isCode, problemOf, onCommit, ...props }: CommitInputProps) {
  const styles = useStyles2(getStyles);
  const [text, setText] = useState(value);
  const problem = problemOf?.(text);
  const commit = () => {
    if (problem === undefined && text !== value) {
      onCommit(text);
    }
  };
  return (
    <div>
      <Input
        {...props}
        className={isCode ? styles.code : undefined}
        value={text}
        invalid={problem !== undefined}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={commit}
        onKeyDown={(event) => event.key === 'Enter' && commit()}
      />
      {problem !== undefined && <div role="alert">{problem}</div>}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  code: css({
    input: { fontFamily: theme.typography.fontFamilyMonospace, fontSize: theme.typography.bodySmall.fontSize },
  }),
});
