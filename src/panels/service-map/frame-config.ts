/** What the field config of the frames says beside the panel's own: units, and thresholds of single fields. */
import { createTheme, type DataFrame, type Field, getDisplayProcessor } from '@grafana/data';
import { secondsPerUnit } from '../../servicegraph/frame-units';
import { FAILED_STAT_UNIT } from '../../servicegraph/to-frames';
import { type LatencyKey } from '../../views/service-map/format-stats';
import { type ColorBy, type StatUnits, type ThresholdsOfField } from './options';

const theme = createTheme();

function named(frame: DataFrame, name: string): Field | undefined {
  return frame.fields.find((field) => field.name.toLowerCase() === name);
}

function isEdges(frame: DataFrame): boolean {
  return named(frame, 'source') !== undefined;
}

function withUnit(field: Field, unit: string | undefined): Field {
  if (!unit) {
    return field;
  }
  const changed = { ...field, config: { ...field.config, unit } };
  return { ...changed, display: getDisplayProcessor({ field: changed, theme }) };
}

/** The frames with the units of the panel's options; the same array when there are none. */
export function withUnits(frames: DataFrame[], units: StatUnits = {}): DataFrame[] {
  if (Object.values(units).every((unit) => !unit)) {
    return frames;
  }
  return frames.map((frame) => {
    const [main, secondary] = isEdges(frame)
      ? [units.edgesMain, units.edgesSecondary]
      : [units.nodesMain, units.nodesSecondary];
    const unitOf: Record<string, string | undefined> = { mainstat: main, secondarystat: secondary };
    return { ...frame, fields: frame.fields.map((field) => withUnit(field, unitOf[field.name.toLowerCase()])) };
  });
}

const FAILED_FIELDS = ['detail__errors', 'arc__failed', 'arc__errors', 'arc__error'];

/** Per cent for each 1 of the field */
function percentPerUnit({ config: { unit } }: Field): number {
  return unit === FAILED_STAT_UNIT || unit === 'percent' ? 1 : 100;
}

function ofField(field: Field, factor: number | undefined): ThresholdsOfField[] {
  const { thresholds } = field.config;
  return thresholds && factor !== undefined ? [{ thresholds, factor }] : [];
}

/** Thresholds of the fields that may tell the number that services are coloured by, the nodes' before the edges'. */
export function thresholdsOf(frames: readonly DataFrame[], colorBy: ColorBy, latency: LatencyKey): ThresholdsOfField[] {
  const inOrder = [...frames].sort((a, b) => Number(isEdges(a)) - Number(isEdges(b)));
  const names = colorBy === 'errors' ? FAILED_FIELDS : [`detail__${latency}`, 'mainstat', 'secondarystat'];
  return inOrder.flatMap((frame) =>
    names.flatMap((name) => {
      const field = named(frame, name);
      if (!field) {
        return [];
      }
      const seconds = secondsPerUnit(field.config.unit);
      return ofField(field, colorBy === 'errors' ? percentPerUnit(field) : seconds && seconds * 1000);
    })
  );
}
