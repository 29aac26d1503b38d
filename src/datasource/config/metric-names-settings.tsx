import React from 'react';
import { ConfigSubSection } from '@grafana/plugin-ui';
import { t } from '../../i18n/translate';
import { METRICS_DIALECTS } from '../../servicegraph/dialect';
import { type DialectOverride, parseDialectOverride } from '../../servicegraph/dialect-override';
import { ChoiceField } from './choice-field';
import {
  dimensionProblem,
  dimensionsIn,
  dimensionsProblem,
  histogramProblem,
  nameProblem,
  prefixProblem,
} from './metric-name-problems';
import { type SettingsSectionProps } from './settings-section';
import { TextField } from './text-field';

const FOUND_OUT = '';
const LEFT_ALONE = 'no';

/** What takes the place of what is found out about the series of the service graph; empty fields change nothing. */
export function MetricNamesSettings({ jsonData, onChange }: SettingsSectionProps) {
  const { override } = parseDialectOverride(jsonData.serviceMap?.dialect);
  const update = (patch: Partial<DialectOverride>) =>
    onChange({ serviceMap: { ...jsonData.serviceMap, dialect: withPatch(jsonData.serviceMap?.dialect, patch) } });
  const choose = (key: 'dialect' | 'unit' | 'histogram' | 'spanUnit') => (value: string) =>
    update(parseDialectOverride({ [key]: value }).override[key] ? { [key]: value } : { [key]: undefined });
  const foundOut = {
    value: FOUND_OUT,
    label: t('traceatlas.datasource.config.dialect-found-out', 'Found out by itself'),
  };
  const units = [
    foundOut,
    { value: 's', label: t('traceatlas.datasource.config.dialect-seconds', 'Seconds') },
    { value: 'ms', label: t('traceatlas.datasource.config.dialect-milliseconds', 'Milliseconds') },
  ];
  return (
    <ConfigSubSection
      title={t('traceatlas.datasource.config.dialect', 'Names of the metrics')}
      description={t(
        'traceatlas.datasource.config.dialect-description',
        'Which series there are is found out by itself. Say more here only where that goes wrong.'
      )}
      isCollapsible
      isInitiallyOpen={Object.keys(override).length > 0}
    >
      <ChoiceField
        id="dialect-producer"
        label={t('traceatlas.datasource.config.dialect-producer', 'Made by')}
        value={override.dialect ?? FOUND_OUT}
        options={[foundOut, ...METRICS_DIALECTS.map(({ id, name }) => ({ value: id, label: name }))]}
        onChange={choose('dialect')}
      />
      <TextField
        id="dialect-prefix"
        label={t('traceatlas.datasource.config.dialect-prefix', 'Start of the names')}
        description={t(
          'traceatlas.datasource.config.dialect-prefix-description',
          'Of the series of the service graph: what is before _request_total. Recording rules are not used then.'
        )}
        value={override.prefix}
        placeholder="traces_service_graph"
        problemOf={prefixProblem}
        onChange={(prefix) => update({ prefix })}
      />
      <ChoiceField
        id="dialect-unit"
        label={t('traceatlas.datasource.config.dialect-unit', 'Unit of latencies')}
        value={override.unit ?? FOUND_OUT}
        options={units}
        onChange={choose('unit')}
      />
      <ChoiceField
        id="dialect-histogram"
        label={t('traceatlas.datasource.config.dialect-histogram', 'Histograms')}
        value={override.histogram ?? FOUND_OUT}
        options={[
          foundOut,
          { value: 'classic', label: t('traceatlas.datasource.config.dialect-classic', 'Classic') },
          { value: 'native', label: t('traceatlas.datasource.config.dialect-native', 'Native') },
          { value: 'both', label: t('traceatlas.datasource.config.dialect-both', 'Both') },
        ]}
        onChange={choose('histogram')}
      />
      <TextField
        id="dialect-namespace"
        label={t('traceatlas.datasource.config.dialect-namespace', 'Label of the namespace')}
        description={t(
          'traceatlas.datasource.config.dialect-namespace-description',
          'Without client_ and server_ in front'
        )}
        value={override.namespace}
        placeholder="service_namespace"
        problemOf={dimensionProblem}
        onChange={(namespace) => update({ namespace })}
      />
      <TextField
        id="dialect-identity"
        label={t('traceatlas.datasource.config.dialect-identity', 'Labels that tell services of one name apart')}
        description={t(
          'traceatlas.datasource.config.dialect-identity-description',
          'Separated by commas, without client_ and server_ in front'
        )}
        value={override.identity?.join(', ')}
        placeholder="k8s_cluster_name, deployment_environment"
        problemOf={dimensionsProblem}
        onChange={(text) => update({ identity: text === '' ? undefined : dimensionsIn(text) })}
      />
      <TextField
        id="dialect-client-prefix"
        label={t('traceatlas.datasource.config.dialect-client-prefix', 'In front of the caller’s labels')}
        value={override.clientPrefix}
        placeholder="client_"
        problemOf={nameProblem}
        onChange={(clientPrefix) => update({ clientPrefix })}
      />
      <TextField
        id="dialect-server-prefix"
        label={t('traceatlas.datasource.config.dialect-server-prefix', 'In front of the callee’s labels')}
        value={override.serverPrefix}
        placeholder="server_"
        problemOf={nameProblem}
        onChange={(serverPrefix) => update({ serverPrefix })}
      />
      <ChoiceField
        id="dialect-recorded"
        label={t('traceatlas.datasource.config.dialect-recorded', 'Recording rules')}
        description={t(
          'traceatlas.datasource.config.dialect-recorded-description',
          'Rates that they wrote are used for ranges of 10 minutes and more'
        )}
        value={override.recorded === false ? LEFT_ALONE : FOUND_OUT}
        options={[
          { value: FOUND_OUT, label: t('traceatlas.datasource.config.dialect-recorded-used', 'Used where they are') },
          { value: LEFT_ALONE, label: t('traceatlas.datasource.config.dialect-recorded-left', 'Left alone') },
        ]}
        onChange={(value) => update({ recorded: value === LEFT_ALONE ? false : undefined })}
      />
      <TextField
        id="dialect-span-calls"
        label={t('traceatlas.datasource.config.dialect-span-calls', 'Counter of span metrics')}
        value={override.spanCalls}
        placeholder="traces_spanmetrics_calls_total"
        problemOf={nameProblem}
        onChange={(spanCalls) => update({ spanCalls })}
      />
      <TextField
        id="dialect-span-latency"
        label={t('traceatlas.datasource.config.dialect-span-latency', 'Histogram of span metrics')}
        value={override.spanLatency}
        placeholder="traces_spanmetrics_latency"
        problemOf={histogramProblem}
        onChange={(spanLatency) => update({ spanLatency })}
      />
      <ChoiceField
        id="dialect-span-unit"
        label={t('traceatlas.datasource.config.dialect-span-unit', 'Unit of latencies in span metrics')}
        description={t(
          'traceatlas.datasource.config.dialect-span-unit-description',
          'It may differ from that of the service graph'
        )}
        value={override.spanUnit ?? FOUND_OUT}
        options={units}
        onChange={choose('spanUnit')}
      />
      <TextField
        id="dialect-span-service"
        label={t('traceatlas.datasource.config.dialect-span-service', 'Label of the service in span metrics')}
        description={t(
          'traceatlas.datasource.config.dialect-span-service-description',
          'Tempo writes service, the Collector service_name'
        )}
        value={override.spanService}
        placeholder="service"
        problemOf={nameProblem}
        onChange={(spanService) => update({ spanService })}
      />
    </ConfigSubSection>
  );
}

/** Keys that have no field here are kept; nothing at all is no setting. */
function withPatch(saved: object | undefined, patch: Partial<DialectOverride>): object | undefined {
  const kept = Object.entries({ ...saved, ...patch }).filter(([, value]) => value !== undefined && value !== '');
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}
