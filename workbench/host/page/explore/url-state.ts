import * as v from 'valibot';

const querySchema = v.looseObject({
  refId: v.optional(v.string()),
  datasource: v.nullish(v.looseObject({ uid: v.optional(v.string()), type: v.optional(v.string()) })),
});
const rangeSchema = v.object({
  from: v.pipe(v.unknown(), v.transform(String)),
  to: v.pipe(v.unknown(), v.transform(String)),
});
const paneSchema = v.object({
  datasource: v.nullish(v.string()),
  queries: v.optional(v.array(querySchema), []),
  range: v.optional(rangeSchema),
  panelsState: v.optional(v.record(v.string(), v.unknown())),
});
const panesSchema = v.record(v.string(), paneSchema);

export interface PaneQuery extends Record<string, unknown> {
  refId: string;
  datasource?: { uid?: string; type?: string } | null;
}

/** What one side of Explore shows: Grafana's shape of it in the URL. */
export interface Pane {
  /** uid of the data source; '' is the default one */
  datasource: string;
  queries: PaneQuery[];
  range: { from: string; to: string };
  panelsState?: Record<string, unknown>;
}

export type Panes = Record<string, Pane>;

export const DEFAULT_RANGE = { from: 'now-1h', to: 'now' };
const SCHEMA_VERSION = '1';

/**
 * Reads `schemaVersion=1&panes={...}`, and `left`/`right`, which data links are still made with. State that cannot
 * be read is left out, so a broken link opens an empty Explore.
 */
export function parsePanes(search: string): Panes {
  const params = new URLSearchParams(search);
  const panes = parseJson(params.get('panes'), panesSchema);
  if (panes) {
    return Object.fromEntries(Object.entries(panes).map(([id, pane]) => [id, toPane(pane)]));
  }
  const sides = ['left', 'right'].flatMap((side) => {
    const pane = parseJson(params.get(side), paneSchema);
    return pane ? [[side, toPane(pane)] as const] : [];
  });
  return Object.fromEntries(sides);
}

export function serializePanes(panes: Panes): string {
  const params = new URLSearchParams({ schemaVersion: SCHEMA_VERSION, panes: JSON.stringify(panes), orgId: '1' });
  return params.toString();
}

function parseJson<T extends v.GenericSchema>(text: string | null, schema: T): v.InferOutput<T> | undefined {
  if (!text) {
    return undefined;
  }
  try {
    const parsed = v.safeParse(schema, JSON.parse(text));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}

function toPane({ datasource, queries, range, panelsState }: v.InferOutput<typeof paneSchema>): Pane {
  return {
    datasource: datasource ?? queries[0]?.datasource?.uid ?? '',
    queries: queries.map((query, index) => ({ ...query, refId: query.refId ?? refIdAt(index) })),
    range: range ?? DEFAULT_RANGE,
    ...(panelsState && { panelsState }),
  };
}

/** `A`, `B`, ... */
export function refIdAt(index: number): string {
  return index < 26 ? String.fromCharCode(65 + index) : `${refIdAt(Math.floor(index / 26) - 1)}${refIdAt(index % 26)}`;
}

/** The first name that no query has yet. */
export function nextRefId(queries: Array<{ refId: string }>): string {
  const taken = new Set(queries.map(({ refId }) => refId));
  return refIdAt(
    Array.from({ length: taken.size + 1 }, (_unused, index) => index).find((index) => !taken.has(refIdAt(index))) ?? 0
  );
}
