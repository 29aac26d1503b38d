import React, { lazy, Suspense } from 'react';
import { FieldConfigProperty, PanelPlugin, type PanelProps } from '@grafana/data';
import { t } from '@grafana/i18n';
import { initTranslations } from '../../i18n/init-translations';
import { isNodeGraph, NODE_GRAPH, optionsOfNodeGraph, overridesOfNodeGraph, withoutNodeGraph } from './from-node-graph';
import { DEFAULT_OPTIONS, DEFAULT_THRESHOLDS, type ServiceMapPanelOptions } from './options';
import { suggestions } from './suggestions';

await initTranslations();

// The map itself is loaded when the first panel is shown.
const LazyPanel = lazy(() =>
  import('./service-map-panel').then(({ ServiceMapPanel }) => ({ default: ServiceMapPanel }))
);

function Panel(props: PanelProps<ServiceMapPanelOptions>) {
  return (
    <Suspense fallback={null}>
      <LazyPanel {...props} />
    </Suspense>
  );
}

function latencyOptions() {
  return [
    { value: 'p95', label: 'p95' },
    { value: 'p99', label: 'p99' },
    { value: 'p50', label: 'p50' },
    { value: 'mean', label: t('traceatlas.service-map.latency.mean', 'Average') },
  ] as const;
}

const LOOK = [t('traceatlas.service-map.panel.category-look', 'Map')];
const PARTS = [t('traceatlas.service-map.panel.category-parts', 'Parts of the panel')];
const SEARCH = [t('traceatlas.service-map.panel.category-search', 'Search')];

const UNITS = [t('traceatlas.service-map.panel.category-units', 'Units of node and edge frames')];

function unitPickers() {
  return [
    ['nodesMain', t('traceatlas.service-map.panel.unit-nodes-main', 'Nodes: mainstat')],
    ['nodesSecondary', t('traceatlas.service-map.panel.unit-nodes-secondary', 'Nodes: secondarystat')],
    ['edgesMain', t('traceatlas.service-map.panel.unit-edges-main', 'Edges: mainstat')],
    ['edgesSecondary', t('traceatlas.service-map.panel.unit-edges-secondary', 'Edges: secondarystat')],
  ] as const;
}

