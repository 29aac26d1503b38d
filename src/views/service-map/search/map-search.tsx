import React, { type KeyboardEvent, memo, type RefObject, useId, useRef, useState } from 'react';
import { css, cx } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { Icon, IconButton, Input, useStyles2 } from '@grafana/ui';
import { t } from '../../../i18n/translate';
import { testIds } from '../../../test-ids';
import { SearchHelp } from './search-help';
import { type SearchResult } from './search-services';
import { NO_SEARCH, type SearchMode, type SearchState } from './search-state';
import { optionId, SuggestionList } from './suggestion-list';
import { type Suggestion } from './suggestions';

interface MapSearchProps {
  input: RefObject<HTMLInputElement | null>;
  search: SearchState;
  result: SearchResult;
  onSearch(search: SearchState): void;
  /** What could stand at a place of the text */
  suggest(text: string, at: number): Suggestion[];
  resultNow(): SearchResult;
  /** Goes to a found service, by Service.id */
  onGoTo(id: string): void;
  onLeave(): void;
}

const NO_SUGGESTIONS: Suggestion[] = [];

interface Completion {
  /** Place in the text */
  cursor: number;
  suggestions: Suggestion[];
}

/** Characters of an expression that the field has room for; a longer one, with matchers, gets more. */
const LONG_TEXT = 16;

