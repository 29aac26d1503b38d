import { type GrafanaTheme2 } from '@grafana/data';
import { type Tone } from './paint-style';

/** Every colour and font of the map, from the theme. */
export interface Palette {
  background: string;
  card: string;
  cardBorder: string;
  /** A service from far away */
  spot: string;
  group: string;
  groupBorder: string;
  text: string;
  textSecondary: string;
  /** What a tone fills, and text on that */
  tone: Record<Tone, string>;
  textOnTone: Record<Tone, string>;
  /** Text of a tone on the map or on a card */
  toneText: Record<Tone, string>;
  focus: string;
  match: string;
  edge: Record<Tone, string>;
  outgoing: string;
  incoming: string;
  trunk: string;
  fontFamily: string;
}

/** What the map lies on: a page or a panel. */
export type Surface = 'canvas' | 'primary';

/** Better and worse are blue and orange, which people who do not tell red from green tell apart. */
export function paletteOf(theme: GrafanaTheme2, surface: Surface): Palette {
  const { colors, visualization, typography } = theme;
  const quiet = colors.border.strong;
  return {
    background: colors.background[surface],
    card: theme.isDark ? colors.background.secondary : colors.background.primary,
    cardBorder: colors.border.medium,
    spot: colors.border.strong,
    group: colors.background[surface === 'canvas' ? 'primary' : 'canvas'],
    groupBorder: colors.border.weak,
    text: colors.text.primary,
    textSecondary: colors.text.secondary,
    textOnTone: {
      unknown: colors.text.primary,
      ok: colors.success.contrastText,
      warning: colors.warning.contrastText,
      critical: colors.error.contrastText,
      better: colors.info.contrastText,
      worse: colors.warning.contrastText,
      traffic: colors.background.canvas,
      added: colors.background.canvas,
      removed: colors.text.primary,
    },
    toneText: {
      unknown: colors.text.secondary,
      ok: colors.text.secondary,
      warning: colors.warning.text,
      critical: colors.error.text,
      better: colors.info.text,
      worse: colors.warning.text,
      traffic: visualization.getColorByName('purple'),
      added: colors.text.primary,
      removed: colors.text.secondary,
    },
    focus: colors.primary.border,
    match: colors.warning.border,
    edge: {
      unknown: quiet,
      ok: quiet,
      warning: colors.warning.main,
      critical: colors.error.main,
      better: colors.info.border,
      worse: colors.warning.main,
      traffic: visualization.getColorByName('purple'),
      added: colors.text.primary,
      removed: colors.text.disabled,
    },
    tone: {
      unknown: colors.border.strong,
      ok: colors.success.main,
      warning: colors.warning.main,
      critical: colors.error.main,
      better: colors.info.main,
      worse: colors.warning.main,
      traffic: visualization.getColorByName('purple'),
      added: colors.text.primary,
      removed: colors.text.disabled,
    },
    outgoing: visualization.getColorByName('blue'),
    incoming: visualization.getColorByName('purple'),
    trunk: colors.border.medium,
    fontFamily: typography.fontFamily,
  };
}
