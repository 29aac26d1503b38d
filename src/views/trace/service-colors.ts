import { type GrafanaTheme2 } from '@grafana/data';

/** One colour for each service of a trace, by TraceTree.services' index; the palette begins again after its end. */
export function serviceColor(theme: GrafanaTheme2, serviceIndex: number): string {
  const { palette } = theme.visualization;
  return theme.visualization.getColorByName(palette[serviceIndex % palette.length]);
}
