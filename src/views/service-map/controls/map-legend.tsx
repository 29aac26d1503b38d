import React, { memo } from 'react';
import { css, cx } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import { t } from '../../../i18n/translate';
import { testIds } from '../../../test-ids';
import { isBroken, type PaintStyle } from '../drawing/paint-style';
import { paletteOf, type Surface } from '../drawing/palette';

interface MapLegendProps {
  surface: Surface;
  paint: PaintStyle;
  /** Whether services are the larger the busier, and some without a rate the smallest */
  sizes?: 'all' | 'some';
  /** Only what the colours of services and calls mean, for want of room */
  isShort?: boolean;
}

/** What the colours, widths and sizes mean. */
export const MapLegend = memo(function MapLegend({ surface, paint, sizes, isShort = false }: MapLegendProps) {
  const styles = useStyles2(getStyles);
  const { tone, edge, outgoing, incoming } = paletteOf(useTheme2(), surface);
  const isChange = paint.kind === 'change';
  const entries = [
    ...paint.legend().map((entry) => ({
      colour: isChange && entry.tone === 'ok' ? edge.ok : tone[entry.tone],
      text: entry.text,
      isDashed: isBroken(entry.tone),
    })),
    // A comparison needs its colours for itself.
    ...(isChange || isShort
      ? []
      : [
          { colour: incoming, text: t('traceatlas.service-map.legend.incoming', 'calls received'), isDashed: false },
          { colour: outgoing, text: t('traceatlas.service-map.legend.outgoing', 'calls made'), isDashed: false },
        ]),
  ];
  return (
    <ul
      className={styles.legend}
      data-testid={testIds.serviceMap.legend}
      aria-label={t('traceatlas.service-map.legend.label', 'Legend')}
    >
      {entries.map(({ colour, text, isDashed }) => (
        <li key={text}>
          <span className={isDashed ? styles.dashes : styles.swatch} style={{ color: colour }} />
          {text}
        </li>
      ))}
      {!isShort && (
        <li>
          <span className={styles.wide} />
          {t('traceatlas.service-map.legend.width', 'width: request rate')}
        </li>
      )}
      {!isShort && sizes && (
        <li>
          <span className={styles.sizes}>
            <span className={styles.ring} style={{ width: 7, height: 7 }} />
            <span className={styles.ring} style={{ width: 14, height: 14 }} />
          </span>
          {t('traceatlas.service-map.legend.size', 'size: request rate')}
        </li>
      )}
      {!isShort && sizes === 'some' && (
        <li>
          <span className={cx(styles.ring, styles.unknown)} style={{ width: 9, height: 9 }} />
          {t('traceatlas.service-map.legend.no-rate', 'no rate known')}
        </li>
      )}
    </ul>
  );
});

function getStyles(theme: GrafanaTheme2) {
  return {
    legend: css({
      listStyle: 'none',
      margin: 0,
      padding: theme.spacing(0, 0.5),
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0.25, 2),
      color: theme.colors.text.secondary,
      fontSize: theme.typography.bodySmall.fontSize,
      li: { display: 'flex', alignItems: 'center', gap: theme.spacing(0.75), whiteSpace: 'nowrap' },
    }),
    swatch: css({ width: 12, height: 4, borderRadius: 2, background: 'currentcolor' }),
    dashes: css({ width: 14, borderTop: '2px dashed currentcolor' }),
    sizes: css({ display: 'inline-flex', alignItems: 'center', gap: 2 }),
    ring: css({ boxSizing: 'border-box', borderRadius: '50%', border: `2px solid ${theme.colors.text.disabled}` }),
    unknown: css({ borderStyle: 'dashed', borderWidth: 1 }),
    wide: css({
      width: 16,
      height: 8,
      clipPath: 'polygon(0 40%, 100% 0, 100% 100%, 0 60%)',
      background: theme.colors.text.disabled,
    }),
  };
}
