/** What is written on a card of the natural size, and where. */
import { type CardStyle } from './card-style';
import { fitName, fitText, type TextMeasurer } from './fit-text';
import { formatLatency, formatRate } from '../format-stats';
import { type MapNode } from '../model/map-types';
import { loudnessOf } from './paint-style';
import { type Palette } from './palette';
import { textWidth } from './text-width';
import { type Rect } from '../viewport/viewport';

/** px from the card's corner: left ends and base lines of texts */
export const CARD_TEXT = { left: 52, name: 24, stats: 43 } as const;
const PADDING = 10;
const BADGE = { height: 17, padding: 5, gap: 4, outside: 2, beside: { name: 10, stats: 30 } } as const;
/** px of letters that a name has at least beside a badge; one that needs smaller ones has its line for itself. */
const LEAST_LETTERS = 11;

export const cardFonts = ({ fontFamily }: Palette) => ({
  badge: `600 11px ${fontFamily}`,
  stats: `400 11.5px ${fontFamily}`,
});

export interface CardTexts {
  name: { text: string; size: number };
  stats: string;
  /** `box` in the world */
  badge?: { text: string; box: Rect };
}

/** The second line of a card in parts, the most important first */
function statsParts({ service }: MapNode, { latency, kindNames, paint }: CardStyle): string[] {
  const { stats, details } = service;
  const told = paint.textOf?.(service.id);
  if (told !== undefined) {
    return [told];
  }
  const known = [formatRate(stats.rate), formatLatency(stats[latency] ?? stats.mean)].filter(
    (part) => part !== undefined
  );
  const texts = known.length > 0 ? known : (details ?? []).slice(0, 2).map(({ text }) => text);
  return texts.length > 0 ? texts : [kindNames[service.kind]];
}

/** As many parts as there is room for; words may be cut, but half a number would be another one. The pen has their font. */
function fitParts(pen: TextMeasurer, parts: readonly string[], room: number): { text: string; isWhole: boolean } {
  const text = parts.join(' · ').replace(/\s+/g, ' ');
  if (textWidth(pen, text) > room && parts.length > 1) {
    return { ...fitParts(pen, parts.slice(0, -1), room), isWhole: false };
  }
  const fitted = fitText(pen, text, room);
  const isWhole = fitted === text;
  return { text: isWhole || !/\d/.test(text) ? fitted : '', isWhole };
}

/** The badge stands beside the name, or beside the numbers where that leaves more of both to be read. */
export function cardTexts(pen: TextMeasurer, node: MapNode, style: CardStyle): CardTexts {
  const { palette, paint } = style;
  const { card, service, tone } = node;
  const fonts = cardFonts(palette);
  const room = card.width - CARD_TEXT.left - PADDING;
  const title = service.name.replace(/\s+/g, ' ');
  const parts = statsParts(node, style);
  const statsIn = (width: number) => {
    pen.font = fonts.stats;
    return fitParts(pen, parts, width);
  };
  const text = loudnessOf(tone) > 0 ? paint.badgeOf(service.stats, service.id) : undefined;
  if (!text) {
    return { name: fitName(pen, palette.fontFamily, title, room), stats: statsIn(room).text };
  }
  pen.font = fonts.badge;
  const width = textWidth(pen, text) + 2 * BADGE.padding;
  const left = room - width - BADGE.gap;
  const beside = fitName(pen, palette.fontFamily, title, left);
  const below = statsIn(left);
  const isBesideName = beside.text === title && (beside.size >= LEAST_LETTERS || !below.isWhole);
  const box = {
    x: card.x + card.width - PADDING - width + BADGE.outside,
    y: card.y + (isBesideName ? BADGE.beside.name : BADGE.beside.stats),
    width,
    height: BADGE.height,
  };
  return isBesideName
    ? { name: beside, stats: statsIn(room).text, badge: { text, box } }
    : { name: fitName(pen, palette.fontFamily, title, room), stats: below.text, badge: { text, box } };
}

/** Where the badge's letters begin: left end and base line */
export function badgeStart({ x, y }: Rect): { x: number; y: number } {
  return { x: x + BADGE.padding, y: y + 12.5 };
}
