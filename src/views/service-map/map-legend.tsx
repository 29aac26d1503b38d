import React from 'react';
import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import { t } from '../../i18n/translate';
import { testIds } from '../../test-ids';
import { type PaintStyle } from './paint-style';
import { paletteOf, type Surface } from './palette';

/** What the colours and widths mean. */
export function MapLegend({ surface, paint }: { surface: Surface; paint: PaintStyle }) {
  const styles = useStyles2(getStyles);
  const { tone, outgoing, incoming } = paletteOf(useTheme2(), surface);
  const entries = [
    ...paint.legend().map((entry) => ({ colour: tone[entry.tone], text: entry.text })),
    { colour: incoming, text: t('traceatlas.service-map.legend.incoming', 'calls received') },
    { colour: outgoing, text: t('traceatlas.service-map.legend.outgoing', 'calls made') },
  ];
  return (
    <ul
      className={styles.legend}
      data-testid={testIds.serviceMap.legend}
      aria-label={t('traceatlas.service-map.legend.label', 'Legend')}
    >
      {entries.map(({ colour, text }) => (
        <li key={text}>
          <span className={styles.swatch} style={{ background: colour }} />
          {text}
        </li>
      ))}
      <li>
        <span className={styles.wide} />
        {t('traceatlas.service-map.legend.width', 'width: request rate')}
      </li>
    </ul>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    legend: css({
      listStyle: 'none',
      margin: 0,
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0.25, 2),
      color: theme.colors.text.secondary,
      fontSize: theme.typography.bodySmall.fontSize,
      li: { display: 'flex', alignItems: 'center', gap: theme.spacing(0.75), whiteSpace: 'nowrap' },
    }),
    swatch: css({ width: 12, height: 4, borderRadius: 2 }),
    wide: css({
      width: 16,
      height: 8,
      clipPath: 'polygon(0 40%, 100% 0, 100% 100%, 0 60%)',
      background: theme.colors.text.disabled,
    }),
  };
}
