import { createDataFrame, type DataFrame, FieldType } from '@grafana/data';
import { type SpanComparison } from '../urls';
import { compareQuery, parseComparison, selectedSpansQuery } from './compare-query';
import { countsOfCompareFrames, type SpanCounts } from './counts';
import { certainDifference, rankAttributes } from './rank-attributes';
import { countsOfSpanTables, sampleQuery } from './span-sample';

function parsed(comparison: SpanComparison) {
  const result = parseComparison(comparison);
  if (!result.comparison) {
    throw new Error(JSON.stringify(result.problem));
  }
  return result.comparison;
}

const version = {
  attribute: 'resource.service.version',
  operator: '=',
  value: { valueType: 'string', value: '2.1' },
} as const;

describe('the TraceQL of a comparison', () => {
  it.each<[string, SpanComparison, string]>([
    [
      'plain',
      { query: '{ .a = 1 }', selection: '{ duration > 500ms }' },
      '{ .a = 1 } | compare({ duration > 500ms }, 20)',
    ],
    [
      'within a window, in ns',
      {
        query: '{}',
        selection: '{ status = error }',
        selectionFrom: 1_795_255_560_000,
        selectionTo: 1_795_255_590_000.4,
      },
      '{} | compare({ status = error }, 20, 1795255560000000000, 1795255590001000000)',
    ],
    [
      'hints belong to searches only',
      { query: '{ .a = 1 } with (most_recent=true)', selection: '{ .b }' },
      '{ .a = 1 } | compare({ .b }, 20)',
    ],
  ])('%s', (_, comparison, expected) => {
    expect(compareQuery(parsed(comparison), 20)).toBe(expected);
  });

  it.each<[string, SpanComparison, string]>([
    [
      'one filter of all conditions',
      { query: '{ .a = 1 }', selection: '{ duration > 1s }' },
      '{ .a = 1 && duration > 1s && resource.service.version = "2.1" }',
    ],
    [
      'alternatives stay whole',
      { query: '{ .a = 1 || .b = 2 }', selection: '{ .c || .d }' },
      '{ (.a = 1 || .b = 2) && (.c || .d) && resource.service.version = "2.1" }',
    ],
    ['every span', { query: '{}', selection: '{ }' }, '{ resource.service.version = "2.1" }'],
    [
      'a pipeline is filtered at its end',
      { query: '{ .a } > { .b }', selection: '{ duration > 1s }' },
      '{ .a } > { .b } | { duration > 1s && resource.service.version = "2.1" }',
    ],
  ])('the selected spans with a value: %s', (_, comparison, expected) => {
    expect(selectedSpansQuery(parsed(comparison), version)).toBe(expected);
  });

  it.each<[SpanComparison, object]>([
    [
      { query: '{ .a = ', selection: '{}' },
      { part: 'query', kind: 'syntax' },
    ],
    [
      { query: '{} | rate()', selection: '{}' },
      { part: 'query', kind: 'notASearch' },
    ],
    [
      { query: '{}', selection: 'duration > 1s' },
      { part: 'selection', kind: 'syntax' },
    ],
    [
      { query: '{}', selection: '{} > {}' },
      { part: 'selection', kind: 'notOneFilter' },
    ],
    [
      { query: '{}', selection: '{} | rate()' },
      { part: 'selection', kind: 'notOneFilter' },
    ],
  ])('%j is refused with the part that is wrong', (comparison, problem) => {
    expect(parseComparison(comparison).problem).toMatchObject(problem);
  });

  it('names the attributes of the selection in every spelling', () => {
    const { named } = parsed({ query: '{}', selection: '{ span:status = error && resource.host.name = "a" }' });
    expect([...named]).toEqual(expect.arrayContaining(['status', 'span:status', 'resource.host.name']));
  });
});

function series(labels: Record<string, string>, ...values: number[]): DataFrame {
  return createDataFrame({
    fields: [
      { name: 'time', type: FieldType.time, values: values.map((_, index) => index) },
      { name: 'value', type: FieldType.number, values, labels },
    ],
  });
}

