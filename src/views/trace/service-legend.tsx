import { css } from '@emotion/css';
import React from 'react';
import { type GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import { t } from '../../i18n/translate';
import { type ServiceStatistics } from '../../trace/tree';
import { formatDuration } from './format';
import { serviceColor } from './service-colors';

/** More names than this are a wall of text. */
const MOST_SHOWN = 12;

/** Which colour is which service, in the order of their first spans. */
export function ServiceLegend({ services }: { services: readonly ServiceStatistics[] }) {
  const styles = useStyles2(getStyles);
  const theme = useTheme2();
  const hidden = services.length - MOST_SHOWN;
  return (
    <ul className={styles.list} aria-label={t('traceatlas.trace.service-legend', 'Services of the trace')}>
      {services.slice(0, MOST_SHOWN).map(({ name, spanCount, selfTime }, index) => (
        <li
          key={name}
          className={styles.item}
          title={t('traceatlas.trace.service-share', '{{spanCount}} spans, {{selfTime}} self time', {
            spanCount,
            selfTime: formatDuration(selfTime),
          })}
        >
          <span className={styles.swatch} style={{ background: serviceColor(theme, index) }} />
          {name || t('traceatlas.trace.no-service', '(no service)')}
        </li>
      ))}
      {hidden > 0 && (
        <li className={styles.item}>{t('traceatlas.trace.more-services', 'and {{count}} more', { count: hidden })}</li>
      )}
    </ul>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    list: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0.25, 2), listStyle: 'none', minWidth: 0 }),
    item: css({
      display: 'flex',
      alignItems: 'center',
      gap: theme.spacing(0.75),
      fontSize: theme.typography.bodySmall.fontSize,
      color: theme.colors.text.secondary,
      overflowWrap: 'anywhere',
    }),
    swatch: css({ flexShrink: 0, width: 10, height: 10, borderRadius: theme.shape.radius.default }),
  };
}
