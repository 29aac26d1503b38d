/** Colours of a comparison: what got worse, better, busier, what came and what went. */
import { t } from '../../../i18n/translate';
import { type Change, type ChangedStat, type GraphComparison } from '../../../servicegraph/compare';
import { type Service, type ServiceCall, type ServiceGraph } from '../../../servicegraph/model';
import { loudnessOf, type PaintStyle, type Tone } from '../drawing/paint-style';
import { beforeToNow, changeDetails, changeText, type ComparedStat, presenceText, shownStat } from './change-text';

/** Doublings, or tenths of the error share; smaller changes are beyond chance but not worth a colour. */
const VISIBLE_SIZE = 0.15;
/** Doublings that fill a ring */
const FULL_RING = 3;

export function changeTone(change: Change | undefined, compared: ComparedStat): Tone {
  if (!change) {
    return 'unknown';
  }
  if (change.presence !== 'both') {
    return change.presence === 'appeared' ? 'added' : 'removed';
  }
  const stat = shownStat(change, compared);
  if (!stat || Math.abs(change.stats[stat].size) < VISIBLE_SIZE) {
    return isKnown(change, compared) ? 'ok' : 'unknown';
  }
  if (stat === 'rate' && compared === 'largest') {
    return 'traffic';
  }
  return change.stats[stat].size > 0 ? 'worse' : 'better';
}

function isKnown({ stats }: Change, compared: ComparedStat): boolean {
  const { before, now } = stats[compared === 'largest' ? 'rate' : compared];
  return before !== undefined && now !== undefined;
}

function loudest(tones: Iterable<Tone>): Tone {
  let most: Tone = 'ok';
  for (const tone of tones) {
    most = loudnessOf(tone) > loudnessOf(most) ? tone : most;
  }
  return most;
}

function legendOf(compared: ComparedStat): Array<{ tone: Tone; text: string }> {
  const [worse, better] = legendTexts(compared);
  return [
    { tone: 'worse', text: `▲ ${worse}` },
    { tone: 'better', text: `▼ ${better}` },
    ...(compared === 'largest'
      ? [{ tone: 'traffic' as const, text: t('traceatlas.service-map.compare.traffic', '▲▼ more or fewer requests') }]
      : []),
    { tone: 'added', text: t('traceatlas.service-map.compare.appeared', 'new') },
    { tone: 'removed', text: t('traceatlas.service-map.compare.vanished', 'gone') },
    { tone: 'ok', text: t('traceatlas.service-map.compare.same', 'little or no change') },
  ];
}

function legendTexts(compared: ComparedStat): [worse: string, better: string] {
  switch (compared) {
    case 'rate':
      return [
        t('traceatlas.service-map.compare.more-requests', 'more requests'),
        t('traceatlas.service-map.compare.fewer-requests', 'fewer requests'),
      ];
    case 'errors':
      return [
        t('traceatlas.service-map.compare.more-errors', 'more errors'),
        t('traceatlas.service-map.compare.fewer-errors', 'fewer errors'),
      ];
    case 'largest':
      return [
        t('traceatlas.service-map.compare.worse', 'slower or more errors'),
        t('traceatlas.service-map.compare.better', 'faster or fewer errors'),
      ];
    default:
      return [
        t('traceatlas.service-map.compare.slower', 'slower'),
        t('traceatlas.service-map.compare.faster', 'faster'),
      ];
  }
}

export function changePaint(comparison: GraphComparison, compared: ComparedStat): PaintStyle {
  const { servicesById, callsById } = comparison;
  const told = (change: Change | undefined): [ChangedStat, Change] | undefined => {
    const stat = change?.presence === 'both' ? shownStat(change, compared) : undefined;
    return stat && change && [stat, change];
  };
  return {
    kind: 'change',
    ofService: ({ id }) => changeTone(servicesById.get(id), compared),
    ofCall: ({ id }) => changeTone(callsById.get(id), compared),
    ofServices: (services) => loudest(services.map(({ id }) => changeTone(servicesById.get(id), compared))),
    ofCalls: (calls) => loudest(calls.map(({ id }) => changeTone(callsById.get(id), compared))),
    ringOf({ id }) {
      const change = servicesById.get(id);
      if (!change || changeTone(change, compared) === 'unknown') {
        return undefined;
      }
      if (change.presence !== 'both') {
        return 1;
      }
      const stat = shownStat(change, compared);
      const size = stat ? Math.abs(change.stats[stat].size) : 0;
      return size < VISIBLE_SIZE ? 0 : Math.min(1, size / FULL_RING);
    },
    badgeOf(_, id) {
      const change = servicesById.get(id) ?? callsById.get(id);
      const found = told(change);
      return (change && presenceText(change)) ?? (found && changeText(found[0], found[1].stats[found[0]]));
    },
    textOf(id) {
      const found = told(servicesById.get(id) ?? callsById.get(id));
      return found && beforeToNow(found[0], found[1].stats[found[0]]);
    },
    legend: () => legendOf(compared),
  };
}

/** The compared graph for drawing: what is gone is in it again, and everything says what it was before. */
export function changedGraph(
  { union, servicesById, callsById }: GraphComparison,
  compared: ComparedStat
): ServiceGraph {
  const told = <T extends Service | ServiceCall>(item: T, change: Change | undefined): T =>
    change ? { ...item, details: [...changeDetails(change, compared), ...(item.details ?? [])] } : item;
  return {
    ...union,
    services: union.services.map((service) => told(service, servicesById.get(service.id))),
    calls: union.calls.map((call) => told(call, callsById.get(call.id))),
  };
}
