import { type ServiceKind } from '../../../servicegraph/model';
import { type Point } from '../viewport/viewport';

/** What a canvas has, and a path of an SVG can do as well */
export type IconPen = Pick<
  CanvasRenderingContext2D,
  'moveTo' | 'lineTo' | 'bezierCurveTo' | 'closePath' | 'arc' | 'ellipse' | 'rect'
>;
type Draw = (ctx: IconPen, x: number, y: number) => void;

/** Icons of about 14 px around their centre, drawn with the current stroke. */
const ICONS: Record<ServiceKind, Draw> = {
  service(ctx, x, y) {
    for (let corner = 0; corner < 6; corner++) {
      const angle = (Math.PI / 3) * corner - Math.PI / 2;
      const [px, py] = [x + 7 * Math.cos(angle), y + 7 * Math.sin(angle)];
      if (corner === 0) {
        ctx.moveTo(px, py);
      } else {
        ctx.lineTo(px, py);
      }
    }
    ctx.closePath();
    ctx.moveTo(x - 6.06, y - 3.5);
    ctx.lineTo(x, y);
    ctx.lineTo(x + 6.06, y - 3.5);
    ctx.moveTo(x, y);
    ctx.lineTo(x, y + 7);
  },
  user(ctx, x, y) {
    ctx.moveTo(x + 3.4, y - 3.2);
    ctx.arc(x, y - 3.2, 3.4, 0, 2 * Math.PI);
    ctx.moveTo(x - 6.2, y + 6.4);
    ctx.bezierCurveTo(x - 6, y + 0.6, x + 6, y + 0.6, x + 6.2, y + 6.4);
  },
  database(ctx, x, y) {
    ctx.ellipse(x, y - 4.6, 6, 2.3, 0, 0, 2 * Math.PI);
    ctx.moveTo(x - 6, y - 4.6);
    ctx.lineTo(x - 6, y + 4.6);
    ctx.ellipse(x, y + 4.6, 6, 2.3, 0, Math.PI, 0, true);
    ctx.lineTo(x + 6, y - 4.6);
    ctx.moveTo(x - 6, y);
    ctx.ellipse(x, y, 6, 2.3, 0, Math.PI, 0, true);
  },
  messaging(ctx, x, y) {
    for (const offset of [-5.5, -0.5, 4.5]) {
      ctx.rect(x - 6.5, y + offset - 1.5, 8.5, 3);
    }
    ctx.moveTo(x + 4.5, y - 3);
    ctx.lineTo(x + 7.5, y);
    ctx.lineTo(x + 4.5, y + 3);
  },
  external(ctx, x, y) {
    ctx.moveTo(x + 7, y);
    ctx.arc(x, y, 7, 0, 2 * Math.PI);
    ctx.moveTo(x + 3, y);
    ctx.ellipse(x, y, 3, 7, 0, 0, 2 * Math.PI);
    ctx.moveTo(x - 7, y);
    ctx.lineTo(x + 7, y);
  },
};

export function traceIcon(pen: IconPen, kind: ServiceKind, { x, y }: Point) {
  ICONS[kind](pen, x, y);
}

export function drawIcon(ctx: CanvasRenderingContext2D, kind: ServiceKind, { x, y }: Point, colour: string) {
  ctx.beginPath();
  ICONS[kind](ctx, x, y);
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1.3;
  ctx.lineJoin = 'round';
  ctx.stroke();
}
