/** Parts of an SVG document as text, https://www.w3.org/TR/SVG11/ */
import { colorManipulator } from '@grafana/data';
import { type Pen } from '../model/curves';
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
export class SvgPath implements Pen {
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

  /** Clockwise, by radians */
  arc(x: number, y: number, radius: number, from: number, to: number) {
    const at = (angle: number) => [x + radius * Math.cos(angle), y + radius * Math.sin(angle)] as const;
    this.lineTo(...at(from));
    // A whole turn needs two arcs, as one would begin where it ends.
    for (const angle of [(from + to) / 2, to]) {
      this.add('A', radius, radius, 0, 0, 1, ...at(angle));
    }
  }

  private add(command: string, ...numbers: number[]) {
    this.parts.push(command, numbers.map((number) => String(Math.round(number * 10) / 10)).join(' '));
  }
}
