/** What an administrator set for the app, in `jsonData` of its plugin settings or by provisioning. */
import { type DialectOverride, parseDialectOverride } from '../servicegraph/dialect-override';

let override: DialectOverride = {};

/** @param jsonData as Grafana has it: of any shape. `metricsDialect` holds a DialectOverride. */
export function rememberAppSettings(jsonData: unknown) {
  const settings = typeof jsonData === 'object' && jsonData !== null ? jsonData : {};
  override = 'metricsDialect' in settings ? parseDialectOverride(settings.metricsDialect).override : {};
}

/** How the service graph's series are named, where that cannot be found out. */
export function dialectOverride(): DialectOverride {
  return override;
}