describe('countsOfCompareFrames', () => {
  const version1 = (type: string) => ({ __meta_type: `"${type}"`, 'resource.service.version': '"1.0"' });
  const frames = [
    series(version1('baseline'), 4, 4, Number.NaN),
    series(version1('selection'), 1),
    series({ __meta_type: '"selection"', 'resource.service.version': '"2.0"' }, 3),
    series({ __meta_type: '"selection"', 'resource.service.version': '"nil"' }, 7),
    series({ __meta_type: '"baseline"', 'span.code': '500' }, 2),
    series({ __meta_type: '"selection"', 'span.code': '"500"' }, 1),
    series({ __meta_type: '"baseline"', status: '"error"' }, 2),
    series({ __meta_type: '"selection"', 'span.user': '"u1"' }, 1),
    series({ __meta_type: '"selection"', __meta_error: '"__too_many_values__"', 'span.user': '"nil"' }, 0),
    series({ __meta_type: '"selection_total"', name: '"nil"' }, 5),
    series({ __meta_type: '"baseline_total"', name: '"nil"' }, 6, 6),
    series({ something: '"else"' }, 1),
  ];
  const counts = countsOfCompareFrames(frames);
  const values = (name: string) => counts.attributes.find(({ attribute }) => attribute === name)?.values;

  it('adds up the samples of each side', () => {
    expect(counts).toMatchObject({ selection: 5, baseline: 12 });
    expect(values('resource.service.version')).toEqual([
      { value: { valueType: 'string', value: '1.0' }, baseline: 8, selection: 1 },
      { value: { valueType: 'string', value: '2.0' }, baseline: 0, selection: 3 },
    ]);
  });

  it('tells text from numbers, and reads keywords', () => {
    expect(values('span.code')).toEqual([
      { value: { valueType: 'int', value: BigInt(500) }, baseline: 2, selection: 0 },
      { value: { valueType: 'string', value: '500' }, baseline: 0, selection: 1 },
    ]);
    expect(values('status')?.[0].value).toEqual({ valueType: 'status', value: 'error' });
  });

  it('does not take a value that was cut off for one that never occurred', () => {
    expect(values('span.user')).toEqual([
      { value: { valueType: 'string', value: 'u1' }, selection: 1, baseline: undefined },
    ]);
  });
});

