import {
  FieldColorModeId,
  FieldConfigProperty,
  identityOverrideProcessor,
  type SetFieldConfigOptionsArgs,
} from '@grafana/data';
import {
  AxisColorMode,
  AxisPlacement,
  BarAlignment,
  GraphDrawStyle,
  type GraphFieldConfig,
  GraphGradientMode,
  GraphThresholdsStyleMode,
  LineInterpolation,
  ScaleDistribution,
  StackingMode,
  VisibilityMode,
} from '@grafana/schema';

/** The field options of Grafana's time series panel with its defaults. */
const GRAPH_DEFAULTS: GraphFieldConfig = {
  drawStyle: GraphDrawStyle.Line,
  lineInterpolation: LineInterpolation.Linear,
  barAlignment: BarAlignment.Center,
  barWidthFactor: 0.6,
  lineWidth: 1,
  fillOpacity: 0,
  gradientMode: GraphGradientMode.None,
  spanNulls: false,
  showPoints: VisibilityMode.Auto,
  pointSize: 5,
  stacking: { mode: StackingMode.None, group: 'A' },
  axisPlacement: AxisPlacement.Auto,
  axisLabel: '',
  axisColorMode: AxisColorMode.Text,
  axisBorderShow: false,
  axisCenteredZero: false,
  scaleDistribution: { type: ScaleDistribution.Linear },
  hideFrom: { legend: false, tooltip: false, viz: false },
  thresholdsStyle: { mode: GraphThresholdsStyleMode.Off },
};
const WITHOUT_DEFAULT = [
  'lineStyle',
  'lineColor',
  'axisSoftMin',
  'axisSoftMax',
  'axisWidth',
  'axisGridShow',
  'fillBelowTo',
  'transform',
];

/** Registers the options, so that dashboards and scenes can set them; there are no editors to draw. */
export const graphFieldConfig: SetFieldConfigOptionsArgs<GraphFieldConfig> = {
  standardOptions: {
    [FieldConfigProperty.Color]: {
      settings: { byValueSupport: true, bySeriesSupport: true, preferThresholdsMode: false },
      defaultValue: { mode: FieldColorModeId.PaletteClassic },
    },
  },
  useCustomConfig: (builder) => {
    const defaults = new Map<string, unknown>(Object.entries(GRAPH_DEFAULTS));
    for (const path of [...defaults.keys(), ...WITHOUT_DEFAULT]) {
      builder.addCustomEditor({
        id: path,
        path,
        name: path,
        defaultValue: defaults.get(path),
        editor: () => null,
        override: () => null,
        process: identityOverrideProcessor,
        shouldApply: () => true,
      });
    }
  },
};
