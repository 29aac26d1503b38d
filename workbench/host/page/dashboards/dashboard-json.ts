import * as v from 'valibot';

const dataSourceRef = v.nullish(
  v.union([
    v.pipe(
      v.string(),
      v.transform((uid) => ({ uid }))
    ),
    v.object({ uid: v.optional(v.string()), type: v.optional(v.string()) }),
  ])
);

const variableValue = v.union([v.string(), v.array(v.string())]);
const options = v.optional(v.record(v.string(), v.unknown()), {});

const variableSchema = v.looseObject({
  name: v.string(),
  type: v.string(),
  label: v.nullish(v.string()),
  description: v.nullish(v.string()),
  hide: v.optional(v.number(), 0),
  query: v.optional(v.union([v.string(), v.looseObject({ query: v.optional(v.string()) })]), ''),
  definition: v.optional(v.string()),
  regex: v.optional(v.string(), ''),
  sort: v.optional(v.number(), 0),
  refresh: v.optional(v.unknown()),
  multi: v.optional(v.boolean(), false),
  includeAll: v.optional(v.boolean(), false),
  allValue: v.nullish(v.string()),
  auto: v.optional(v.boolean(), false),
  auto_min: v.optional(v.string()),
  auto_count: v.optional(v.number()),
  datasource: dataSourceRef,
  current: v.optional(v.looseObject({ text: v.optional(variableValue), value: v.optional(variableValue) }), {}),
});

const targetSchema = v.looseObject({
  refId: v.optional(v.string(), 'A'),
  datasource: dataSourceRef,
  hide: v.optional(v.boolean()),
});

const panelFields = {
  id: v.optional(v.number(), 0),
  type: v.string(),
  title: v.optional(v.string(), ''),
  description: v.optional(v.string()),
  transparent: v.optional(v.boolean(), false),
  gridPos: v.optional(v.object({ x: v.number(), y: v.number(), w: v.number(), h: v.number() }), {
    x: 0,
    y: 0,
    w: 12,
    h: 8,
  }),
  datasource: dataSourceRef,
  targets: v.optional(v.array(targetSchema), []),
  interval: v.nullish(v.string()),
  maxDataPoints: v.nullish(v.number()),
  options,
  fieldConfig: v.optional(
    v.object({
      defaults: options,
      overrides: v.optional(
        v.array(
          v.object({
            matcher: v.object({ id: v.string(), options: v.optional(v.unknown()) }),
            properties: v.array(v.object({ id: v.string(), value: v.optional(v.unknown()) })),
          })
        ),
        []
      ),
    }),
    { defaults: {}, overrides: [] }
  ),
  transformations: v.optional(v.array(v.looseObject({ id: v.string(), options: v.optional(v.unknown(), {}) })), []),
};
const leafPanelSchema = v.looseObject(panelFields);
const panelSchema = v.looseObject({
  ...panelFields,
  collapsed: v.optional(v.boolean(), false),
  /** Of a collapsed row. */
  panels: v.optional(v.array(leafPanelSchema), []),
});

const dashboardSchema = v.looseObject({
  uid: v.string(),
  title: v.string(),
  description: v.optional(v.string()),
  timezone: v.optional(v.string(), ''),
  refresh: v.optional(v.union([v.string(), v.boolean()]), ''),
  time: v.optional(v.object({ from: v.string(), to: v.string() }), { from: 'now-6h', to: 'now' }),
  templating: v.optional(v.object({ list: v.optional(v.array(variableSchema), []) }), { list: [] }),
  panels: v.optional(v.array(panelSchema), []),
});

export type DashboardJson = v.InferOutput<typeof dashboardSchema>;
export type VariableJson = v.InferOutput<typeof variableSchema>;
export type PanelJson = v.InferOutput<typeof panelSchema>;
export type LeafPanelJson = v.InferOutput<typeof leafPanelSchema>;

/** Reads the classic dashboard JSON. Throws with the place of what is not as Grafana writes it. */
export function parseDashboard(json: unknown): DashboardJson {
  const parsed = v.safeParse(dashboardSchema, json);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    throw new Error(`The dashboard cannot be read: ${v.getDotPath(issue) ?? 'top level'}: ${issue.message}`);
  }
  return parsed.output;
}
