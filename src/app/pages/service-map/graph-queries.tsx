import React from 'react';
import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { Trans } from '@grafana/i18n';
import { getDataSourceSrv } from '@grafana/runtime';
import { sceneGraph } from '@grafana/scenes';
import { ClipboardButton, Drawer, Stack, useStyles2 } from '@grafana/ui';
import { t } from '../../../i18n/translate';
import { type GraphQueryId } from '../../../servicegraph/query';
import { ExploreButton } from '../../explore-button';
import { type GraphSource } from './graph-source';

function queryNames(): Record<GraphQueryId, string> {
  return {
    requests: t('traceatlas.service-map.queries.requests', 'Request rate of each call'),
    failed: t('traceatlas.service-map.queries.failed', 'Failed requests of each call'),
    callMeans: t('traceatlas.service-map.queries.means', 'Average latency of each call'),
    callQuantiles: t('traceatlas.service-map.queries.call-quantiles', 'Latency percentiles of each call'),
    serviceQuantiles: t('traceatlas.service-map.queries.service-quantiles', 'Latency percentiles of each service'),
    spans: t('traceatlas.service-map.queries.spans', 'Services without calls'),
    leftOut: t('traceatlas.service-map.queries.left-out', 'What the calls that are not shown add up to'),
  };
}

/** What is around a service is found hop by hop before its numbers are asked for. */
function queryName(refId: string): string {
  const names: Partial<Record<string, string>> = queryNames();
  return names[refId] ?? t('traceatlas.service-map.queries.hop', 'Which calls the next hop has');
}

/** The PromQL behind the map. */
export function GraphQueries({ source, onClose }: { source: GraphSource; onClose(): void }) {
  const { queries, producer } = source.useState();
  const styles = useStyles2(getStyles);
  const { from, to } = sceneGraph.getTimeRange(source).state;
  const settings = getDataSourceSrv().getInstanceSettings(source.dataSourceUid);
  return (
    <Drawer
      title={t('traceatlas.service-map.queries.title', 'Queries of this map')}
      subtitle={
        producer
          ? t('traceatlas.service-map.queries.producer', 'Series as written by: {{producer}}', { producer })
          : t('traceatlas.service-map.queries.no-producer', 'No service graph series were found')
      }
      onClose={onClose}
      size="md"
    >
      <Stack direction="column" gap={2}>
        {queries.map(({ refId, expr }, index) => (
          <div key={index}>
            <Stack direction="row" justifyContent="space-between" alignItems="center">
              <strong>{queryName(refId)}</strong>
              <Stack direction="row">
                <ClipboardButton size="sm" variant="secondary" icon="copy" getText={() => expr}>
                  <Trans i18nKey="traceatlas.service-map.queries.copy">Copy</Trans>
                </ClipboardButton>
                {settings && (
                  <ExploreButton settings={settings} query={{ expr, instant: true, range: false }} from={from} to={to}>
                    <Trans i18nKey="traceatlas.service-map.queries.explore">Open in Explore</Trans>
                  </ExploreButton>
                )}
              </Stack>
            </Stack>
            <pre className={styles.query}>{expr}</pre>
          </div>
        ))}
      </Stack>
    </Drawer>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return { query: css({ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', marginTop: theme.spacing(0.5) }) };
}
