import React, { useMemo } from 'react';
import { t, Trans } from '@grafana/i18n';
import { Button, Combobox, Drawer, Field, MultiCombobox, RadioButtonGroup, Stack, Switch } from '@grafana/ui';
import { CommitInput } from '../../../datasource/editor/commit-input';
import { readServiceId, type ServiceGraph } from '../../../servicegraph/model';
import { type FocusDirection, MOST_FOCUS_HOPS } from '../../../servicegraph/scope';
import { testIds } from '../../../test-ids';
import { DEFAULT_TOP_CALLS, filterProblem, type MapScope, WHOLE_GRAPH } from './map-scope';

/** Dimensions that producers are often told to write, beside those that the settings name. */
const USUAL_DIMENSIONS = ['k8s_cluster_name', 'k8s_namespace_name', 'deployment_environment', 'cloud_region'];

type Part = 'all' | 'busiest' | 'around';

export interface ScopeDrawerProps {
  scope: MapScope;
  graph?: ServiceGraph;
  onClose(): void;
}

function numberProblem(text: string): string | undefined {
  return text === '' || Number(text) > 0
    ? undefined
    : t('traceatlas.service-map.scope.not-a-number', 'Enter a number greater than 0.');
}

/** Which part of the service graph is asked for: what Prometheus need not answer makes the page faster. */
export function ScopeDrawer({ scope, graph, onClose }: ScopeDrawerProps) {
  const { top, minRate, around, filter, identity, percentiles } = scope.useState();
  const part: Part = around !== undefined ? 'around' : top !== undefined ? 'busiest' : 'all';
  const first = graph?.services.find(({ kind }) => kind === 'service')?.id ?? '';
  const choose = (chosen: Part) =>
    scope.change({
      top: chosen === 'busiest' ? DEFAULT_TOP_CALLS : undefined,
      around: chosen === 'around' ? first : undefined,
    });
  return (
    <Drawer
      title={t('traceatlas.service-map.scope.title', 'Loaded calls')}
      subtitle={t(
        'traceatlas.service-map.scope.less',
        'What is left out is neither sent nor drawn. “Around a service” and labels also let the metrics data source read less, the busiest calls and a lowest rate less of the latencies. The page’s address holds the choice.'
      )}
      onClose={onClose}
      size="sm"
    >
      <div data-testid={testIds.serviceMap.scope}>
        <Field label={t('traceatlas.service-map.scope.part', 'Load')} noMargin>
          <RadioButtonGroup<Part>
            aria-label={t('traceatlas.service-map.scope.part', 'Load')}
            options={[
              { value: 'all', label: t('traceatlas.service-map.scope.everything', 'All') },
              { value: 'busiest', label: t('traceatlas.service-map.scope.the-busiest', 'Busiest') },
              {
                value: 'around',
                label: t('traceatlas.service-map.scope.around', 'Around a service'),
              },
            ]}
            value={part}
            onChange={choose}
          />
        </Field>
        <Stack direction="column" gap={2}>
          <span />
          {part === 'busiest' && (
            <Field
              label={t('traceatlas.service-map.scope.top', 'Number of calls')}
              description={t(
                'traceatlas.service-map.scope.top-hint',
                'By request rate. The numbers of a service still count all its calls.'
              )}
              noMargin
            >
              <CommitInput
                id="map-scope-top"
                width={16}
                inputMode="numeric"
                value={String(top)}
                problemOf={numberProblem}
                onCommit={(text) => scope.change({ top: Math.ceil(Number(text)) || undefined })}
              />
            </Field>
          )}
          {part === 'around' && <AroundFields scope={scope} graph={graph} />}
          <Field
            label={t('traceatlas.service-map.scope.min-rate', 'Lowest request rate (req/s)')}
            description={t('traceatlas.service-map.scope.min-rate-hint', 'Calls with fewer requests are left out.')}
            noMargin
          >
            <CommitInput
              id="map-scope-min-rate"
              width={16}
              inputMode="decimal"
              value={minRate === undefined ? '' : String(minRate)}
              placeholder="0"
              problemOf={numberProblem}
              onCommit={(text) => scope.change({ minRate: text === '' ? undefined : Number(text) })}
            />
          </Field>
          <Field
            label={t('traceatlas.service-map.scope.filter', 'Labels of the calls')}
            description={t(
              'traceatlas.service-map.scope.filter-hint',
              'As in PromQL, e.g. a namespace or cluster: {{example}}',
              { example: '{server_k8s_cluster_name="eu"}', interpolation: { escapeValue: false } }
            )}
            noMargin
          >
            <CommitInput
              id="map-scope-filter"
              value={filter}
              placeholder={'{client_service_namespace="shop"}'}
              problemOf={filterProblem}
              onCommit={(text) => scope.change({ filter: text.trim() })}
            />
          </Field>
          <IdentityField scope={scope} identity={identity} />
          <Field
            label={t('traceatlas.service-map.scope.percentiles', 'Latency percentiles')}
            description={t(
              'traceatlas.service-map.scope.percentiles-hint',
              'Most of the series are histogram buckets; averages need none.'
            )}
            noMargin
          >
            <Switch
              id="map-scope-percentiles"
              value={percentiles}
              onChange={(event) => scope.change({ percentiles: event.currentTarget.checked })}
            />
          </Field>
          <div>
            <Button variant="secondary" onClick={() => scope.change(WHOLE_GRAPH)}>
              <Trans i18nKey="traceatlas.service-map.scope.reset">Load everything</Trans>
            </Button>
          </div>
        </Stack>
      </div>
    </Drawer>
  );
}