describe('ranking', () => {
  it.each([
    ['two spans say little', [2, 2], [0, 3], 0, 0.2],
    ['many say a lot', [200, 200], [0, 300], 0.95, 1],
    ['the same share says nothing', [50, 100], [500, 1000], 0, 0],
    ['a small difference among many is certain', [300, 1000], [2000, 10000], 0.06, 0.1],
    ['nobody to compare with', [5, 5], [0, 0], 0, 0],
  ])('%s', (_, [hits, spans], [otherHits, otherSpans], least, most) => {
    const difference = certainDifference({ hits, spans }, { hits: otherHits, spans: otherSpans });
    expect(difference).toBeGreaterThanOrEqual(least);
    expect(difference).toBeLessThanOrEqual(most);
  });

  const text = (value: string) => ({ valueType: 'string', value }) as const;
  const counts: SpanCounts = {
    selection: 100,
    baseline: 1000,
    attributes: [
      {
        attribute: 'span.user',
        selectionTotal: 100,
        baselineTotal: 1000,
        values: Array.from({ length: 50 }, (_, user) => ({ value: text(`u${user}`), selection: 2, baseline: 0 })),
      },
      {
        attribute: 'status',
        selectionTotal: 100,
        baselineTotal: 1000,
        values: [{ value: text('error'), selection: 100, baseline: 0 }],
      },
      {
        attribute: 'resource.service.version',
        selectionTotal: 100,
        baselineTotal: 1000,
        values: [
          { value: text('1.0'), selection: 5, baseline: 900 },
          { value: text('2.0'), selection: 95, baseline: 100 },
        ],
      },
      {
        attribute: 'resource.service.name',
        selectionTotal: 800,
        baselineTotal: 8000,
        values: [{ value: text('a'), selection: 800, baseline: 8000 }],
      },
    ],
  };

  it('puts first what differs most, last what the selection asks for', () => {
    const ranked = rankAttributes(counts, new Set(['status']));
    expect(ranked.map(({ attribute }) => attribute)).toEqual([
      'resource.service.version',
      'span.user',
      'resource.service.name',
      'status',
    ]);
    expect(ranked[0].values.map(({ value }) => value)).toEqual([text('2.0'), text('1.0')]);
    expect(ranked[0].values[0]).toMatchObject({ selectionShare: 0.95, baselineShare: 0.1 });
    expect(ranked[0].values[0].difference).toBeCloseTo(0.85);
  });

  it('prefers the simpler of two explanations that tell the same', () => {
    const pods = ['a', 'b', 'c'].map((pod, index) => ({
      value: text(pod),
      selection: index === 0 ? 100 : 0,
      baseline: index === 0 ? 300 : 350,
    }));
    const versions = [
      { value: text('2'), selection: 100, baseline: 300 },
      { value: text('1'), selection: 0, baseline: 700 },
    ];
    const totals = { selectionTotal: 100, baselineTotal: 1000 };
    const ranked = rankAttributes({
      selection: 100,
      baseline: 1000,
      attributes: [
        { attribute: 'resource.k8s.pod.name', ...totals, values: pods },
        { attribute: 'resource.service.version', ...totals, values: versions },
      ],
    });
    expect(ranked[0].attribute).toBe('resource.service.version');
  });

  it('counts shares of all spans, and never more than all', () => {
    const [name] = rankAttributes({ ...counts, attributes: [counts.attributes[3]] });
    expect(name.values[0]).toMatchObject({ selectionShare: 1, baselineShare: 1, difference: 0, score: 0 });
  });

  it('gives no share where the count is not known', () => {
    const [attribute] = rankAttributes({
      selection: 10,
      baseline: 10,
      attributes: [
        { attribute: 'a', selectionTotal: 10, baselineTotal: 10, values: [{ value: text('x'), selection: 10 }] },
      ],
    });
    expect(attribute.values[0].baselineShare).toBeUndefined();
    expect(attribute.score).toBe(0);
  });
});

describe('a sample of two searches', () => {
  const table = (rows: Array<[string, string, string | null, number | null]>) =>
    createDataFrame({
      name: 'Spans',
      fields: [
        { name: 'traceIdHidden', type: FieldType.string, values: rows.map(([trace]) => trace) },
        { name: 'spanID', type: FieldType.string, values: rows.map(([, span]) => span) },
        { name: 'duration', type: FieldType.number, values: rows.map(() => 5) },
        { name: 'service.version', type: FieldType.string, values: rows.map(([, , text]) => text) },
        { name: 'code', type: FieldType.number, values: rows.map(([, , , code]) => code) },
      ],
    });
  const attributes = ['resource.service.version', 'span.code'];

  it('counts each span once and takes the selection out of the rest', () => {
    const counts = countsOfSpanTables(
      [
        table([
          ['t', 'a', '2', 500],
          ['t', 'a', '2', 500],
        ]),
      ],
      [
        table([
          ['t', 'a', '2', 500],
          ['t', 'b', '1', null],
          ['u', 'a', '1', 200],
        ]),
      ],
      attributes
    );
    expect(counts).toMatchObject({ selection: 1, baseline: 2 });
    expect(counts.attributes[0]).toEqual({
      attribute: 'resource.service.version',
      selectionTotal: 1,
      baselineTotal: 2,
      values: [
        { value: { valueType: 'string', value: '2' }, selection: 1, baseline: 0 },
        { value: { valueType: 'string', value: '1' }, selection: 0, baseline: 2 },
      ],
    });
    expect(counts.attributes.map(({ attribute }) => attribute)).toEqual(attributes);
  });

  it('selects the attributes that it counts', () => {
    expect(sampleQuery('{ .a }', attributes)).toBe('{ .a } | select(resource.service.version, span.code)');
  });
});
