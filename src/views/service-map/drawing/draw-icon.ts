import { type ServiceKind } from '../../../servicegraph/model';

/** Icons of about 14 px around 0, 0, as the `d` of a path of an SVG (https://www.w3.org/TR/SVG11/paths.html) */
export const ICONS: Record<ServiceKind, string> = {
  service: 'M0-7L6.06-3.5V3.5L0 7-6.06 3.5V-3.5ZM-6.06-3.5L0 0 6.06-3.5M0 0V7',
  user: 'M3.4-3.2A3.4 3.4 0 1 1-3.4-3.2 3.4 3.4 0 1 1 3.4-3.2M-6.2 6.4C-6 .6 6 .6 6.2 6.4',
  database: 'M6-4.6A6 2.3 0 1 1-6-4.6 6 2.3 0 1 1 6-4.6M-6-4.6V4.6A6 2.3 0 0 0 6 4.6V-4.6M-6 0A6 2.3 0 0 0 6 0',
  messaging: 'M-6.5-7H2V-4H-6.5ZM-6.5-2H2V1H-6.5ZM-6.5 3H2V6H-6.5ZM4.5-3L7.5 0 4.5 3',
  external: 'M7 0A7 7 0 1 1-7 0 7 7 0 1 1 7 0M3 0A3 7 0 1 1-3 0 3 7 0 1 1 3 0M-7 0H7',
};

const paths = new Map<ServiceKind, Path2D>();

/** Where the pen is */
export function drawIcon(ctx: CanvasRenderingContext2D, kind: ServiceKind, colour: string) {
  const path = paths.get(kind) ?? new Path2D(ICONS[kind]);
  paths.set(kind, path);
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1.3;
  ctx.lineJoin = 'round';
  ctx.stroke(path);
}
