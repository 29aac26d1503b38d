import {
  type AdHocVariableFilter,
  CoreApp,
  type DataQueryRequest,
  type DataQueryResponse,
  DataSourceApi,
  type DataSourceGetTagKeysOptions,
  type DataSourceGetTagValuesOptions,
  type DataSourceInstanceSettings,
  type MetricFindValue,
  type QueryFixAction,
  type ScopedVars,
  type TestDataSourceResponse,
} from '@grafana/data';
import { getDataSourceSrv, getTemplateSrv } from '@grafana/runtime';
import { from, type Observable, switchMap } from 'rxjs';
import { type LinkedDataSource } from '../links/span-links';
import { type TempoClient } from '../tempo/client';
import { annotationSupport } from './annotations/annotation-support';
import { createLazyTempoClient } from './http/lazy-tempo-client';
import { adHocTraceql } from './query/ad-hoc-filters';
import { addAdHocToText } from './query/ad-hoc-text';
import { interpolateQuery, replaceInQuotedText } from './query/interpolate';
import { normalizeQuery } from './query/normalize-query';
import type * as queryRunner from './query/query-runner';
import { parseSettings, type ParsedSettings } from './settings/parse-settings';
import { tagNames } from './tags/tag-names';
import { createTagSource, type TagSource } from './tags/tag-source';
import { QUERY_DEFAULTS, type TempoJsonData, type TempoQuery } from './types';
import { TempoVariableSupport } from './variables/variable-support';

type QueryRunner = typeof queryRunner;

/** Tempo in Grafana: wires Grafana's services to the runners; what they do is in the folders beside. */
export class TempoDataSource extends DataSourceApi<TempoQuery, TempoJsonData> {
  readonly client: TempoClient;
  readonly tags: TagSource;
  readonly parsedSettings: ParsedSettings;
  readonly variableSupport: TempoVariableSupport;
  private readonly jsonData: TempoJsonData;
  override annotations = annotationSupport;
  /** Set once the chunk is there; Grafana's synchronous hooks cannot wait for it. */
  private runner?: QueryRunner;

  constructor(instanceSettings: DataSourceInstanceSettings<TempoJsonData>) {
    super(instanceSettings);
    this.jsonData = instanceSettings.jsonData;
    this.parsedSettings = parseSettings(this.jsonData);
    this.client = createLazyTempoClient(instanceSettings);
    this.tags = createTagSource(this.client, this.parsedSettings.settings);
    this.variableSupport = new TempoVariableSupport({ tags: this.tags, interpolate });
    this.variables = this.variableSupport;
    // Asked for again by the first query if this fails.
    this.loadRunner().catch(() => undefined);
  }

  query(request: DataQueryRequest<TempoQuery>): Observable<DataQueryResponse> {
    const targets = request.targets
      .filter((target) => !target.hide && this.filterQuery(target))
      .map((target) => this.applyTemplateVariables(target, request.scopedVars));
    const context = {
      client: this.client,
      settings: this.parsedSettings.settings,
      target: { uid: this.uid, name: this.name },
      request,
      dataSourceName: (uid: string) => linkedDataSource(uid)?.name,
      linkedDataSource,
      jsonData: this.jsonData,
      loadDataSource: (uid: string) => getDataSourceSrv().get(uid, request.scopedVars),
    };
    return from(this.loadRunner()).pipe(
      switchMap(({ runQueries }) => runQueries(targets, request.filters ?? [], context))
    );
  }

  /** A query without any text has nothing to ask. */
  override filterQuery(query: TempoQuery): boolean {
    const { queryType, query: text } = normalizeQuery(query).query;
    return queryType !== 'traceql' || text.trim() !== '';
  }

  override getQueryDisplayText(query: TempoQuery): string {
    return this.runner?.queryDisplayText(query) ?? query.query ?? '';
  }

  override getDefaultQuery(app: CoreApp): Partial<TempoQuery> {
    return {
      ...QUERY_DEFAULTS,
      query: '',
      filters: [],
      // Alert rules need one number for each series.
      ...(app === CoreApp.UnifiedAlerting || app === CoreApp.CloudAlerting ? { metricsQueryType: 'instant' } : {}),
    };
  }

  applyTemplateVariables(query: TempoQuery, scopedVars: ScopedVars, filters: AdHocVariableFilter[] = []): TempoQuery {
    const templateSrv = getTemplateSrv();
    const replace: typeof templateSrv.replace = (...args) => templateSrv.replace(...args);
    const addFilters = this.runner?.addAdHocFilters ?? addAdHocToText;
    return addFilters(interpolateQuery(query, scopedVars, replace), filters);
  }

  override interpolateVariablesInQueries(
    queries: TempoQuery[],
    scopedVars: ScopedVars,
    filters?: AdHocVariableFilter[]
  ): TempoQuery[] {
    return queries.map((query) => ({
      ...this.applyTemplateVariables(query, scopedVars, filters),
      datasource: this.getRef(),
    }));
  }

  /** The buttons "filter for" and "filter out" on the cells of Explore's tables. */
  override modifyQuery(query: TempoQuery, { type, options }: QueryFixAction): TempoQuery {
    const operator = { ADD_FILTER: '=', ADD_FILTER_OUT: '!=' }[type];
    const { key, value } = options ?? {};
    if (!operator || typeof key !== 'string' || typeof value !== 'string') {
      return query;
    }
    return (this.runner?.addAdHocFilters ?? addAdHocToText)(query, [{ key, operator, value }]);
  }

  /** Whether a dashboard has to ask again when a variable changes. */
  override targetContainsTemplate(query: TempoQuery): boolean {
    return getTemplateSrv().containsTemplate(JSON.stringify(query));
  }

  override async getTagKeys({
    filters,
    timeRange,
  }: DataSourceGetTagKeysOptions<TempoQuery>): Promise<MetricFindValue[]> {
    const scopes = await this.tags.names({ range: timeRange, query: adHocTraceql(filters) });
    return tagNames(scopes).map((text) => ({ text }));
  }

  override async getTagValues({
    key,
    filters,
    timeRange,
  }: DataSourceGetTagValuesOptions<TempoQuery>): Promise<MetricFindValue[]> {
    const others = filters.filter((filter) => filter.key !== key);
    const values = await this.tags.values({ tag: key, range: timeRange, query: adHocTraceql(others) });
    return values.map(({ value }) => ({ text: value, value }));
  }

  private async loadRunner(): Promise<QueryRunner> {
    this.runner ??= await import('./query/query-runner');
    return this.runner;
  }

  async testDatasource(): Promise<TestDataSourceResponse> {
    const { checkHealth } = await import('./health/check-health');
    return checkHealth(this.client, Date.now(), this.jsonData, {
      uid: this.uid,
      serviceMapDatasourceUid: this.parsedSettings.settings.serviceMapDatasourceUid,
      loadDataSource: (uid) => getDataSourceSrv().get(uid),
      jsonDataOf: (uid) => getDataSourceSrv().getInstanceSettings(uid)?.jsonData,
    });
  }
}

function linkedDataSource(uid: string): LinkedDataSource | undefined {
  const settings = getDataSourceSrv().getInstanceSettings(uid);
  return settings && { uid: settings.uid, type: settings.type, name: settings.name };
}

function interpolate(text: string, scopedVars: ScopedVars): string {
  const templateSrv = getTemplateSrv();
  return replaceInQuotedText(text, scopedVars, (...args) => templateSrv.replace(...args));
}
