import React from 'react';
import { css, cx } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { highlight, type TokenClass } from '../../traceql/language/highlight';
import { testIds } from '../../test-ids';

/** A query in the colours of the editor; a quiet one has no frame of its own. */
export function TraceqlPreview({ text, isQuiet }: { text: string; isQuiet?: boolean }) {
  const styles = useStyles2(getStyles);
  return (
    <code
      className={cx(styles.code, isQuiet && styles.quiet)}
      data-testid={isQuiet ? undefined : testIds.datasource.preview}
    >
      {pieces(text).map(({ from, part, tokenClass }) => (
        <span key={from} className={cx(tokenClass && styles[STYLE_OF_CLASS[tokenClass] ?? 'plain'])}>
          {part}
        </span>
      ))}
    </code>
  );
}

type TokenStyle = 'name' | 'value' | 'word' | 'plain';

const STYLE_OF_CLASS: Partial<Record<TokenClass, TokenStyle>> = {
  attribute: 'name',
  intrinsic: 'name',
  scope: 'name',
  string: 'value',
  number: 'value',
  constant: 'value',
  function: 'word',
  keyword: 'word',
  hint: 'word',
};

/** The tokens and what is between them. */
function pieces(text: string): Array<{ from: number; part: string; tokenClass?: TokenClass }> {
  const result: Array<{ from: number; part: string; tokenClass?: TokenClass }> = [];
  let end = 0;
  for (const { from, to, tokenClass } of highlight(text)) {
    if (from > end) {
      result.push({ from: end, part: text.slice(end, from) });
    }
    result.push({ from, part: text.slice(from, to), tokenClass });
    end = to;
  }
  return end < text.length ? [...result, { from: end, part: text.slice(end) }] : result;
}

const getStyles = (theme: GrafanaTheme2) => ({
  code: css({
    fontFamily: theme.typography.fontFamilyMonospace,
    padding: theme.spacing(0.5, 1),
    whiteSpace: 'pre-wrap',
    wordBreak: 'break-word',
  }),
  quiet: css({
    background: 'none',
    border: 'none',
    margin: 0,
    fontSize: theme.typography.bodySmall.fontSize,
    padding: 0,
  }),
  name: css({ color: theme.colors.primary.text }),
  value: css({ color: theme.colors.success.text }),
  word: css({ color: theme.colors.warning.text }),
  plain: css({ color: theme.colors.text.secondary }),
});
