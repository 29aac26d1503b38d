import { type Resource, type InstrumentationScope, type KeyValue } from '../../../src/trace/model';
import { type AttributeScope, type MetricsCompare, type MetricsQuery } from '../../../src/traceql/ast';
import { textOf } from '../../../src/traceql/checks/field';
import { compilePipeline, shownTraceId, type StoredTrace, traceIndex, type TypedValue } from '../engine';
import { RESOURCE_COLUMNS, SPAN_COLUMNS } from '../engine/dedicated-columns';
import { groupKey, typedValue } from '../engine/values';

import { ExemplarSampler } from './exemplars';
import { forEachSpan, type MatchedSpan, type MetricsInput } from './matched-spans';
import { type Exemplar, META_TYPE_LABEL, type Series, type SeriesLabel, textLabel } from './series';

interface ValueCounts {
  value: TypedValue | undefined;
  sum: number;
  /** Where all observations lie so far. */
  onlyInterval: number;
  /** From the second interval on: most values of an attribute like a user id occur only once. */
  counts?: Float64Array;
}

interface AttributeCounts {
  name: string;
  values: Map<string, ValueCounts>;
  total: Float64Array;
  exemplars: Exemplar[];
}

/** The places of one attribute value that a span counts at. */
interface Place {
  attribute: AttributeCounts;
  value: ValueCounts;
}

const SERVICE_NAME = 'service.name';

/**
 * How often each attribute value occurs among the spans that `selection` picks and among all others (the baseline): the
 * most frequent values of each attribute, and the totals. Ids, times and durations are left out: they hardly repeat.
 */
export function compare(
  query: MetricsQuery,
  { selection, topN, start, end }: MetricsCompare,
  input: MetricsInput
): Series[] {
  const sides = { baseline: new Side('baseline', input), selection: new Side('selection', input) };
  const matches = selectionOf(selection);
  const sampler = new ExemplarSampler(input.axis, input.exemplars);
  forEachSpan(query.pipeline, input, (span, interval, isFirst) => {
    const time = span.span.startTimeUnixNano;
    const inWindow = start === undefined || end === undefined || (time > start && time <= end);
    const side = inWindow && matches(span) ? sides.selection : sides.baseline;
    side.observe(span, interval);
    if (isFirst && sampler.accept(time)) {
      side.addExemplar(span);
    }
  });
  return [...sides.baseline.series(topN), ...sides.selection.series(topN)];
}

function selectionOf(selection: MetricsCompare['selection']): (span: MatchedSpan) => boolean {
  const compiled = compilePipeline({ type: 'pipeline', stages: [selection], from: selection.from, to: selection.to });
  let current: { trace: StoredTrace; indexes: Set<number> } | undefined;
  return ({ trace, index }) => {
    if (current?.trace !== trace) {
      const spans = compiled.evaluate(trace).flatMap((spanset) => spanset.spans);
      current = { trace, indexes: new Set(spans.map((span) => span.index)) };
    }
    return current.indexes.has(index);
  };
}

class Side {
  private readonly attributes = new Map<string, AttributeCounts>();
  /** Resources and scopes are shared by many spans. */
  private readonly sharedPlaces = new Map<Resource | InstrumentationScope, Place[]>();
  private readonly spanColumns = columns('span', SPAN_COLUMNS);
  private readonly spanNames = new NameCache('span');

  constructor(
    private readonly type: 'baseline' | 'selection',
    private readonly input: MetricsInput
  ) {}

  observe(matched: MatchedSpan, interval: number): void {
    for (const place of this.resourcePlaces(matched.span.resource)) {
      count(place, interval);
    }
    for (const place of this.scopePlaces(matched.span.scope)) {
      count(place, interval);
    }
    const { span, row, trace } = matched;
    const { rootName, rootService } = traceIndex(trace);
    const add = (name: string, value: TypedValue | undefined) => count(this.place(name, value), interval);
    add('rootName', { type: 'string', value: rootName });
    add('rootServiceName', { type: 'string', value: rootService });
    add('name', { type: 'string', value: span.name });
    add('kind', { type: 'kind', value: span.kind });
    add('status', { type: 'status', value: span.status.code });
    add('statusMessage', { type: 'string', value: span.status.message });
    add('span:childCount', { type: 'int', value: row.childCount });
    this.addAttributes(span.attributes, this.spanNames, this.spanColumns, add);
  }

  addExemplar({ span, trace }: MatchedSpan): void {
    const service = span.resource.attributes.find(({ key }) => key === SERVICE_NAME)?.value;
    const labels: SeriesLabel[] = [
      textLabel('trace:id', shownTraceId(trace.traceId)),
      { name: 'resource.service.name', value: service && typedValue(service) },
      textLabel('name', span.name),
    ];
    this.attribute('name').exemplars.push({ labels, value: NaN, time: span.startTimeUnixNano });
  }

