/** What became of an export, for people; '' where the file that appears says all. */
import { t } from '../../../i18n/translate';
import { MERMAID_CALLS } from '../../../servicegraph/export/mermaid';
import { type ExportFormat, type ExportResult } from './export-map';

/** Scale from which on names can be read */
const READABLE = 0.5;

export function workingText(): string {
  return t('traceatlas.service-map.export.working', 'Making the file…');
}

function scaleText(scale: number): string {
  if (scale >= 1) {
    return t('traceatlas.service-map.export.less-sharp', '{{scale}} times as sharp: a bitmap has no room for more', {
      scale: Number(scale.toFixed(1)),
    });
  }
  const percent = Math.max(1, Math.round(scale * 100));
  return scale >= READABLE
    ? t('traceatlas.service-map.export.smaller', '{{percent}}% of its size: a bitmap has no room for more', { percent })
    : t(
        'traceatlas.service-map.export.too-small',
        '{{percent}}% of its size, as a bitmap has no room for more: take SVG for readable names',
        { percent }
      );
}

export function resultText(format: ExportFormat, { to, scale, manyCalls }: ExportResult): string {
  const place =
    to === 'clipboard'
      ? t('traceatlas.service-map.export.copied', 'Copied')
      : format === 'copy'
        ? t('traceatlas.service-map.export.not-copied', 'No clipboard for images here: saved as a file')
        : '';
  const less = scale === undefined ? '' : scaleText(scale);
  const many =
    manyCalls === undefined
      ? ''
      : t(
          'traceatlas.service-map.export.mermaid-limit',
          'Mermaid draws {{most}} calls and no more unless its maxEdges and maxTextSize are raised',
          { most: MERMAID_CALLS }
        );
  return [place, less, many].filter((text) => text !== '').join('. ');
}

export function failedText(format: ExportFormat): string {
  switch (format) {
    case 'svg':
    case 'json':
    case 'dot':
    case 'mermaid':
      return t(
        'traceatlas.service-map.export.no-memory',
        'The browser could not make this file. Show less of the map, and try again'
      );
    default:
      return t('traceatlas.service-map.export.failed', 'The map is too large for this format; try SVG');
  }
}
