import * as v from 'valibot';
import { type HostDataSource, type HostPluginMeta } from '../shared/boot-data';
import { HttpError } from './http';
import { type ProvisionedDataSource } from './provisioning';

/** A data source as the server keeps it. `secureJsonData` never leaves the process except towards its upstream. */
export interface DataSourceRecord {
  id: number;
  uid: string;
  name: string;
  type: string;
  url: string;
  isDefault: boolean;
  readOnly: boolean;
  basicAuth: boolean;
  basicAuthUser: string;
  withCredentials: boolean;
  jsonData: Record<string, unknown>;
  secureJsonData: Record<string, string>;
  version: number;
}

const updateSchema = v.object({
  name: v.pipe(v.string(), v.nonEmpty('a data source needs a name')),
  type: v.string(),
  url: v.optional(v.string(), ''),
  isDefault: v.optional(v.boolean(), false),
  basicAuth: v.optional(v.boolean(), false),
  basicAuthUser: v.optional(v.string(), ''),
  withCredentials: v.optional(v.boolean(), false),
  jsonData: v.optional(v.record(v.string(), v.unknown()), {}),
  secureJsonData: v.optional(v.record(v.string(), v.string()), {}),
  secureJsonFields: v.optional(v.record(v.string(), v.boolean()), {}),
  version: v.optional(v.number(), 0),
});

/** The data sources of the host, in memory: an edit lasts until the host stops. */
export class DataSourceStore {
  private readonly records = new Map<string, DataSourceRecord>();

  /** `upstreams` (uid to address) replaces the addresses of the files, which are those of the containers. */
  constructor(provisioned: ProvisionedDataSource[], upstreams: Record<string, string>) {
    provisioned.forEach((source, index) => {
      const uid = source.uid ?? source.name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
      this.records.set(uid, {
        id: index + 1,
        uid,
        name: source.name,
        type: source.type,
        url: upstreams[uid] ?? source.url,
        isDefault: source.isDefault,
        readOnly: !source.editable,
        basicAuth: source.basicAuth,
        basicAuthUser: source.basicAuthUser,
        withCredentials: source.withCredentials,
        jsonData: source.jsonData,
        secureJsonData: source.secureJsonData,
        version: 1,
      });
    });
  }

  list(): DataSourceRecord[] {
    return [...this.records.values()];
  }

  get(uid: string): DataSourceRecord | undefined {
    return this.records.get(uid);
  }

  /**
   * Grafana's rules: a read-only one is refused, and so is a version that is not the newest, when one is sent; a secret
   * that is not sent stays as it is.
   */
  update(uid: string, body: unknown): DataSourceRecord {
    const current = this.records.get(uid);
    if (!current) {
      throw new HttpError(404, 'Data source not found');
    }
    if (current.readOnly) {
      throw new HttpError(403, 'Cannot update read-only data source');
    }
    const parsed = v.safeParse(updateSchema, body);
    if (!parsed.success) {
      throw new HttpError(400, `bad request data: ${parsed.issues[0].message}`);
    }
    const { secureJsonData, secureJsonFields, version, ...fields } = parsed.output;
    if (version !== 0 && version < current.version) {
      throw new HttpError(409, 'Datasource has already been updated by someone else. Please reload and try again');
    }
    const kept = Object.entries(current.secureJsonData).filter(([key]) => secureJsonFields[key] !== false);
    const next: DataSourceRecord = {
      ...current,
      ...fields,
      type: current.type,
      secureJsonData: { ...Object.fromEntries(kept), ...secureJsonData },
      version: current.version + 1,
    };
    this.records.set(uid, next);
    return next;
  }
}

/** The answer of `GET /api/datasources/uid/<uid>`: which secrets are set, not what they are. */
export function toSettings(record: DataSourceRecord) {
  const { secureJsonData, ...rest } = record;
  return {
    ...rest,
    orgId: 1,
    access: 'proxy',
    typeLogoUrl: '',
    user: '',
    database: '',
    secureJsonFields: Object.fromEntries(Object.keys(secureJsonData).map((key) => [key, true])),
    accessControl: { 'datasources:read': true, 'datasources:query': true, 'datasources:write': true },
  };
}

/** What every page gets of a data source: the proxy's address in place of the upstream's. */
export function toBrowserSettings(record: DataSourceRecord, meta: HostPluginMeta): HostDataSource {
  const { id, uid, name, type, isDefault, readOnly, jsonData } = record;
  return {
    id,
    uid,
    name,
    type,
    access: 'proxy',
    url: `/api/datasources/proxy/uid/${uid}`,
    isDefault,
    readOnly,
    jsonData,
    meta,
  };
}
