import { useCallback, useEffect, useRef } from 'react';
import { useTheme2 } from '@grafana/ui';
import { t } from '../../../i18n/translate';
import { type ServiceGraph } from '../../../servicegraph/model';
import { type CallLabel } from '../drawing/draw-view';
import { foldedMap } from '../model/folded-map';
import { type LatencyKey } from '../format-stats';
import { kindNames } from '../kind-names';
import { type MapModel } from '../model/map-types';
import { foldedIds, type MapState } from '../map-state';
import { type PaintStyle } from '../drawing/paint-style';
import { paletteOf, type Surface } from '../drawing/palette';
import { type RateSize } from '../drawing/rate-size';
import { type ExportFormat, type ExportResult } from './export-map';
import { type ExportedRange } from './export-name';

interface ExportSource {
  /** What is shown: with everything hidden left out */
  graph: ServiceGraph;
  model?: MapModel;
  state: MapState;
  matches: ReadonlySet<string>;
  surface: Surface;
  latency: LatencyKey;
  paint: PaintStyle;
  callLabel?: CallLabel;
  sizeOf?: RateSize;
  range?: ExportedRange;
}

/** Exports what is shown at the moment; the code for it is loaded when it is first needed. */
export function useExport(source: ExportSource): (format: ExportFormat) => Promise<ExportResult> {
  const theme = useTheme2();
  const latest = useRef(source);
  useEffect(() => {
    latest.current = source;
  });
  return useCallback(
    async (format) => {
      const { graph, model, state, matches, surface, latency, paint, callLabel, sizeOf, range } = latest.current;
      const { exportMap } = await import('./export-map');
      if (!model) {
        throw new Error('nothing is drawn yet');
      }
      const scene = {
        map: foldedMap(model, foldedIds(state, model.remainderIds)),
        palette: paletteOf(theme, surface),
        latency,
        paint,
        callLabel,
        sizeOf,
        kindNames: kindNames(),
        matches,
        pinned: new Set<string>(),
      };
      return exportMap(format, { graph, scene, range, title: t('traceatlas.service-map.canvas-label', 'Service map') });
    },
    [theme]
  );
}
