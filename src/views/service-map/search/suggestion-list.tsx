import React from 'react';
import { css, cx } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { t } from '../../../i18n/translate';
import { testIds } from '../../../test-ids';
import { type Suggestion } from './suggestions';

interface SuggestionListProps {
  id: string;
  suggestions: readonly Suggestion[];
  /** -1 for none */
  active: number;
  onChoose(suggestion: Suggestion): void;
}

export function optionId(listId: string, index: number): string {
  return `${listId}-${index}`;
}

function kindText({ kind }: Suggestion): string {
  switch (kind) {
    case 'field':
      return t('traceatlas.service-map.suggestion.field', 'field');
    case 'value':
      return t('traceatlas.service-map.suggestion.value', 'value');
    case 'service':
      return t('traceatlas.service-map.suggestion.service', 'service');
  }
}

/** Below the search; the input keeps the focus. */
export function SuggestionList({ id, suggestions, active, onChoose }: SuggestionListProps) {
  const styles = useStyles2(getStyles);
  return (
    <ul
      id={id}
      role="listbox"
      className={styles.list}
      aria-label={t('traceatlas.service-map.suggestions', 'Suggestions')}
      data-testid={testIds.serviceMap.searchSuggestions}
    >
      {suggestions.map((suggestion, index) => (
        // The keyboard is the input's: arrow keys move the active option.
        <li
          key={`${suggestion.kind} ${suggestion.label}`}
          id={optionId(id, index)}
          role="option"
          aria-selected={index === active}
          className={cx(styles.option, index === active && styles.active)}
          // The input must not lose the focus to a click.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onChoose(suggestion)}
        >
          <span className={styles.label}>{suggestion.label}</span>
          <span className={styles.kind}>{kindText(suggestion)}</span>
        </li>
      ))}
    </ul>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    list: css({
      // Relative to the map, not to the toolbar, which would cut it off.
      position: 'absolute',
      zIndex: theme.zIndex.dropdown,
      width: 320,
      maxWidth: '90%',
      maxHeight: 260,
      overflow: 'auto',
      margin: theme.spacing(0.5, 0, 0),
      padding: theme.spacing(0.5, 0),
      listStyle: 'none',
      background: theme.colors.background.elevated,
      border: `1px solid ${theme.colors.border.weak}`,
      borderRadius: theme.shape.radius.default,
      boxShadow: theme.shadows.z3,
    }),
    option: css({
      display: 'flex',
      justifyContent: 'space-between',
      gap: theme.spacing(1),
      padding: theme.spacing(0.5, 1),
      cursor: 'pointer',
      '&:hover': { background: theme.colors.action.hover },
    }),
    active: css({ background: theme.colors.action.selected }),
    label: css({ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }),
    kind: css({ color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
  };
}
