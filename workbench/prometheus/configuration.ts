import { type PrometheusAbilities } from './version';

const MAX_EXEMPLARS = 100_000;
/** Lets a series that starts late get its zero, and history come in while live samples already do. */
const OUT_OF_ORDER_WINDOW = '2h';

/** The configuration file: nothing is scraped, everything comes by remote write. */
export function prometheusConfig({ exemplars, outOfOrderSamples }: PrometheusAbilities): string {
  const storage = [
    ...(exemplars ? ['  exemplars:', `    max_exemplars: ${MAX_EXEMPLARS}`] : []),
    ...(outOfOrderSamples ? ['  tsdb:', `    out_of_order_time_window: ${OUT_OF_ORDER_WINDOW}`] : []),
  ];
  return ['global:', '  scrape_interval: 15s', ...(storage.length > 0 ? ['storage:', ...storage] : []), ''].join('\n');
}

export interface ServerOptions {
  host: string;
  port: number;
  configFile: string;
  storageDir: string;
  /** Prometheus duration, e.g. `2d` */
  retention: string;
  /** Samples in memory that a query may need; the server's own limit when absent */
  maxSamples?: number;
}

export function prometheusArguments(options: ServerOptions, abilities: PrometheusAbilities): string[] {
  return [
    `--config.file=${options.configFile}`,
    `--storage.tsdb.path=${options.storageDir}`,
    `--storage.tsdb.retention.time=${options.retention}`,
    `--web.listen-address=${options.host}:${options.port}`,
    ...(abilities.remoteWriteReceiver === 'flag' ? ['--web.enable-remote-write-receiver'] : []),
    ...(abilities.features.length > 0 ? [`--enable-feature=${abilities.features.join(',')}`] : []),
    ...(options.maxSamples === undefined ? [] : [`--query.max-samples=${options.maxSamples}`]),
    '--log.level=warn',
  ];
}
