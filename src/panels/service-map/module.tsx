import React, { lazy, Suspense } from 'react';
import { PanelPlugin, type PanelProps } from '@grafana/data';
import { t } from '@grafana/i18n';
import { initTranslations } from '../../i18n/init-translations';
import { DEFAULT_OPTIONS, type ServiceMapPanelOptions } from './options';

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

export const plugin = new PanelPlugin<ServiceMapPanelOptions>(Panel).setNoPadding().setPanelOptions((builder) =>
  builder
    .addSelect({
      path: 'latency',
      name: t('traceatlas.service-map.panel.latency', 'Latency'),
      description: t(
        'traceatlas.service-map.panel.latency-description',
        'The average is shown where there is no such percentile'
      ),
      defaultValue: DEFAULT_OPTIONS.latency,
      settings: {
        options: [
          { value: 'p95', label: 'p95' },
          { value: 'p99', label: 'p99' },
          { value: 'p50', label: 'p50' },
          { value: 'mean', label: t('traceatlas.service-map.latency.mean', 'Average') },
        ],
      },
    })
    .addBooleanSwitch({
      path: 'showToolbar',
      name: t('traceatlas.service-map.panel.toolbar', 'Search and table'),
      defaultValue: DEFAULT_OPTIONS.showToolbar,
    })
    .addBooleanSwitch({
      path: 'showLegend',
      name: t('traceatlas.service-map.panel.legend', 'Legend'),
      defaultValue: DEFAULT_OPTIONS.showLegend,
    })
    .addRadio({
      path: 'wheel',
      name: t('traceatlas.service-map.panel.wheel', 'Mouse wheel'),
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
);
