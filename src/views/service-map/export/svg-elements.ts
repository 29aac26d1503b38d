/** Parts of an SVG document as text, https://www.w3.org/TR/SVG11/ */
import { colorManipulator } from '@grafana/data';
import { type IconPen } from '../drawing/draw-icon';
import { type Rect } from '../viewport/viewport';

/** Also drops what XML 1.0 has no way to write: most control characters and halves of surrogate pairs. */
export function escapeXml(text: string): string {
  return text
    .replace(
      /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
      '\ufffd'
    )
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;');
}

type Attributes = Record<string, string | number | undefined>;

function written(value: string | number): string {
  return typeof value === 'number' ? String(Math.round(value * 100) / 100) : escapeXml(value);
}

function listOf(attributes: Attributes): string {
  return Object.entries(attributes)
    .flatMap(([key, value]) => (value === undefined ? [] : [` ${key}="${written(value)}"`]))
    .join('');
}

export function element(name: string, attributes: Attributes, content = ''): string {
  const list = listOf(attributes);
  return content === '' ? `<${name}${list}/>` : `<${name}${list}>${content}</${name}>`;
}

/** The beginning of an element whose content follows */
export function opening(name: string, attributes: Attributes): string {
  return `<${name}${listOf(attributes)}>`;
}

/** Colour and opacity apart: not every reader of SVG knows rgba(). */
export function colour(of: 'fill' | 'stroke', value: string): Attributes {
  const [red, green, blue, alpha = 1] = colorManipulator.decomposeColor(value).values;
  return { [of]: `rgb(${red},${green},${blue})`, ...(alpha < 1 ? { [`${of}-opacity`]: alpha } : {}) };
}

export function rect({ x, y, width, height }: Rect, radius: number, attributes: Attributes): string {
  return element('rect', { x, y, width, height, rx: radius, ...attributes });
}

export function text(x: number, y: number, content: string, attributes: Attributes): string {
  return element('text', { x, y, ...attributes }, escapeXml(content));
}

/** Writes what a pen draws as the `d` of a path. */
export class SvgPath implements IconPen {
  private readonly parts: string[] = [];

  get d(): string {
    return this.parts.join('');
  }

  moveTo(x: number, y: number) {
    this.add('M', x, y);
  }

  lineTo(x: number, y: number) {
    this.add(this.parts.length === 0 ? 'M' : 'L', x, y);
  }

  bezierCurveTo(ax: number, ay: number, bx: number, by: number, x: number, y: number) {
    this.add('C', ax, ay, bx, by, x, y);
  }

  closePath() {
    this.parts.push('Z');
  }

  rect(x: number, y: number, width: number, height: number) {
    this.moveTo(x, y);
    this.lineTo(x + width, y);
    this.lineTo(x + width, y + height);
    this.lineTo(x, y + height);
    this.closePath();
  }

  arc(x: number, y: number, radius: number, from: number, to: number, backwards = false) {
    this.ellipse(x, y, radius, radius, 0, from, to, backwards);
  }

  ellipse(x: number, y: number, rx: number, ry: number, rotation: number, from: number, to: number, backwards = false) {
    // The angle to go, in the direction of the pen; a whole turn needs two arcs, as one would begin where it ends.
    const turn = 2 * Math.PI;
    const span = Math.abs(to - from) >= turn ? turn : (((backwards ? from - to : to - from) % turn) + turn) % turn;
    const at = (angle: number) => {
      const [cx, cy] = [rx * Math.cos(angle), ry * Math.sin(angle)];
      return [
        x + cx * Math.cos(rotation) - cy * Math.sin(rotation),
        y + cx * Math.sin(rotation) + cy * Math.cos(rotation),
      ];
    };
    const sign = backwards ? -1 : 1;
    const [startX, startY] = at(from);
    this.lineTo(startX, startY);
    for (const angle of [from + (sign * span) / 2, from + sign * span]) {
      this.add('A', rx, ry, (rotation * 180) / Math.PI, 0, backwards ? 0 : 1, ...at(angle));
    }
  }

  private add(command: string, ...numbers: number[]) {
    this.parts.push(command, numbers.map((number) => String(Math.round(number * 10) / 10)).join(' '));
  }
}
