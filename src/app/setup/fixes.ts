import { t } from '../../i18n/translate';
import { type SettingsChange } from './changes';
import { type JsonData } from './data-sources';
import { toYaml } from './yaml';

/** Which program's configuration a fix is for. */
export type FixTarget = 'grafana' | 'tempo' | 'prometheus' | 'mimir' | 'collector';

export interface Fix {
  target: FixTarget;
  /** What it does, in a few words */
  title: string;
  language: 'yaml' | 'shell';
  text: string;
}

function yamlFix(target: FixTarget, title: string, config: unknown): Fix {
  return { target, title, language: 'yaml', text: toYaml(config) };
}

/** The same change as a provisioning file has it. `$` begins an environment variable there, so it is doubled. */
export function provisioningFix(change: SettingsChange, type: string): Fix {
  const { dataSourceName: name, dataSourceUid: uid, set } = change;
  const config = { apiVersion: 1, datasources: [{ name, uid, type, jsonData: set }] };
  return {
    ...yamlFix('grafana', t('traceatlas.setup.fix.provisioning', 'Data source provisioning'), config),
    text: toYaml(config).replace(/\$/g, '$$$$'),
  };
}

export function jsonDataFix(name: string, type: string, jsonData: JsonData, secureJsonData?: JsonData): Fix {
  return yamlFix('grafana', t('traceatlas.setup.fix.provisioning', 'Data source provisioning'), {
    apiVersion: 1,
    datasources: [{ name, type, jsonData, ...(secureJsonData ? { secureJsonData } : {}) }],
  });
}

const PROCESSORS = ['service-graphs', 'span-metrics'];

/** Turns the processors on. `overrides` without `defaults` is the form before Tempo 2.3. */
export function tempoProcessorsFix(): Fix {
  return yamlFix('tempo', t('traceatlas.setup.fix.processors', 'Turn the processors on'), {
    overrides: { defaults: { metrics_generator: { processors: PROCESSORS } } },
  });
}

export function tempoRemoteWriteFix(): Fix {
  return yamlFix('tempo', t('traceatlas.setup.fix.remote-write', 'Send the series, with exemplars, to Prometheus'), {
    metrics_generator: {
      storage: {
        path: '/var/tempo/generator/wal',
        remote_write: [
          { url: 'http://prometheus:9090/api/v1/write', send_exemplars: true, send_native_histograms: true },
        ],
      },
    },
  });
}

export function prometheusReceiverFix(): Fix {
  return {
    target: 'prometheus',
    title: t('traceatlas.setup.fix.receiver', 'Let Prometheus take remote writes (command line)'),
    language: 'shell',
    text: 'prometheus --config.file=/etc/prometheus/prometheus.yml --web.enable-remote-write-receiver',
  };
}

export function exemplarStorageFixes(): Fix[] {
  return [
    {
      target: 'prometheus',
      title: t('traceatlas.setup.fix.exemplar-flag', 'Turn exemplar storage on (command line)'),
      language: 'shell',
      text: 'prometheus --config.file=/etc/prometheus/prometheus.yml --enable-feature=exemplar-storage',
    },
    yamlFix('prometheus', t('traceatlas.setup.fix.exemplar-size', 'How many exemplars it keeps'), {
      storage: { exemplars: { max_exemplars: 100000 } },
    }),
    yamlFix('mimir', t('traceatlas.setup.fix.mimir-exemplars', 'Mimir instead: keep exemplars for each tenant'), {
      limits: { max_global_exemplars_per_user: 100000 },
    }),
  ];
}

export function sendExemplarsFixes(): Fix[] {
  return [
    tempoRemoteWriteFix(),
    yamlFix('collector', t('traceatlas.setup.fix.collector-exemplars', 'Exemplars of the spanmetrics connector'), {
      connectors: { spanmetrics: { exemplars: { enabled: true } } },
      exporters: { prometheus: { endpoint: '0.0.0.0:8889', enable_open_metrics: true } },
    }),
  ];
}

export function exemplarLabelFix(): Fix {
  return yamlFix('tempo', t('traceatlas.setup.fix.exemplar-label', 'Or let Tempo use the usual label'), {
    overrides: { defaults: { metrics_generator: { trace_id_label_name: 'traceID' } } },
  });
}

