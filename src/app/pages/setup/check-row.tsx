import { css, cx } from '@emotion/css';
import React from 'react';
import { type GrafanaTheme2, type IconName } from '@grafana/data';
import { t, Trans } from '@grafana/i18n';
import { Button, Icon, Spinner, Text, useStyles2 } from '@grafana/ui';
import { testIds } from '../../../test-ids';
import { type Check, type Finding, type FindingState } from '../../setup/finding';
import { FixBlock } from './fix-block';

interface Props {
  check: Check;
  /** undefined while it runs */
  finding: Finding | undefined;
  onFix: () => void;
}

const ICONS: Record<FindingState, IconName> = {
  ok: 'check-circle',
  note: 'info-circle',
  warning: 'exclamation-triangle',
  problem: 'times-circle',
  unknown: 'question-circle',
};

function stateText(state: FindingState | undefined): string {
  switch (state) {
    case undefined:
      return t('traceatlas.setup.state.running', 'Checking');
    case 'ok':
      return t('traceatlas.setup.state.ok', 'In order');
    case 'note':
      return t('traceatlas.setup.state.note', 'Note');
    case 'warning':
      return t('traceatlas.setup.state.warning', 'Warning');
    case 'problem':
      return t('traceatlas.setup.state.problem', 'Problem');
    case 'unknown':
      return t('traceatlas.setup.state.unknown', 'Not known');
  }
}

/** One check: its state, what was found, why it matters and how to mend it. */
export function CheckRow({ check, finding, onFix }: Props) {
  const styles = useStyles2(getStyles);
  const state = finding?.state;
  return (
    <li
      className={styles.row}
      data-testid={testIds.setup.check(check.id)}
      data-state={state ?? 'running'}
      aria-busy={finding === undefined}
    >
      <span className={cx(styles.icon, state && styles[state])}>
        {state ? <Icon name={ICONS[state]} size="lg" title={stateText(state)} /> : <Spinner />}
      </span>
      <div className={styles.body}>
        <div className={styles.head}>
          <Text element="h3" variant="body" weight="medium">
            {check.title()}
          </Text>
          {state !== 'ok' && (
            <Text variant="bodySmall" color="secondary">
              {stateText(state)}
            </Text>
          )}
          {finding?.state === 'ok' && <Text element="p">{finding.summary}</Text>}
        </div>
        {finding && finding.state !== 'ok' && <Advice finding={finding} onFix={onFix} />}
      </div>
    </li>
  );
}

function Advice({ finding, onFix }: { finding: Finding; onFix: Props['onFix'] }) {
  const { summary, why, fixes = [], change } = finding;
  return (
    <>
      <Text element="p">{summary}</Text>
      {why && (
        <Text element="p" color="secondary">
          {why}
        </Text>
      )}
      {change && change.writable === 'yes' && (
        <div>
          <Button size="sm" variant="secondary" icon="wrench" onClick={onFix} data-testid={testIds.setup.fix}>
            <Trans i18nKey="traceatlas.setup.fix.show">Show the change and fix it</Trans>
          </Button>
        </div>
      )}
      {change && change.writable === 'provisioned' && (
        <Text element="p" color="secondary" italic>
          <Trans i18nKey="traceatlas.setup.fix.is-provisioned">
            This data source comes from a provisioning file and cannot be changed here: change the file.
          </Trans>
        </Text>
      )}
      {change && change.writable === 'no-rights' && (
        <Text element="p" color="secondary" italic>
          <Trans i18nKey="traceatlas.setup.fix.no-rights">
            You may not change this data source: give an administrator what is below.
          </Trans>
        </Text>
      )}
      {fixes.map((fix) => (
        <FixBlock key={`${fix.target}-${fix.title}-${fix.text}`} fix={fix} />
      ))}
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  row: css({
    display: 'flex',
    gap: theme.spacing(1.5),
    padding: theme.spacing(1, 1.5),
    background: theme.colors.background.secondary,
    borderRadius: theme.shape.radius.default,
    minWidth: 0,
  }),
  icon: css({ width: 20, flexShrink: 0, color: theme.colors.text.secondary }),
  ok: css({ color: theme.colors.success.text }),
  note: css({ color: theme.colors.info.text }),
  warning: css({ color: theme.colors.warning.text }),
  problem: css({ color: theme.colors.error.text }),
  unknown: css({ color: theme.colors.text.secondary }),
  body: css({
    flexGrow: 1,
    minWidth: 0,
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(0.5),
    p: { margin: 0 },
  }),
  head: css({ display: 'flex', flexWrap: 'wrap', columnGap: theme.spacing(1.5), alignItems: 'baseline' }),
});
