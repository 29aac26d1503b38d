import * as v from 'valibot';

/** A data source as Grafana lists it to every viewer. */
export interface DataSourceEntry {
  uid: string;
  name: string;
  type: string;
  /** Address of its proxy in Grafana */
  url: string;
  readOnly: boolean;
  jsonData: unknown;
}

/** May this viewer change the data source here? */
export type Writable = 'yes' | 'provisioned' | 'no-rights';

/** A data source's settings, and what may be done to them. */
export interface DataSourceFacts {
  uid: string;
  name: string;
  type: string;
  jsonData: JsonData;
  writable: Writable;
  /** All that Grafana stores (without secrets), to be sent back whole; only with the right to read it */
  stored?: StoredSettings;
}

export type JsonData = Record<string, unknown>;

/** GET /api/datasources/uid/:uid. Keys that are not named here are kept, as Grafana replaces the whole object. */
export const storedSettingsSchema = v.looseObject({
  uid: v.string(),
  name: v.string(),
  type: v.string(),
  version: v.optional(v.number()),
  readOnly: v.optional(v.boolean(), false),
  jsonData: v.nullish(v.record(v.string(), v.unknown())),
  accessControl: v.nullish(v.record(v.string(), v.boolean())),
});
export type StoredSettings = v.InferOutput<typeof storedSettingsSchema>;

const WRITE = 'datasources:write';

export function factsOfStored(stored: StoredSettings): DataSourceFacts {
  const { uid, name, type, readOnly, jsonData, accessControl } = stored;
  // Grafana leaves the list out when it is empty: who may read settings need not be allowed to write them.
  const mayWrite = accessControl?.[WRITE] ?? false;
  return {
    uid,
    name,
    type,
    jsonData: jsonData ?? {},
    writable: readOnly ? 'provisioned' : mayWrite ? 'yes' : 'no-rights',
    stored,
  };
}

/** What a viewer without the right to read settings knows. */
export function factsOfEntry({ uid, name, type, readOnly, jsonData }: DataSourceEntry): DataSourceFacts {
  const parsed = v.safeParse(v.record(v.string(), v.unknown()), jsonData);
  return {
    uid,
    name,
    type,
    jsonData: parsed.success ? parsed.output : {},
    writable: readOnly ? 'provisioned' : 'no-rights',
  };
}

const headerNameSchema = v.string();

/** Names (not values) of the custom headers that Grafana sends to this data source, in lower case. */
export function headerNames(jsonData: JsonData): string[] {
  return Object.entries(jsonData).flatMap(([key, value]) => {
    const name = v.safeParse(headerNameSchema, value);
    return /^httpHeaderName\d+$/.test(key) && name.success ? [name.output.toLowerCase()] : [];
  });
}

const targetSchema = v.looseObject({ datasourceUid: v.optional(v.string()) });

/** `jsonData.<key>.datasourceUid`; undefined when it is not set. */
export function targetUid(jsonData: JsonData, key: string): string | undefined {
  const parsed = v.safeParse(targetSchema, jsonData[key]);
  return parsed.success && parsed.output.datasourceUid ? parsed.output.datasourceUid : undefined;
}
