/** What cards of several zooms have in common. */
import { type CardStyle } from './card-style';
import { drawIcon } from './draw-icon';
import { formatLatency, formatRate } from '../format-stats';
import { failedText, latencyName } from '../kind-names';
import { type MapNode } from '../model/map-types';
import { RING_DASH, ringParts, ringRadius } from './ring-parts';
import { type Point } from '../viewport/viewport';

export { type CardStyle } from './card-style';

const RING = { x: 27, width: 3 } as const;

/** Ring and icon. @param scale 1 for their natural size */
export function drawEmblem(
  ctx: CanvasRenderingContext2D,
  node: MapNode,
  style: CardStyle,
  { x, y }: Point = { x: node.card.x + RING.x, y: node.card.y + node.card.height / 2 },
  scale = 1
) {
  const top = -Math.PI / 2;
  const radius = ringRadius(node, style.sizeOf);
  ctx.save();
  ctx.translate(x, y);
  ctx.scale(scale, scale);
  ctx.lineWidth = RING.width;
  for (const { from, to, colour, dashed } of ringParts(node, style)) {
    ctx.beginPath();
    ctx.arc(0, 0, radius, top + from * 2 * Math.PI, top + to * 2 * Math.PI);
    ctx.setLineDash(dashed ? RING_DASH : []);
    ctx.strokeStyle = colour;
    ctx.stroke();
  }
  ctx.setLineDash([]);
  drawIcon(ctx, node.service.kind, style.palette.textSecondary);
  ctx.restore();
}

/** What is known of a service: kind and namespace, numbers, percentiles, more; lines without anything are left out */
export function detailLines(service: MapNode['service'], { kindNames }: CardStyle): string[] {
  const { stats, details = [] } = service;
  const latencies = (['p50', 'p95', 'p99'] as const).flatMap((key) => {
    const text = formatLatency(stats[key]);
    return text ? [`${key} ${text}`] : [];
  });
  const mean = formatLatency(stats.mean);
  return [
    [kindNames[service.kind], service.namespace],
    [formatRate(stats.rate), failedText(stats), mean && `${latencyName('mean')} ${mean}`],
    latencies,
    details.slice(0, 3).map(({ label, text }) => `${label} ${text}`),
  ]
    .map((parts) => parts.filter(Boolean).join(' · '))
    .filter((line) => line !== '');
}
