/** What is shown, as files of several formats. */
import { toDot } from '../../../servicegraph/export/dot';
import { toJson } from '../../../servicegraph/export/json';
import { toMermaid } from '../../../servicegraph/export/mermaid';
import { type ServiceGraph } from '../../../servicegraph/model';
import { saveFile } from '../../trace/save-file';
import { type Scene } from '../draw-map';
import { copyImage } from './copy-image';
import { exportName, type ExportedRange } from './export-name';
import { mapPng } from './map-png';
import { mapSvg } from './map-svg';

export type ExportFormat = 'png' | 'png2' | 'png4' | 'svg' | 'json' | 'dot' | 'mermaid' | 'copy';

export interface Exported {
  graph: ServiceGraph;
  /** The picture of it */
  scene: Scene;
  range?: ExportedRange;
  title: string;
}

const SCALES = { png: 1, png2: 2, png4: 4 } as const;

/** Where there is no canvas to measure with, letters are taken for middling. */
function measurer() {
  return (
    document.createElement('canvas').getContext('2d') ?? {
      font: '',
      measureText: (text: string) => ({ width: 7 * text.length }),
    }
  );
}

/** @returns 'saved' as a file, or 'copied' to the clipboard; what cannot be copied is saved */
export async function exportMap(format: ExportFormat, { graph, scene, range, title }: Exported) {
  const save = (extension: string, type: string, content: string) =>
    saveFile(exportName('', extension, range), new Blob([content], { type: `${type};charset=utf-8` }));
  switch (format) {
    case 'copy': {
      const image = mapPng(scene, SCALES.png2);
      if (await copyImage(image)) {
        return 'copied';
      }
      saveFile(exportName('', 'png', range), await image);
      return 'saved';
    }
    case 'svg':
      save('svg', 'image/svg+xml', mapSvg(scene, { title, measurer: measurer() }));
      return 'saved';
    case 'json':
      save('json', 'application/json', toJson(graph, range));
      return 'saved';
    case 'dot':
      save('dot', 'text/vnd.graphviz', toDot(graph));
      return 'saved';
    case 'mermaid':
      save('mmd', 'text/vnd.mermaid', toMermaid(graph));
      return 'saved';
    default:
      saveFile(exportName('', 'png', range), await mapPng(scene, SCALES[format]));
      return 'saved';
  }
}
