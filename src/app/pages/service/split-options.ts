import { t } from '@grafana/i18n';
import { operationSplit, type ServiceSource, type Split } from './service-source';

interface SplitOption {
  label: string;
  value: string;
  description?: string;
}

/** Attributes that most services have, for what the series' labels do not tell. */
const ATTRIBUTES = [
  'name',
  'resource.service.version',
  'resource.service.instance.id',
  'resource.k8s.pod.name',
  'kind',
  'status',
];
/** Labels that are no parts of a service. */
const NO_SPLIT: ReadonlySet<string> = new Set(['__name__', '__metrics_gen_instance', 'le', 'source']);

/** As the URL has it: `promql:span_name` */
export function splitText({ source, name }: Split): string {
  return `${source}:${name}`;
}

const SPLIT = /^(promql|traceql):([A-Za-z_][\w.:-]*)$/;

/** undefined for anything that names no label and no attribute */
export function splitOfText(text: string | undefined): Split | undefined {
  const match = SPLIT.exec(text ?? '');
  return match ? { source: match[1] === 'promql' ? 'promql' : 'traceql', name: match[2] } : undefined;
}

/** The labels of the series, and attributes that TraceQL metrics can split by; `chosen` is always one of them. */
export function splitOptions(source: ServiceSource, labels: readonly string[], chosen: string): SplitOption[] {
  const own =
    source.kind === 'promql'
      ? [...new Set([operationSplit(source).name, ...labels])]
          .filter((label) => !NO_SPLIT.has(label) && label !== source.metrics.names.serviceLabel)
          .map((name) => option({ source: 'promql', name }))
      : [];
  const options = [...own, ...ATTRIBUTES.map((name) => option({ source: 'traceql', name }))];
  const known = options.some(({ value }) => value === chosen);
  const asked = splitOfText(chosen);
  return known || !asked ? options : [...options, option(asked)];
}

function option(split: Split): SplitOption {
  return {
    label: split.name,
    value: splitText(split),
    description:
      split.source === 'promql'
        ? t('traceatlas.service.split-label', 'Label of the span metrics')
        : t('traceatlas.service.split-attribute', 'Attribute, by TraceQL metrics'),
  };
}
