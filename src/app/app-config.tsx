import { css } from '@emotion/css';
import React from 'react';
import { locationUtil } from '@grafana/data';
import { Trans } from '@grafana/i18n';
import { getDataSourceSrv } from '@grafana/runtime';
import { Alert, LinkButton, Stack, Text, TextLink, useStyles2 } from '@grafana/ui';
import { APP_BASE_URL, ROUTES } from '../constants';
import { dataSourceOptions, type DataSourceOption, PROMQL_TYPES, TEMPO_TYPES } from './data-source-types';

function DataSourceList({ options, missing }: { options: DataSourceOption[]; missing: React.ReactNode }) {
  const styles = useStyles2(getStyles);
  if (options.length === 0) {
    return (
      <Alert severity="warning" title="">
        {missing}
      </Alert>
    );
  }
  return (
    <ul className={styles.list}>
      {options.map(({ label, value }) => (
        <li key={value}>
          <TextLink inline={false} href={`/connections/datasources/edit/${encodeURIComponent(value)}`}>
            {label}
          </TextLink>
        </li>
      ))}
    </ul>
  );
}

const getStyles = () => ({ list: css({ listStyle: 'none' }) });

/** The app keeps no settings of its own: it uses the data sources that are there, and says which. */
export function AppConfig() {
  const candidates = getDataSourceSrv().getList({ all: true });
  return (
    <Stack direction="column" gap={2}>
      <Text element="p">
        <Trans i18nKey="traceatlas.config.intro">
          Trace Atlas needs no settings: its pages use the data sources below, chosen at the top of each page.
        </Trans>
      </Text>
      <Text element="h2" variant="h4">
        <Trans i18nKey="traceatlas.config.traces">Traces</Trans>
      </Text>
      <DataSourceList
        options={dataSourceOptions(candidates, TEMPO_TYPES)}
        missing={
          <Trans i18nKey="traceatlas.config.no-traces">
            There is no Tempo data source yet. Add “Trace Atlas Tempo” under Connections.
          </Trans>
        }
      />
      <Text element="h2" variant="h4">
        <Trans i18nKey="traceatlas.config.metrics">Metrics</Trans>
      </Text>
      <DataSourceList
        options={dataSourceOptions(candidates, PROMQL_TYPES)}
        missing={
          <Trans i18nKey="traceatlas.config.no-metrics">
            There is no Prometheus data source yet. The service map needs the one that Tempo’s metrics generator writes
            to.
          </Trans>
        }
      />
      <div>
        <LinkButton href={locationUtil.assureBaseUrl(`${APP_BASE_URL}/${ROUTES.serviceMap}`)} icon="sitemap">
          <Trans i18nKey="traceatlas.config.open-map">Open the service map</Trans>
        </LinkButton>
      </div>
    </Stack>
  );
}