/** Finds services by an expression; Enter goes from one to the next, and what is found can be all there is to see. */
export const MapSearch = memo(function MapSearch(props: MapSearchProps) {
  const { input, search, result, resultNow, onSearch, suggest, onGoTo, onLeave } = props;
  const { text } = search;
  const styles = useStyles2(getStyles);
  const listId = useId();
  const errorId = useId();
  const index = useRef(-1);
  const [completion, setCompletion] = useState<Completion>();
  const [active, setActive] = useState(-1);
  const { cursor, suggestions = NO_SUGGESTIONS } = completion ?? {};
  const isOpen = suggestions.length > 0;
  const complete = (at: number, of = text) => setCompletion({ cursor: at, suggestions: suggest(of, at) });
  const close = () => {
    setCompletion(undefined);
    setActive(-1);
  };
  const change = (next: string, at: number | null) => {
    index.current = -1;
    setActive(-1);
    complete(at ?? next.length, next);
    onSearch({ ...search, text: next });
  };
  const choose = ({ from, insert }: Suggestion) => {
    const rest = text.slice(cursor ?? text.length);
    const before = `${text.slice(0, from)}${insert}`;
    change(`${before}${insert.endsWith(' ') ? rest.trimStart() : rest}`, before.length);
    // The new text is in the input after the next paint.
    requestAnimationFrame(() => input.current?.setSelectionRange(before.length, before.length));
  };
  const goTo = (step: 1 | -1) => {
    const { found } = resultNow();
    const { length } = found;
    if (length > 0) {
      index.current = index.current < 0 && step < 0 ? length - 1 : (index.current + step + length) % length;
      onGoTo(found[index.current].id);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const { key } = event;
    if (isOpen && (key === 'ArrowDown' || key === 'ArrowUp')) {
      event.preventDefault();
      const step = key === 'ArrowDown' ? 1 : -1;
      setActive((active + step + suggestions.length + (active < 0 && step < 0 ? 1 : 0)) % suggestions.length);
    } else if ((key === 'Enter' || key === 'Tab') && isOpen && active >= 0) {
      event.preventDefault();
      choose(suggestions[active]);
    } else if (key === 'Enter') {
      close();
      goTo(event.shiftKey ? -1 : 1);
    } else if (key === 'ArrowDown') {
      complete(event.currentTarget instanceof HTMLInputElement ? (event.currentTarget.selectionStart ?? 0) : 0);
    } else if (key === 'Escape') {
      event.stopPropagation();
      if (isOpen) {
        close();
      } else if (text !== '') {
        change('', null);
        close();
      } else {
        onLeave();
      }
    }
  };
  const placeholder = t('traceatlas.service-map.search', 'Find a service');
  return (
    <div
      className={cx(styles.search, text.length > LONG_TEXT && styles.wide)}
      data-testid={testIds.serviceMap.search}
      role="search"
    >
      <Input
        ref={input}
        value={text}
        placeholder={placeholder}
        aria-label={placeholder}
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={isOpen}
        aria-controls={listId}
        aria-activedescendant={isOpen && active >= 0 ? optionId(listId, active) : undefined}
        aria-describedby={result.error ? errorId : undefined}
        autoComplete="off"
        spellCheck={false}
        invalid={result.error !== undefined}
        prefix={<Icon name="search" />}
        suffix={
          <>
            <span role="status" className={styles.count}>
              {result.isAsked && !result.error ? foundText(result.found.length) : ''}
            </span>
            {text !== '' && (
              <IconButton
                name="times"
                tooltip={t('traceatlas.service-map.search-clear', 'Clear the search')}
                onClick={() => {
                  onSearch(NO_SEARCH);
                  close();
                }}
              />
            )}
            <SearchHelp />
          </>
        }
        onChange={(event) => change(event.currentTarget.value, event.currentTarget.selectionStart)}
        onKeyDown={onKeyDown}
        onBlur={close}
      />
      {isOpen ? (
        <SuggestionList id={listId} suggestions={suggestions} active={active} onChoose={choose} />
      ) : (
        result.error && (
          <div id={errorId} role="alert" className={styles.error} data-testid={testIds.serviceMap.searchError}>
            {result.error.message}
            <pre className={styles.place}>{placeText(text, result.error.at)}</pre>
          </div>
        )
      )}
    </div>
  );
});

/** What becomes of what is found */
export function SearchModes({ search, onSearch }: Pick<MapSearchProps, 'search' | 'onSearch'>) {
  const styles = useStyles2(getStyles);
  if (search.text.trim() === '') {
    return null;
  }
  const toggle = (mode: SearchMode, icon: 'filter' | 'eye-slash', text: string) => (
    <IconButton
      name={icon}
      size="md"
      variant={search.mode === mode ? 'primary' : 'secondary'}
      tooltip={text}
      aria-pressed={search.mode === mode}
      data-testid={testIds.serviceMap.searchMode(mode)}
      onClick={() => onSearch({ ...search, mode: search.mode === mode ? 'find' : mode })}
    />
  );
  return (
    <div className={styles.modes}>
      {toggle('only', 'filter', t('traceatlas.service-map.search-only', 'Show only what is found'))}
      {toggle('except', 'eye-slash', t('traceatlas.service-map.search-except', 'Hide what is found'))}
    </div>
  );
}

function foundText(count: number): string {
  return t('traceatlas.service-map.found', '{{count}} found', { count });
}

/** The expression with a mark below the place */
function placeText(text: string, at: number): string {
  const from = Math.max(0, at - 30);
  return `${text.slice(from, at + 12)}\n${' '.repeat(at - from)}^`;
}

function getStyles(theme: GrafanaTheme2) {
  return {
    // As wide as the others on its line leave room for
    search: css({ flex: '1 1 200px', maxWidth: 340 }),
    wide: css({ flexBasis: 460, maxWidth: 640 }),
    count: css({ whiteSpace: 'nowrap' }),
    modes: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(0.5) }),
    error: css({
      position: 'absolute',
      zIndex: theme.zIndex.dropdown,
      maxWidth: '90%',
      marginTop: theme.spacing(0.5),
      padding: theme.spacing(1),
      color: theme.colors.error.text,
      background: theme.colors.background.elevated,
      border: `1px solid ${theme.colors.error.border}`,
      borderRadius: theme.shape.radius.default,
      boxShadow: theme.shadows.z3,
      fontSize: theme.typography.bodySmall.fontSize,
    }),
    place: css({
      margin: theme.spacing(0.5, 0, 0),
      padding: 0,
      border: 'none',
      background: 'none',
      color: theme.colors.text.secondary,
      fontSize: theme.typography.bodySmall.fontSize,
    }),
  };
}
