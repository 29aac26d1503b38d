import React, { memo } from 'react';
import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { Trans } from '@grafana/i18n';
import { IconButton, Toggletip, useStyles2 } from '@grafana/ui';
import { t } from '../../../i18n/translate';
import { testIds } from '../../../test-ids';

function examples(): Array<[expression: string, meaning: string]> {
  return [
    ['cart', t('traceatlas.service-map.search-help.word', 'name or namespace contains “cart”')],
    ['name=~"cart|checkout"', t('traceatlas.service-map.search-help.regex', 'whole name matches a regular expression')],
    ['namespace="shop"', t('traceatlas.service-map.search-help.label', 'also kind, and other labels of services')],
    [
      'errors>5% p95>=300ms rate>10',
      t('traceatlas.service-map.search-help.numbers', 'also mean, p50, p99; all must hold'),
    ],
    ['kind!="database"', t('traceatlas.service-map.search-help.not', '= and != compare, =~ and !~ match')],
    ['calls=redis calledBy=~"front.*"', t('traceatlas.service-map.search-help.calls', 'by the direct neighbours')],
  ];
}

/** What can be written into the search. */
export const SearchHelp = memo(function SearchHelp() {
  const styles = useStyles2(getStyles);
  return (
    <Toggletip
      placement="bottom-start"
      fitContent
      title={t('traceatlas.service-map.search-help.title', 'Find services')}
      content={() => (
        <div data-testid={testIds.serviceMap.searchHelp}>
          <dl className={styles.list}>
            {examples().map(([expression, meaning]) => (
              <React.Fragment key={expression}>
                <dt>
                  <code>{expression}</code>
                </dt>
                <dd>{meaning}</dd>
              </React.Fragment>
            ))}
          </dl>
          <p className={styles.keys}>
            <Trans i18nKey="traceatlas.service-map.search-help.keys">
              / goes to the search, Enter to the next service found, Shift+Enter to the one before.
            </Trans>
          </p>
        </div>
      )}
    >
      <IconButton name="question-circle" tooltip={t('traceatlas.service-map.search-help.open', 'How to search')} />
    </Toggletip>
  );
});

function getStyles(theme: GrafanaTheme2) {
  return {
    list: css({
      display: 'grid',
      gridTemplateColumns: 'auto 1fr',
      gap: theme.spacing(0.5, 2),
      margin: 0,
      'dt, dd': { margin: 0 },
      code: { whiteSpace: 'nowrap' },
    }),
    keys: css({ margin: theme.spacing(1, 0, 0) }),
  };
}
