import React from 'react';
import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { Trans } from '@grafana/i18n';
import { Button, useStyles2 } from '@grafana/ui';
import { t } from '../../../i18n/translate';
import { type ServiceGraph } from '../../../servicegraph/model';
import { testIds } from '../../../test-ids';
import { type Focus } from '../service-map-props';

const MOST_HOPS = 4;

interface FocusBarProps {
  focus: Focus;
  graph: ServiceGraph;
  onFocus(focus: Focus | undefined): void;
}

/** Which service the map is around, how far it reaches, and the way back. */
export function FocusBar({ focus, graph, onFocus }: FocusBarProps) {
  const styles = useStyles2(getStyles);
  const name = graph.services.find(({ id }) => id === focus.id)?.name ?? focus.id;
  const change = (hops: number) => onFocus({ ...focus, hops });
  return (
    <div className={styles.focus}>
      <span className={styles.text}>
        {t('traceatlas.service-map.focused', 'Around {{name}}, hops: {{hops}}', { name, hops: focus.hops })}
      </span>
      <Button
        size="sm"
        variant="secondary"
        icon="minus"
        aria-label={t('traceatlas.service-map.fewer-hops', 'One hop less')}
        disabled={focus.hops <= 1}
        onClick={() => change(focus.hops - 1)}
      />
      <Button
        size="sm"
        variant="secondary"
        icon="plus"
        aria-label={t('traceatlas.service-map.more-hops', 'One hop more')}
        disabled={focus.hops >= MOST_HOPS}
        onClick={() => change(focus.hops + 1)}
      />
      <Button
        size="sm"
        variant="secondary"
        icon="times"
        onClick={() => onFocus(undefined)}
        data-testid={testIds.serviceMap.clearFocus}
      >
        <Trans i18nKey="traceatlas.service-map.show-all">Show all services</Trans>
      </Button>
    </div>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    focus: css({ minWidth: 0, display: 'flex', alignItems: 'center', gap: theme.spacing(0.5), whiteSpace: 'nowrap' }),
    // Names of services never push buttons out.
    text: css({ overflow: 'hidden', textOverflow: 'ellipsis' }),
  };
}
