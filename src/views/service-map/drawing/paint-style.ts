/** What the colours of the map mean, as a value that the drawing and the legend share. */
import { t } from '../../../i18n/translate';
import { type RequestStats, type Service, type ServiceCall } from '../../../servicegraph/model';
import { errorShare } from '../../../servicegraph/to-frames';
import { formatErrorShare, formatLatency, type LatencyKey } from '../format-stats';
import { ERROR_SHARES, healthOf, type Health } from './health';

/** What a colour says: how bad something is, or how it changed against another time. */
export type Tone = Health | 'better' | 'worse' | 'traffic' | 'added' | 'removed';

/** Tones that ask for attention, mildest first; they are drawn last, labelled first and never left out. */
const LOUD: readonly Tone[] = ['traffic', 'better', 'removed', 'added', 'warning', 'worse', 'critical'];

/** Tones of what is not there in one of two windows: drawn with broken lines. */
export function isBroken(tone: Tone): boolean {
  return tone === 'added' || tone === 'removed';
}

/** 0 for what is as it should be; the higher, the more it asks for attention. */
export function loudnessOf(tone: Tone): number {
  return LOUD.indexOf(tone) + 1;
}

export interface PaintStyle {
  kind: 'errors' | 'latency' | 'change';
  ofService(service: Service): Tone;
  ofCall(call: ServiceCall): Tone;
  /** Of a group, where its sums do not tell */
  ofServices?(services: readonly Service[]): Tone;
  /** Of several calls drawn as one, where their sums do not tell */
  ofCalls?(calls: readonly ServiceCall[]): Tone;
  /** Part of the ring that is in the tone's colour, 0 to 1; the rest is in that of "ok". Undefined: nothing is known. */
  ringOf(service: Service): number | undefined;
  /** A few characters that say why something is loud, e.g. "12%" */
  badgeOf(stats: RequestStats, id: string): string | undefined;
  /** What stands in place of a service's or call's numbers, e.g. those before and after; undefined: its numbers */
  textOf?(id: string): string | undefined;
  /** What each tone in use means, in the person's language */
  legend(): Array<{ tone: Tone; text: string }>;
}

/** From which share of failed requests on a service or call is marked, 0 to 1. */
export interface ErrorThresholds {
  warning: number;
  critical: number;
}

/** By the share of failed requests. */
export function errorsPaint({ warning, critical }: ErrorThresholds): PaintStyle {
  const toneOf = (stats: RequestStats): Tone => healthOf(stats, { warning, critical });
  return {
    kind: 'errors',
    ofService: ({ stats }) => toneOf(stats),
    ofCall: ({ stats }) => toneOf(stats),
    ringOf: ({ stats }) => errorShare(stats),
    badgeOf: formatErrorShare,
    legend() {
      const percent = (share: number) => `${Number((share * 100).toPrecision(3))}%`;
      const limits = { warning: percent(warning), critical: percent(critical) };
      return [
        { tone: 'ok', text: t('traceatlas.service-map.legend.ok', 'errors below {{warning}}', limits) },
        { tone: 'warning', text: t('traceatlas.service-map.legend.warning', 'from {{warning}}', limits) },
        { tone: 'critical', text: t('traceatlas.service-map.legend.critical', 'from {{critical}}', limits) },
      ];
    },
  };
}

export const errorPaint = errorsPaint(ERROR_SHARES);

/** From which latency on a service or call is marked, s. */
export interface LatencyThresholds {
  warning: number;
  critical: number;
}

/** By latency against thresholds; the mean where there is no such percentile. */
export function latencyPaint(key: LatencyKey, { warning, critical }: LatencyThresholds): PaintStyle {
  const secondsOf = (stats: RequestStats) => stats[key] ?? stats.mean;
  const toneOf = (stats: RequestStats): Tone => {
    const seconds = secondsOf(stats);
    if (seconds === undefined) {
      return 'unknown';
    }
    return seconds >= critical ? 'critical' : seconds >= warning ? 'warning' : 'ok';
  };
  return {
    kind: 'latency',
    ofService: ({ stats }) => toneOf(stats),
    ofCall: ({ stats }) => toneOf(stats),
    ringOf({ stats }) {
      const seconds = secondsOf(stats);
      return seconds === undefined ? undefined : seconds < warning ? 0 : Math.min(1, seconds / critical);
    },
    badgeOf: (stats) => formatLatency(secondsOf(stats)),
    legend() {
      const [from, worse] = [formatLatency(warning) ?? '', formatLatency(critical) ?? ''];
      return [
        { tone: 'ok', text: t('traceatlas.service-map.legend.fast', 'faster than {{from}}', { from }) },
        { tone: 'warning', text: t('traceatlas.service-map.legend.slow', 'from {{from}}', { from }) },
        { tone: 'critical', text: t('traceatlas.service-map.legend.slowest', 'from {{worse}}', { worse }) },
      ];
    },
  };
}
