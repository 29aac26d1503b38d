import { css } from '@emotion/css';
import React, { useState } from 'react';
import { type GrafanaTheme2 } from '@grafana/data';
import { t, Trans } from '@grafana/i18n';
import { Button, Field, Input, useStyles2 } from '@grafana/ui';

interface Props {
  query: string;
  selection: string;
  onCompare: (query: string, selection: string) => void;
}

/** Both sides of the comparison as TraceQL. */
export function ComparisonForm({ query, selection, onCompare }: Props) {
  const styles = useStyles2(getStyles);
  const [draft, setDraft] = useState({ query, selection });
  const [shown, setShown] = useState({ query, selection });
  if (shown.query !== query || shown.selection !== selection) {
    // The URL changed under us (back button, link): show what is compared.
    setShown({ query, selection });
    setDraft({ query, selection });
  }
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        onCompare(draft.query, draft.selection);
      }}
    >
      <Field noMargin className={styles.field} label={t('traceatlas.compare.query', 'Of these spans')}>
        <Input
          id="traceatlas-compare-query"
          value={draft.query}
          spellCheck={false}
          placeholder='{ resource.service.name = "checkout" && kind = server }'
          onChange={(event) => setDraft({ ...draft, query: event.currentTarget.value })}
        />
      </Field>
      <Field noMargin className={styles.field} label={t('traceatlas.compare.selection', 'set these against the rest')}>
        <Input
          id="traceatlas-compare-selection"
          value={draft.selection}
          spellCheck={false}
          placeholder="{ duration > 500ms }"
          onChange={(event) => setDraft({ ...draft, selection: event.currentTarget.value })}
        />
      </Field>
      <Button type="submit" icon="exchange-alt" disabled={draft.query.trim() === '' || draft.selection.trim() === ''}>
        <Trans i18nKey="traceatlas.compare.compare">Compare</Trans>
      </Button>
    </form>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  form: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'flex-end', gap: theme.spacing(1) }),
  field: css({ flex: '1 1 320px' }),
});
