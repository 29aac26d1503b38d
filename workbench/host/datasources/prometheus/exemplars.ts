import { type DataFrame, type DataLink, DataTopic, type Field, FieldType, type Labels } from '@grafana/data';
import { type ExemplarSeries } from './api';
import { parseSampleValue } from './frames';
import { type ExemplarDestination } from './model';

export interface Exemplar {
  /** ms */
  time: number;
  value: number;
  labels: Labels;
}

export function toExemplars(series: ExemplarSeries[]): Exemplar[] {
  return series.flatMap(({ seriesLabels, exemplars }) =>
    exemplars.map(({ labels, value, timestamp }) => ({
      time: Math.round(timestamp * 1000),
      value: parseSampleValue(value),
      labels: { ...seriesLabels, ...labels },
    }))
  );
}

/**
 * Thins exemplars out as Grafana's Prometheus backend does: of each step the highest stays, and of the others those
 * that lie at least two standard deviations (of all exemplars) below the last one that stayed.
 */
export function sampleExemplars(exemplars: Exemplar[], stepMs: number): Exemplar[] {
  const farApart = 2 * standardDeviation(exemplars.map(({ value }) => value));
  const kept = [...groupBySteps(exemplars, stepMs).values()].flatMap((step) => {
    const sampled: Exemplar[] = [];
    for (const exemplar of [...step].sort((a, b) => b.value - a.value)) {
      const last = sampled.at(-1);
      if (!last || (farApart > 0 && last.value - exemplar.value >= farApart)) {
        sampled.push(exemplar);
      }
    }
    return sampled;
  });
  return kept.sort((a, b) => a.time - b.time);
}

function groupBySteps(exemplars: Exemplar[], stepMs: number): Map<number, Exemplar[]> {
  const steps = new Map<number, Exemplar[]>();
  for (const exemplar of exemplars) {
    const step = Math.floor(exemplar.time / stepMs);
    steps.set(step, [...(steps.get(step) ?? []), exemplar]);
  }
  return steps;
}

/** Of a sample (n - 1); 0 when there are fewer than two values. */
function standardDeviation(values: number[]): number {
  if (values.length < 2) {
    return 0;
  }
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1));
}

/** One frame of all exemplars: time, value, then every label in order of their names. Undefined without any. */
export function exemplarFrame(exemplars: Exemplar[], refId: string): DataFrame | undefined {
  if (exemplars.length === 0) {
    return undefined;
  }
  const names = [...new Set(exemplars.flatMap(({ labels }) => Object.keys(labels)))].sort();
  const time: Field = { name: 'Time', type: FieldType.time, config: {}, values: exemplars.map((each) => each.time) };
  const value: Field = {
    name: 'Value',
    type: FieldType.number,
    config: {},
    values: exemplars.map((each) => each.value),
  };
  const labelFields = names.map((name): Field => ({
    name,
    type: FieldType.string,
    config: {},
    values: exemplars.map(({ labels }) => labels[name] ?? ''),
  }));
  return {
    name: 'exemplar',
    refId,
    meta: { typeVersion: [0, 0], custom: { resultType: 'exemplar' } },
    fields: [time, value, ...labelFields],
    length: exemplars.length,
  };
}

/** What Grafana's frontend adds: the frame is drawn over the graph, and ids lead to the data sources set up for them. */
export function linkExemplars(
  frame: DataFrame,
  destinations: ExemplarDestination[],
  dataSourceName: (uid: string) => string | undefined
): DataFrame {
  return {
    ...frame,
    meta: { ...frame.meta, dataTopic: DataTopic.Annotations },
    fields: frame.fields.map((field) => {
      const links = destinations
        .filter(({ name }) => name === field.name)
        .flatMap((destination) => destinationLinks(destination, dataSourceName));
      return links.length > 0 ? { ...field, config: { ...field.config, links } } : field;
    }),
  };
}

function destinationLinks(
  { datasourceUid, url, urlDisplayLabel }: ExemplarDestination,
  dataSourceName: (uid: string) => string | undefined
): DataLink[] {
  const name = datasourceUid && dataSourceName(datasourceUid);
  const links: DataLink[] = [];
  if (datasourceUid && name) {
    links.push({
      title: urlDisplayLabel || `Query with ${name}`,
      url: '',
      internal: {
        query: { query: '${__value.raw}', queryType: 'traceql' },
        panelsState: { trace: { spanId: '${__data.fields["span_id"]}' } },
        datasourceUid,
        datasourceName: name,
      },
    });
  }
  if (url) {
    links.push({ title: urlDisplayLabel || `Go to ${url}`, url, targetBlank: true });
  }
  return links;
}
