import { css } from '@emotion/css';
import React, { useState } from 'react';
import { type GrafanaTheme2, usePluginContext } from '@grafana/data';
import { t, Trans } from '@grafana/i18n';
import { config } from '@grafana/runtime';
import { Button, ClipboardButton, InlineField, InlineSwitch, LoadingBar, Stack, Text, useStyles2 } from '@grafana/ui';
import { type LinkContext } from '../../../links/urls';
import { testIds } from '../../../test-ids';
import { NoDataSource } from '../../no-data-source';
import { type SettingsChange } from '../../setup/changes';
import { CHECKS } from '../../setup/checks';
import { type DataSourceFacts } from '../../setup/data-sources';
import { type Check, type CheckGroup, type Finding, type SetupAnswers } from '../../setup/finding';
import { reportText } from '../../setup/report';
import { type SetupPair } from '../../setup/run-setup';
import { type SaveResult } from '../../setup/save-change';
import { ChangeDialog } from './change-dialog';
import { CheckRow } from './check-row';
import { SetupSummary } from './setup-summary';

interface Props {
  answers: Partial<SetupAnswers>;
  pair: SetupPair;
  running: boolean;
  /** Leaves out what is in order */
  onlyAttention: boolean;
  startedMs: number;
  /** uids that the page's variables name */
  chosen: LinkContext;
  settingsOf: (change: SettingsChange) => DataSourceFacts | undefined;
  onOnlyAttention: (only: boolean) => void;
  onRun: () => void;
  onSave: (change: SettingsChange) => Promise<SaveResult>;
}

export function SetupPageBody(props: Props) {
  const { answers, pair, running, onlyAttention, startedMs, chosen, settingsOf, onOnlyAttention, onRun, onSave } =
    props;
  const styles = useStyles2(getStyles);
  const plugin = usePluginContext()?.meta.info.version ?? '';
  // The check, not the change: what there is to change is told anew when the settings were read again.
  const [fixing, setFixing] = useState<Check>();
  const findings = new Map<Check, Finding | undefined>(CHECKS.map((check) => [check, check.judge(answers)]));
  const shown = CHECKS.filter((check) => !onlyAttention || needsAttention(findings.get(check)));
  const change = fixing && findings.get(fixing)?.change;
  const report = () =>
    reportText({
      versions: { plugin, grafana: config.buildInfo.version },
      ...pair,
      nowMs: startedMs,
      checks: CHECKS,
      findingOf: (check) => findings.get(check),
    });

  return (
    <div className={styles.page} data-testid={testIds.setup.root} aria-busy={running}>
      {startedMs > 0 && !pair.tempo && <NoDataSource kind="tempo" chosen={chosen.tempo} hint={false} />}
      {startedMs > 0 && pair.tempo && !pair.prometheus && (
        <NoDataSource kind="prometheus" chosen={chosen.prometheus} hint={false} />
      )}
      <Stack direction="row" gap={2} alignItems="center" wrap="wrap" justifyContent="space-between">
        <SetupSummary findings={[...findings.values()]} />
        <Stack direction="row" gap={1}>
          {/* Not by `InlineSwitch.label`, with which Grafana 12 names a label that may have no name. */}
          <InlineField label={t('traceatlas.setup.page.only-attention', 'Only what needs attention')} transparent>
            <InlineSwitch
              transparent
              id="traceatlas-setup-attention"
              value={onlyAttention}
              onChange={(event) => onOnlyAttention(event.currentTarget.checked)}
              data-testid={testIds.setup.onlyAttention}
            />
          </InlineField>
          <ClipboardButton variant="secondary" icon="copy" getText={report} data-testid={testIds.setup.copyReport}>
            <Trans i18nKey="traceatlas.setup.page.copy">Copy report</Trans>
          </ClipboardButton>
          <Button icon="sync" onClick={onRun} disabled={running} data-testid={testIds.setup.run}>
            <Trans i18nKey="traceatlas.setup.page.run">Check again</Trans>
          </Button>
        </Stack>
      </Stack>
      <div className={styles.loading}>{running && <LoadingBar width={400} />}</div>
      {GROUPS.filter((group) => shown.some((check) => check.group === group)).map((group) => (
        <section key={group} aria-labelledby={`traceatlas-setup-${group}`}>
          <Text element="h2" variant="h4" id={`traceatlas-setup-${group}`}>
            {groupTitle(group)}
          </Text>
          <ul className={styles.list}>
            {shown
              .filter((check) => check.group === group)
              .map((check) => (
                <CheckRow key={check.id} check={check} finding={findings.get(check)} onFix={() => setFixing(check)} />
              ))}
          </ul>
        </section>
      ))}
      {change && (
        <ChangeDialog
          change={change}
          settings={settingsOf(change)}
          onSave={() => onSave(change)}
          onClose={() => setFixing(undefined)}
        />
      )}
    </div>
  );
}

/** Also what is not answered yet, which may need it. */
function needsAttention(finding: Finding | undefined): boolean {
  return finding?.state !== 'ok' && finding?.state !== 'note';
}

const GROUPS: CheckGroup[] = ['traces', 'metrics', 'exemplars', 'links', 'clocks'];

function groupTitle(group: CheckGroup): string {
  switch (group) {
    case 'traces':
      return t('traceatlas.setup.group.traces', 'Traces');
    case 'metrics':
      return t('traceatlas.setup.group.metrics', 'Metrics made of traces');
    case 'exemplars':
      return t('traceatlas.setup.group.exemplars', 'Exemplars');
    case 'links':
      return t('traceatlas.setup.group.links', 'Links of the Tempo data source');
    case 'clocks':
      return t('traceatlas.setup.group.clocks', 'Clocks');
  }
}

const getStyles = (theme: GrafanaTheme2) => ({
  page: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(2), width: '100%', maxWidth: 1100 }),
  loading: css({ height: 2, overflow: 'hidden' }),
  list: css({ listStyle: 'none', margin: theme.spacing(1, 0, 0, 0), display: 'grid', gap: theme.spacing(1) }),
});
