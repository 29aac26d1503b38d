/** Which attributes tell the spans of a selection from the others. */
import { type AttributeCounts, type SpanCounts, type ValueCounts } from './counts';

export interface RankedValue extends ValueCounts {
  /** Share of the selection's spans that have the value, 0 to 1; absent when the count is not known */
  selectionShare?: number;
  baselineShare?: number;
  /** selectionShare - baselineShare, -1 to 1; absent when one of them is */
  difference?: number;
  /** How much of the difference is certain, 0 to 1: see `certainDifference` */
  score: number;
}

export interface RankedAttribute {
  attribute: string;
  /** The highest score of its values, 0 to 1 */
  score: number;
  /** The selection itself asks for it, so that it differs by definition */
  isInSelection: boolean;
  /** What is more frequent in the selection first */
  values: RankedValue[];
}

/** Standard normal quantile of a two-sided 95 % interval */
const Z_95 = 1.96;
/** Scores that differ by less than half of 1 / TIE are the same. */
const TIE = 1000;

/**
 * The end nearest to zero of the 95 % confidence interval for the difference of two shares, 0 when the interval has both
 * signs. Small numbers of spans make it small: 2 of 2 against 0 of 3 says little, 200 of 200 against 0 of 300 a lot.
 * Interval: Agresti and Caffo, "Simple and Effective Confidence Intervals for Proportions and Differences of Proportions
 * Result from Adding Two Successes and Two Failures", The American Statistician 54 (2000).
 * @param hits spans with the value, of `spans`, on each side
 */
export function certainDifference(
  selection: { hits: number; spans: number },
  baseline: { hits: number; spans: number }
): number {
  if (selection.spans <= 0 || baseline.spans <= 0) {
    return 0;
  }
  const [a, b] = [adjusted(selection), adjusted(baseline)];
  const error = Z_95 * Math.sqrt(a.variance + b.variance);
  return Math.max(0, Math.abs(a.share - b.share) - error);
}

function adjusted({ hits, spans }: { hits: number; spans: number }) {
  const share = (hits + 1) / (spans + 2);
  return { share, variance: (share * (1 - share)) / (spans + 2) };
}

/**
 * The attributes, those first that tell most. What the selection itself names comes last.
 * @param named attributes that the selection's query reads
 */
export function rankAttributes(counts: SpanCounts, named: ReadonlySet<string> = new Set()): RankedAttribute[] {
  return counts.attributes
    .map((attribute) => rankAttribute(attribute, counts, named.has(attribute.attribute)))
    .filter(({ values }) => values.length > 0)
    .sort(
      (a, b) =>
        Number(a.isInSelection) - Number(b.isInSelection) ||
        Math.round((b.score - a.score) * TIE) ||
        Math.round((largestDifference(b) - largestDifference(a)) * TIE) ||
        // Of attributes that tell the same, the one with fewer values is the simpler explanation: a version, not its pods.
        a.values.length - b.values.length ||
        a.attribute.localeCompare(b.attribute)
    );
}

function rankAttribute(attribute: AttributeCounts, counts: SpanCounts, isInSelection: boolean): RankedAttribute {
  // Spans without the attribute belong to the whole; Tempo counts some attributes more than once for each span.
  const spans = {
    selection: Math.max(counts.selection, attribute.selectionTotal),
    baseline: Math.max(counts.baseline, attribute.baselineTotal),
  };
  const values = attribute.values
    .map((value) => rankValue(value, spans))
    .sort((a, b) => sortKey(b) - sortKey(a) || b.score - a.score);
  return {
    attribute: attribute.attribute,
    score: Math.max(0, ...values.map(({ score }) => score)),
    isInSelection,
    values,
  };
}

function rankValue(value: ValueCounts, spans: { selection: number; baseline: number }): RankedValue {
  const selectionShare = share(value.selection, spans.selection);
  const baselineShare = share(value.baseline, spans.baseline);
  const isKnown = selectionShare !== undefined && baselineShare !== undefined;
  return {
    ...value,
    selectionShare,
    baselineShare,
    ...(isKnown ? { difference: selectionShare - baselineShare } : {}),
    score: isKnown
      ? certainDifference(
          { hits: value.selection ?? 0, spans: spans.selection },
          { hits: value.baseline ?? 0, spans: spans.baseline }
        )
      : 0,
  };
}

function share(hits: number | undefined, spans: number): number | undefined {
  return hits === undefined || spans <= 0 ? undefined : Math.min(1, hits / spans);
}

function sortKey({ difference, selectionShare }: RankedValue): number {
  return difference ?? (selectionShare === undefined ? -2 : -1 + selectionShare / 1e3);
}

function largestDifference({ values }: RankedAttribute): number {
  return Math.max(0, ...values.map(({ difference }) => difference ?? 0));
}
