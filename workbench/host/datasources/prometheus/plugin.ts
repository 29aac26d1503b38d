import { DataSourcePlugin } from '@grafana/data';
import { PrometheusConfigEditor } from './config-editor';
import { PrometheusDataSource } from './data-source';
import { type PrometheusOptions, type PrometheusQuery } from './model';
import { PrometheusQueryEditor } from './query-editor';

export const prometheusPlugin = new DataSourcePlugin<PrometheusDataSource, PrometheusQuery, PrometheusOptions>(
  PrometheusDataSource
)
  .setConfigEditor(PrometheusConfigEditor)
  .setQueryEditor(PrometheusQueryEditor);
