import { type PanelDataSummary, type VisualizationSuggestion, VisualizationSuggestionScore } from '@grafana/data';
import { type ServiceMapPanelOptions } from './options';

/**
 * Where Grafana asks panels what they are good for (since 12.4): edges between nodes are drawn by this panel, whatever data
 * source they are from. Many of them are drawn by nothing else.
 */
export function suggestions({ rawFrames = [] }: Pick<PanelDataSummary, 'rawFrames'>) {
  const hasFields = (wanted: readonly string[]) => (frame: (typeof rawFrames)[number]) => {
    const names = new Set(frame.fields.map(({ name }) => name.toLowerCase()));
    return frame.length > 0 && wanted.every((name) => names.has(name));
  };
  if (!rawFrames.some(hasFields(['source', 'target']))) {
    return undefined;
  }
  const hasNodes = rawFrames.some(hasFields(['id', 'title']));
  const suggestion: VisualizationSuggestion<ServiceMapPanelOptions> = {
    score: hasNodes ? VisualizationSuggestionScore.Best : VisualizationSuggestionScore.Good,
    cardOptions: {
      // The small picture has room for the services only.
      previewModifier: (preview) => {
        preview.options = {
          ...preview.options,
          showToolbar: false,
          showLegend: false,
          showControls: false,
          showMiniMap: false,
        };
      },
    },
  };
  return [suggestion];
}
