import React from 'react';
import { type DataSourceInstanceSettings } from '@grafana/data';
import { getBackendSrv, getDataSourceSrv } from '@grafana/runtime';
import {
  type SceneComponentProps,
  SceneObjectBase,
  type SceneObjectState,
  SceneObjectUrlSyncConfig,
  type SceneObjectUrlValues,
  VariableDependencyConfig,
} from '@grafana/scenes';
import { VARIABLES } from '../../../constants';
import { PROMQL_TYPES, TEMPO_TYPES } from '../../data-source-types';
import { linkContext } from '../../link-context';
import { metricNames } from '../../metric-names';
import { type SettingsChange } from '../../setup/changes';
import { type DataSourceEntry, type DataSourceFacts } from '../../setup/data-sources';
import { type SetupAnswers } from '../../setup/finding';
import { createSetupGet } from '../../setup/grafana-http';
import { runSetup, type SetupPair } from '../../setup/run-setup';
import { saveChange, type SaveResult } from '../../setup/save-change';
import { SetupPageBody } from './setup-page-body';

export interface SetupCheckState extends SceneObjectState {
  /** What was answered so far; kept while the same pair is asked again */
  answers: Partial<SetupAnswers>;
  pair: SetupPair;
  running: boolean;
  /** Only what is not in order; in the URL */
  onlyAttention: boolean;
  /** When the check began, ms since the Unix epoch */
  startedMs: number;
}

/** Asks the chosen pair of data sources everything that the checks want to know. */
export class SetupCheck extends SceneObjectBase<SetupCheckState> {
  static Component = SetupCheckRenderer;

  protected override _variableDependency = new VariableDependencyConfig(this, {
    variableNames: [VARIABLES.tempo, VARIABLES.prometheus],
    onReferencedVariableValueChanged: () => {
      this.setState({ answers: {} });
      this.run();
    },
  });

  protected override _urlSync = new SceneObjectUrlSyncConfig(this, { keys: ['show'] });

  private stop?: AbortController;

  constructor() {
    super({ answers: {}, pair: {}, running: false, onlyAttention: false, startedMs: 0 });
    this.addActivationHandler(() => {
      this.run();
      return () => this.stop?.abort();
    });
  }

  getUrlState() {
    return { show: this.state.onlyAttention ? 'attention' : undefined };
  }

  updateFromUrl({ show }: SceneObjectUrlValues) {
    this.setState({ onlyAttention: show === 'attention' });
  }

  run() {
    this.stop?.abort();
    const controller = new AbortController();
    this.stop = controller;
    const dataSources = getDataSourceSrv().getList({ all: true }).map(toEntry);
    const context = linkContext(this);
    const pair = {
      tempo: dataSources.find(({ uid, type }) => uid === context.tempo && TEMPO_TYPES.includes(type)),
      prometheus: dataSources.find(({ uid, type }) => uid === context.prometheus && PROMQL_TYPES.includes(type)),
    };
    const nowMs = Date.now();
    this.setState({ pair, running: true, startedMs: nowMs });
    const get = createSetupGet(getBackendSrv);
    void runSetup(
      { get, pair, dataSources, nowMs, stop: controller.signal, override: metricNames(context) },
      (answers) => this.setState({ answers: { ...this.state.answers, ...answers } })
    ).then(() => {
      if (!controller.signal.aborted) {
        this.setState({ running: false });
      }
    });
  }

  /** The settings of the data source that a change is for, as they were read. */
  settingsOf(change: SettingsChange): DataSourceFacts | undefined {
    const { tempoSettings, prometheusSettings } = this.state.answers;
    return [tempoSettings, prometheusSettings]
      .flatMap((answer) => (answer?.ok ? [answer.value] : []))
      .find(({ uid }) => uid === change.dataSourceUid);
  }

  /** Saves a change, makes Grafana use it, and asks again. */
  async save(change: SettingsChange): Promise<SaveResult> {
    const stored = this.settingsOf(change)?.stored;
    if (!stored) {
      return { kind: 'failed', message: 'the settings are not known' };
    }
    const result = await saveChange(getBackendSrv(), stored, change);
    if (result.kind === 'saved') {
      await getDataSourceSrv().reload();
    }
    if (result.kind !== 'failed') {
      this.run();
    }
    return result;
  }
}

function toEntry(settings: DataSourceInstanceSettings): DataSourceEntry {
  const { uid, name, type, url = '', readOnly = false, jsonData } = settings;
  return { uid, name, type, url, readOnly, jsonData };
}

function SetupCheckRenderer({ model }: SceneComponentProps<SetupCheck>) {
  const state = model.useState();
  return (
    <SetupPageBody
      {...state}
      chosen={linkContext(model)}
      onOnlyAttention={(onlyAttention) => model.setState({ onlyAttention })}
      onRun={() => model.run()}
      settingsOf={(change) => model.settingsOf(change)}
      onSave={(change) => model.save(change)}
    />
  );
}
