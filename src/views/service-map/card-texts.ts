/** What is written on a card of the natural size, and where. */
import { type CardStyle } from './card-style';
import { fitName, fitText, type TextMeasurer } from './fit-text';
import { formatLatency, formatRate } from './format-stats';
import { type MapNode } from './map-types';
import { loudnessOf } from './paint-style';
import { type Palette } from './palette';
import { textWidth } from './text-width';
import { type Rect } from './viewport';

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

/** The second line of a card */
export function statsText({ service }: MapNode, { latency, kindNames, paint }: CardStyle): string {
  const { stats, details } = service;
  const told = paint.textOf?.(service.id);
  if (told !== undefined) {
    return told;
  }
  const known = [formatRate(stats.rate), formatLatency(stats[latency] ?? stats.mean)].filter(Boolean);
  if (known.length > 0) {
    return known.join(' · ');
  }
  return (
    details
      ?.slice(0, 2)
      .map(({ text }) => text)
      .join(' · ') || kindNames[service.kind]
  );
}

/** The badge stands beside the name, or beside the numbers where the name needs its whole line. */
export function cardTexts(pen: TextMeasurer, node: MapNode, style: CardStyle): CardTexts {
  const { palette, paint } = style;
  const { card, service, tone } = node;
  const fonts = cardFonts(palette);
  const room = card.width - CARD_TEXT.left - PADDING;
  const title = service.name.replace(/\s+/g, ' ');
  const fittedStats = (width: number) => {
    pen.font = fonts.stats;
    return fitText(pen, statsText(node, style).replace(/\s+/g, ' '), width);
  };
  const text = loudnessOf(tone) > 0 ? paint.badgeOf(service.stats, service.id) : undefined;
  if (!text) {
    return { name: fitName(pen, palette.fontFamily, title, room), stats: fittedStats(room) };
  }
  pen.font = fonts.badge;
  const width = textWidth(pen, text) + 2 * BADGE.padding;
  const left = room - width - BADGE.gap;
  const beside = fitName(pen, palette.fontFamily, title, left);
  const isBesideName = beside.text === title && beside.size >= LEAST_LETTERS;
  const box = {
    x: card.x + card.width - PADDING - width + BADGE.outside,
    y: card.y + (isBesideName ? BADGE.beside.name : BADGE.beside.stats),
    width,
    height: BADGE.height,
  };
  return isBesideName
    ? { name: beside, stats: fittedStats(room), badge: { text, box } }
    : { name: fitName(pen, palette.fontFamily, title, room), stats: fittedStats(left), badge: { text, box } };
}

/** Where the badge's letters begin: left end and base line */
export function badgeStart({ x, y }: Rect): { x: number; y: number } {
  return { x: x + BADGE.padding, y: y + 12.5 };
}
