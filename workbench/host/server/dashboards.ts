import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';

const dashboardSchema = v.looseObject({
  uid: v.pipe(v.string(), v.nonEmpty()),
  title: v.string(),
  tags: v.optional(v.array(v.string()), []),
});

export type DashboardJson = v.InferOutput<typeof dashboardSchema>;

/** Reads `<dir>/dashboards/*.json` afresh, so that an edited file shows up on reload. Other files are skipped with a line in the log. */
export function readDashboards(provisioningDir: string, log: (line: string) => void): DashboardJson[] {
  const dir = path.join(provisioningDir, 'dashboards');
  if (!existsSync(dir)) {
    return [];
  }
  return readdirSync(dir)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .flatMap((name) => {
      try {
        const json: unknown = JSON.parse(readFileSync(path.join(dir, name), 'utf8'));
        return [v.parse(dashboardSchema, json)];
      } catch (error) {
        log(`dashboards: ${name}: ${error instanceof Error ? error.message : String(error)}`);
        return [];
      }
    });
}

/** A row of `GET /api/search?type=dash-db`. */
export function toSearchHit(dashboard: DashboardJson, index: number) {
  return {
    id: index + 1,
    uid: dashboard.uid,
    title: dashboard.title,
    url: dashboardUrl(dashboard),
    type: 'dash-db',
    tags: dashboard.tags,
    isStarred: false,
    slug: '',
    sortMeta: 0,
  };
}

/** The answer of `GET /api/dashboards/uid/<uid>`. */
export function toDashboardDto(dashboard: DashboardJson) {
  return {
    meta: {
      type: 'db',
      canSave: false,
      canEdit: false,
      canAdmin: false,
      canStar: false,
      slug: '',
      url: dashboardUrl(dashboard),
      provisioned: true,
    },
    dashboard,
  };
}

function dashboardUrl(dashboard: DashboardJson): string {
  const slug = dashboard.title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return `/d/${dashboard.uid}/${slug}`;
}