export const plugin = new PanelPlugin<ServiceMapPanelOptions>(Panel)
  .setNoPadding()
  .setSuggestionsSupplier(suggestions)
  .setPanelChangeHandler((panel, previousId, previousOptions) => {
    if (previousId !== NODE_GRAPH) {
      return panel.options;
    }
    panel.fieldConfig?.overrides?.push(...overridesOfNodeGraph(previousOptions));
    return { ...panel.options, ...optionsOfNodeGraph(previousOptions) };
  })
  .setMigrationHandler(({ options, fieldConfig }) => {
    if (!isNodeGraph(options)) {
      return options;
    }
    fieldConfig?.overrides?.push(...overridesOfNodeGraph(options));
    return withoutNodeGraph(options);
  })
  .useFieldConfig({
    disableStandardOptions: [FieldConfigProperty.NoValue, FieldConfigProperty.Filterable],
    standardOptions: {
      [FieldConfigProperty.Thresholds]: { defaultValue: DEFAULT_THRESHOLDS },
    },
  })
  .setPanelOptions((builder) => {
    builder
      .addSelect({
        path: 'latency',
        name: t('traceatlas.service-map.panel.latency', 'Latency'),
        category: LOOK,
        description: t(
          'traceatlas.service-map.panel.latency-description',
          'The average is shown where there is no such percentile'
        ),
        defaultValue: DEFAULT_OPTIONS.latency,
        settings: { options: [...latencyOptions()] },
      })
      .addRadio({
        path: 'colorBy',
        name: t('traceatlas.service-map.panel.color-by', 'Colours show'),
        category: LOOK,
        description: t(
          'traceatlas.service-map.panel.color-by-description',
          'The two lowest thresholds mark what is a warning and what is critical: per cent of failed requests, or latency in ms'
        ),
        defaultValue: DEFAULT_OPTIONS.colorBy,
        settings: {
          options: [
            { value: 'errors', label: t('traceatlas.service-map.panel.color-errors', 'Failed requests') },
            { value: 'latency', label: t('traceatlas.service-map.panel.color-latency', 'Latency') },
          ],
        },
      })
      .addRadio({
        path: 'sizeBy',
        name: t('traceatlas.service-map.panel.size-by', 'Size shows'),
        category: LOOK,
        defaultValue: DEFAULT_OPTIONS.sizeBy,
        settings: {
          options: [
            { value: 'rate', label: t('traceatlas.service-map.stats.rate', 'Rate') },
            { value: 'none', label: t('traceatlas.service-map.panel.size-none', 'Nothing') },
          ],
        },
      })
      .addSelect({
        path: 'callLabel',
        name: t('traceatlas.service-map.panel.call-label', 'Numbers on calls'),
        category: LOOK,
        defaultValue: DEFAULT_OPTIONS.callLabel,
        settings: {
          options: [
            { value: 'all', label: t('traceatlas.service-map.panel.call-label-all', 'As many as fit') },
            { value: 'rate', label: t('traceatlas.service-map.stats.rate', 'Rate') },
            { value: 'errors', label: t('traceatlas.service-map.stats.errors', 'Errors') },
            { value: 'latency', label: t('traceatlas.service-map.panel.latency', 'Latency') },
            { value: 'none', label: t('traceatlas.service-map.panel.call-label-none', 'None') },
          ],
        },
      })
      .addSelect({
        path: 'groupBy',
        name: t('traceatlas.service-map.panel.group-services', 'Group services by'),
        category: LOOK,
        description: t(
          'traceatlas.service-map.panel.group-services-description',
          'Or type the name of a label: a text field of the nodes, such as detail__cluster, is the label cluster'
        ),
        defaultValue: DEFAULT_OPTIONS.groupBy,
        settings: {
          allowCustomValue: true,
          options: [
            { value: 'auto', label: t('traceatlas.service-map.panel.group-auto', 'Automatic') },
            { value: 'none', label: t('traceatlas.service-map.panel.group-none', 'Don’t group') },
            { value: 'namespace', label: t('traceatlas.service-map.panel.group-namespace', 'Namespace') },
            { value: 'calls', label: t('traceatlas.service-map.panel.group-who', 'Who calls whom (large maps)') },
          ],
        },
      })
      .addRadio({
        path: 'wheel',
        name: t('traceatlas.service-map.panel.wheel', 'Mouse wheel'),
        category: LOOK,
        defaultValue: DEFAULT_OPTIONS.wheel,
        settings: {
          options: [
            {
              value: 'cooperative',
              label: t('traceatlas.service-map.panel.wheel-cooperative', 'Zooms with Ctrl or Cmd'),
            },
            { value: 'greedy', label: t('traceatlas.service-map.panel.wheel-greedy', 'Zooms') },
          ],
        },
      })
      .addBooleanSwitch({
        path: 'showToolbar',
        name: t('traceatlas.service-map.panel.toolbar-parts', 'Search, export and table'),
        category: PARTS,
        defaultValue: DEFAULT_OPTIONS.showToolbar,
      })
      .addBooleanSwitch({
        path: 'showLegend',
        name: t('traceatlas.service-map.panel.legend', 'Legend'),
        category: PARTS,
        defaultValue: DEFAULT_OPTIONS.showLegend,
      })
      .addBooleanSwitch({
        path: 'showControls',
        name: t('traceatlas.service-map.panel.controls', 'Zoom and other controls'),
        category: PARTS,
        defaultValue: DEFAULT_OPTIONS.showControls,
      })
      .addBooleanSwitch({
        path: 'showMiniMap',
        name: t('traceatlas.service-map.panel.mini-map', 'Overview of large maps'),
        category: PARTS,
        defaultValue: DEFAULT_OPTIONS.showMiniMap,
      })
      .addBooleanSwitch({
        path: 'startsAsTable',
        name: t('traceatlas.service-map.panel.table', 'Begin with the table'),
        category: PARTS,
        defaultValue: DEFAULT_OPTIONS.startsAsTable,
      })
      .addTextInput({
        path: 'search',
        name: t('traceatlas.service-map.panel.search', 'Search'),
        category: SEARCH,
        description: t(
          'traceatlas.service-map.panel.search-description',
          'An expression with variables, such as {{example}}',
          { example: 'name=~"$service" errors>1%', interpolation: { escapeValue: false } }
        ),
        defaultValue: DEFAULT_OPTIONS.search,
      })
      .addRadio({
        path: 'searchMode',
        name: t('traceatlas.service-map.panel.search-mode', 'What is found'),
        category: SEARCH,
        defaultValue: DEFAULT_OPTIONS.searchMode,
        settings: {
          options: [
            { value: 'find', label: t('traceatlas.service-map.panel.search-find', 'Is lit up') },
            { value: 'only', label: t('traceatlas.service-map.panel.search-only', 'Is all that is shown') },
            { value: 'except', label: t('traceatlas.service-map.panel.search-except', 'Is hidden') },
          ],
        },
      });
    for (const [key, name] of unitPickers()) {
      builder.addUnitPicker({
        path: `units.${key}`,
        name,
        category: UNITS,
        description: t(
          'traceatlas.service-map.panel.unit-description',
          'Which number it is: requests per second, or a time. Empty for the unit of the data source'
        ),
      });
    }
  });