export function collectorServiceGraphFix(): Fix {
  return yamlFix('collector', t('traceatlas.setup.fix.collector-graph', 'Or the connectors of the Collector'), {
    connectors: {
      servicegraph: { dimensions: ['service.namespace'] },
      spanmetrics: { exemplars: { enabled: true } },
    },
    exporters: { prometheusremotewrite: { endpoint: 'http://prometheus:9090/api/v1/write' } },
    service: {
      pipelines: {
        traces: { receivers: ['otlp'], exporters: ['otlp/tempo', 'servicegraph', 'spanmetrics'] },
        metrics: { receivers: ['servicegraph', 'spanmetrics'], exporters: ['prometheusremotewrite'] },
      },
    },
  });
}

export function virtualNodesFixes(isCollector: boolean): Fix[] {
  return isCollector
    ? [
        yamlFix('collector', t('traceatlas.setup.fix.collector-virtual', 'Name what is not instrumented'), {
          connectors: {
            servicegraph: { virtual_node_peer_attributes: ['peer.service', 'db.name', 'db.system', 'server.address'] },
          },
        }),
      ]
    : [
        yamlFix('tempo', t('traceatlas.setup.fix.virtual', 'Name and mark what is not instrumented'), {
          metrics_generator: {
            processor: {
              service_graphs: {
                enable_virtual_node_label: true,
                peer_attributes: ['peer.service', 'db.name', 'db.system', 'db.system.name', 'server.address'],
              },
            },
          },
        }),
      ];
}

/** Finer below 100 ms, where most calls between services are. s. */
const FINE_BUCKETS_S = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

export function bucketFixes(of: 'edges' | 'spans', isCollector: boolean, hasNative: boolean): Fix[] {
  if (isCollector) {
    const buckets = FINE_BUCKETS_S.map((seconds) => (seconds < 1 ? `${seconds * 1000}ms` : `${seconds}s`));
    return [
      yamlFix('collector', t('traceatlas.setup.fix.buckets', 'Buckets that fit'), {
        connectors:
          of === 'edges'
            ? { servicegraph: { latency_histogram_buckets: buckets } }
            : { spanmetrics: { histogram: { explicit: { buckets } } } },
      }),
    ];
  }
  return [
    yamlFix('tempo', t('traceatlas.setup.fix.buckets', 'Buckets that fit'), {
      metrics_generator: {
        processor: { [of === 'edges' ? 'service_graphs' : 'span_metrics']: { histogram_buckets: FINE_BUCKETS_S } },
      },
    }),
    ...(hasNative ? [] : [nativeHistogramsFix()]),
  ];
}

function nativeHistogramsFix(): Fix {
  return yamlFix('tempo', t('traceatlas.setup.fix.native', 'Or native histograms, which resolve every latency'), {
    overrides: { defaults: { metrics_generator: { generate_native_histograms: 'both' } } },
  });
}

export function tenantFix(name: string, type: string): Fix {
  return jsonDataFix(
    name,
    type,
    { httpHeaderName1: 'X-Scope-OrgID' },
    { httpHeaderValue1: t('traceatlas.setup.fix.tenant-value', 'name of the tenant') }
  );
}

export function traceqlMetricsFix(): Fix {
  return yamlFix('tempo', t('traceatlas.setup.fix.local-blocks', 'Tempo 2.4 to 2.x: the local-blocks processor'), {
    metrics_generator: {
      processor: { local_blocks: { filter_server_spans: false, flush_to_storage: true } },
      traces_storage: { path: '/var/tempo/generator/traces' },
    },
    overrides: { defaults: { metrics_generator: { processors: [...PROCESSORS, 'local-blocks'] } } },
  });
}

export function cardinalityFix(): Fix {
  return yamlFix('tempo', t('traceatlas.setup.fix.cardinality', 'Allow more series, or write fewer dimensions'), {
    metrics_generator: { processor: { span_metrics: { dimensions: ['service.namespace'] } } },
    overrides: { defaults: { metrics_generator: { max_active_series: 100000 } } },
  });
}
