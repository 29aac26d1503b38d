/** What is shown, as files of several formats. */
import { toDot } from '../../../servicegraph/export/dot';
import { toJson } from '../../../servicegraph/export/json';
import { MERMAID_CALLS, toMermaid } from '../../../servicegraph/export/mermaid';
import { type ServiceGraph } from '../../../servicegraph/model';
import { runInSlices } from '../../../trace/steps';
import { saveFile } from '../../shared/save-file';
import { type Scene } from '../drawing/draw-map';
import { copyImage } from './copy-image';
import { exportName, type ExportedRange } from './export-name';
import { mapPng } from './map-png';
import { mapSvgSteps } from './map-svg';

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

export interface ExportResult {
  to: 'file' | 'clipboard';
  /** Of a bitmap that had no room for the scale that was wished: the one it has, 1 for well readable text */
  scale?: number;
  /** More calls than whoever reads the format draws without being told to */
  manyCalls?: number;
}

/** What a bitmap lacks of the scale that was wished; rounding is no loss. */
function lessThan(wished: number, scale: number): Pick<ExportResult, 'scale'> {
  return scale < 0.99 * wished ? { scale } : {};
}

/** What cannot be copied is saved. @throws where the browser cannot make the picture */
export async function exportMap(format: ExportFormat, { graph, scene, range, title }: Exported): Promise<ExportResult> {
  const save = (extension: string, type: string, content: BlobPart[]) => {
    saveFile(exportName('', extension, range), new Blob(content, { type: `${type};charset=utf-8` }));
    return { to: 'file' } as const;
  };
  switch (format) {
    case 'copy': {
      const { image, scale } = mapPng(scene, SCALES.png2);
      const less = lessThan(SCALES.png2, scale);
      if (await copyImage(image)) {
        return { to: 'clipboard', ...less };
      }
      saveFile(exportName('', 'png', range), await image);
      return { to: 'file', ...less };
    }
    case 'svg':
      return save('svg', 'image/svg+xml', await runInSlices(mapSvgSteps(scene, { title, measurer: measurer() })));
    case 'json':
      return save('json', 'application/json', [toJson(graph, range)]);
    case 'dot':
      return save('dot', 'text/vnd.graphviz', [toDot(graph)]);
    case 'mermaid': {
      const { calls } = graph;
      return {
        ...save('mmd', 'text/vnd.mermaid', [toMermaid(graph)]),
        ...(calls.length > MERMAID_CALLS ? { manyCalls: calls.length } : {}),
      };
    }
    default: {
      const { image, scale } = mapPng(scene, SCALES[format]);
      saveFile(exportName('', 'png', range), await image);
      return { to: 'file', ...lessThan(SCALES[format], scale) };
    }
  }
}