function AroundFields({ scope, graph }: Pick<ScopeDrawerProps, 'scope' | 'graph'>) {
  const { around = '', hops, direction } = scope.useState();
  const options = useMemo(() => {
    const known = (graph?.services ?? []).map(({ id, name, namespace }) => ({
      value: id,
      label: name,
      description: namespace,
    }));
    return known.some(({ value }) => value === around) || around === ''
      ? known
      : [{ value: around, label: readServiceId(around).name, description: undefined }, ...known];
  }, [graph, around]);
  return (
    <>
      <Field label={t('traceatlas.service-map.scope.service', 'Service')} noMargin>
        <Combobox
          id="map-scope-service"
          options={options}
          value={around}
          createCustomValue
          onChange={({ value }) => scope.change({ around: value })}
        />
      </Field>
      <Field label={t('traceatlas.service-map.scope.hops', 'Hops')} noMargin>
        <RadioButtonGroup<number>
          aria-label={t('traceatlas.service-map.scope.hops', 'Hops')}
          options={Array.from({ length: MOST_FOCUS_HOPS }, (_, index) => ({
            value: index + 1,
            label: String(index + 1),
          }))}
          value={hops}
          onChange={(value) => scope.change({ hops: value })}
        />
      </Field>
      <Field label={t('traceatlas.service-map.scope.direction', 'Direction')} noMargin>
        <RadioButtonGroup<FocusDirection>
          aria-label={t('traceatlas.service-map.scope.direction', 'Direction')}
          options={[
            { value: 'both', label: t('traceatlas.service-map.scope.both', 'Both') },
            { value: 'up', label: t('traceatlas.service-map.scope.up', 'Callers') },
            { value: 'down', label: t('traceatlas.service-map.scope.down', 'Callees') },
          ]}
          value={direction}
          onChange={(value) => scope.change({ direction: value })}
        />
      </Field>
    </>
  );
}

function IdentityField({ scope, identity }: { scope: MapScope; identity: string[] }) {
  const options = [...new Set([...USUAL_DIMENSIONS, ...identity])].map((value) => ({ value, label: value }));
  return (
    <Field
      label={t('traceatlas.service-map.scope.identity', 'Tell services apart by')}
      description={t(
        'traceatlas.service-map.scope.identity-hint',
        'Dimensions of the series beside the namespace, without client_ and server_'
      )}
      noMargin
    >
      <MultiCombobox
        id="map-scope-identity"
        options={options}
        value={identity}
        createCustomValue
        onChange={(chosen) => scope.change({ identity: chosen.map(({ value }) => value) })}
      />
    </Field>
  );
}