  series(topN: number): Series[] {
    const series: Series[] = [];
    for (const { name, values, total, exemplars } of this.attributes.values()) {
      const top = [...values.values()].sort((a, b) => b.sum - a.sum).slice(0, topN);
      for (const counted of top) {
        const labels = [textLabel(META_TYPE_LABEL, this.type), { name, value: counted.value }];
        series.push({ labels, values: countsOf(counted, total.length), exemplars: [] });
      }
      const totalLabels = [textLabel(META_TYPE_LABEL, `${this.type}_total`), { name, value: undefined }];
      series.push({ labels: totalLabels, values: total, exemplars });
    }
    return series;
  }

  private resourcePlaces(resource: Resource): Place[] {
    return this.shared(resource, () => {
      const places: Place[] = [];
      const add = (name: string, value: TypedValue | undefined) => places.push(this.place(name, value));
      this.addAttributes(resource.attributes, new NameCache('resource'), columns('resource', RESOURCE_COLUMNS), add);
      if (!resource.attributes.some(({ key }) => key === SERVICE_NAME)) {
        add('resource.service.name', { type: 'string', value: '' });
      }
      return places;
    });
  }

  private scopePlaces(scope: InstrumentationScope): Place[] {
    return this.shared(scope, () => {
      const places: Place[] = [];
      const add = (name: string, value: TypedValue | undefined) => places.push(this.place(name, value));
      add('instrumentation:name', { type: 'string', value: scope.name });
      add('instrumentation:version', { type: 'string', value: scope.version });
      this.addAttributes(scope.attributes, new NameCache('instrumentation'), new Map(), add);
      return places;
    });
  }

  private shared(owner: Resource | InstrumentationScope, find: () => Place[]): Place[] {
    let places = this.sharedPlaces.get(owner);
    if (!places) {
      places = find();
      this.sharedPlaces.set(owner, places);
    }
    return places;
  }

  /** Attributes with a column of their own count as nil when they are missing, as do values that TraceQL cannot compare. */
  private addAttributes(
    attributes: readonly KeyValue[],
    names: NameCache,
    ownColumns: ReadonlyMap<string, string>,
    add: (name: string, value: TypedValue | undefined) => void
  ): void {
    const seen = new Set<string>();
    for (const { key, value } of attributes) {
      seen.add(key);
      add(names.of(key), typedValue(value));
    }
    for (const [key, name] of ownColumns) {
      if (!seen.has(key)) {
        add(name, undefined);
      }
    }
  }

  private place(name: string, value: TypedValue | undefined): Place {
    const attribute = this.attribute(name);
    const key = groupKey(value);
    let counts = attribute.values.get(key);
    if (!counts) {
      counts = { value, sum: 0, onlyInterval: -1 };
      attribute.values.set(key, counts);
    }
    return { attribute, value: counts };
  }

  private attribute(name: string): AttributeCounts {
    let attribute = this.attributes.get(name);
    if (!attribute) {
      attribute = { name, values: new Map(), total: this.zeros(), exemplars: [] };
      this.attributes.set(name, attribute);
    }
    return attribute;
  }

  private zeros(): Float64Array {
    return new Float64Array(this.input.axis.intervals);
  }
}

function count({ attribute, value }: Place, interval: number): void {
  attribute.total[interval]++;
  if (value.sum === 0) {
    value.onlyInterval = interval;
  } else if (value.onlyInterval !== interval && !value.counts) {
    value.counts = countsOf(value, attribute.total.length);
  }
  value.sum++;
  if (value.counts) {
    value.counts[interval]++;
  }
}

function countsOf({ counts, onlyInterval, sum }: ValueCounts, intervals: number): Float64Array {
  if (counts) {
    return counts;
  }
  const made = new Float64Array(intervals);
  made[onlyInterval] = sum;
  return made;
}

/** Attribute names as series labels have them, e.g. `span.http.route`. */
class NameCache {
  private readonly names = new Map<string, string>();

  constructor(private readonly scope: AttributeScope) {}

  of(key: string): string {
    let name = this.names.get(key);
    if (name === undefined) {
      name = textOf({ type: 'attribute', scope: this.scope, name: key, from: 0, to: 0 });
      this.names.set(key, name);
    }
    return name;
  }
}

function columns(scope: AttributeScope, names: ReadonlyMap<string, unknown>): ReadonlyMap<string, string> {
  const cache = new NameCache(scope);
  return new Map([...names.keys()].map((key) => [key, cache.of(key)]));
}
