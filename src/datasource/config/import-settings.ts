import { type DataSourceSettings } from '@grafana/data';
import { isRecord } from '../settings/readers';
import { type TempoJsonData } from '../types';

/** What is read of another data source; Grafana never hands out its secrets. */
export interface ImportSource {
  url: string;
  basicAuth: boolean;
  basicAuthUser: string;
  jsonData: Record<string, unknown>;
  /** Names of the secrets that are set there, such as `basicAuthPassword` */
  secrets: string[];
}

export interface SettingChange {
  /** `url`, `basicAuth`, or a key of jsonData */
  key: string;
  current: unknown;
  imported: unknown;
}

export interface ImportPlan {
  changes: SettingChange[];
  /** What has to be typed in again, as Grafana keeps it secret */
  secrets: string[];
}

/** Settings that mean nothing without the secret that belongs to them. */
const NEEDS_SECRET = /^(httpHeaderName\d+|tlsAuth|tlsAuthWithCACert|sigV4.*|authType|azureCredentials)$/;
/**
 * gRPC streaming needs a backend, which this data source does not have; searches are streamed over HTTP anyway. The other
 * is Grafana's own note about a private connection.
 */
const NOT_OURS = new Set(['streamingEnabled', 'pdcInjected']);

/** Reads the answer of Grafana's `/api/datasources/uid/<uid>`; undefined when it is none. */
export function readImportSource(answer: unknown): ImportSource | undefined {
  if (!isRecord(answer)) {
    return undefined;
  }
  const { url, basicAuth, basicAuthUser, jsonData, secureJsonFields } = answer;
  return {
    url: typeof url === 'string' ? url : '',
    basicAuth: basicAuth === true,
    basicAuthUser: typeof basicAuthUser === 'string' ? basicAuthUser : '',
    jsonData: isRecord(jsonData) ? jsonData : {},
    secrets: isRecord(secureJsonFields) ? Object.keys(secureJsonFields).filter((key) => secureJsonFields[key]) : [],
  };
}

/** What would change; settings that are the same on both sides are not in it. */
export function planImport(current: DataSourceSettings<TempoJsonData>, source: ImportSource): ImportPlan {
  const present: Record<string, unknown> = { ...current.jsonData };
  const changes = [
    { key: 'url', current: current.url, imported: source.url },
    { key: 'basicAuth', current: current.basicAuth, imported: source.basicAuth },
    { key: 'basicAuthUser', current: current.basicAuthUser, imported: source.basicAuthUser },
    ...Object.entries(source.jsonData)
      .filter(([key]) => !NEEDS_SECRET.test(key) && !NOT_OURS.has(key))
      .map(([key, imported]) => ({ key, current: present[key], imported })),
  ].filter(({ current: now, imported }) => !same(now, imported));
  const headers = Object.entries(source.jsonData)
    .filter(([key, name]) => /^httpHeaderName\d+$/.test(key) && typeof name === 'string')
    .map(([, name]) => String(name));
  const others = source.secrets.filter((name) => !/^httpHeaderValue\d+$/.test(name));
  return { changes, secrets: [...headers, ...others] };
}

/** The settings with the chosen changes; everything else stays as it is. */
export function applyImport(
  current: DataSourceSettings<TempoJsonData>,
  changes: SettingChange[]
): DataSourceSettings<TempoJsonData> {
  const jsonData: Record<string, unknown> = { ...current.jsonData };
  const next = { ...current };
  for (const { key, imported } of changes) {
    switch (key) {
      case 'url':
      case 'basicAuthUser':
        next[key] = String(imported);
        break;
      case 'basicAuth':
        next.basicAuth = imported === true;
        break;
      default:
        jsonData[key] = imported;
        // The two shapes of trace to logs must not disagree.
        if (key === 'tracesToLogsV2') {
          jsonData.tracesToLogs = undefined;
        }
    }
  }
  return { ...next, jsonData };
}

function same(a: unknown, b: unknown): boolean {
  return (a ?? '') === (b ?? '') || canonical(a) === canonical(b);
}

/** JSON with sorted keys: Grafana's storage does not keep their order. */
function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_key, item: unknown) =>
      isRecord(item) ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1))) : item
    ) ?? ''
  );
}
