/** The address of Grafana's Explore with one query, in the form that Grafana itself writes. */
export function exploreUrl(datasource: string, query: Record<string, unknown>): string {
  const panes = {
    a: {
      datasource,
      queries: [{ refId: 'A', datasource: { uid: datasource }, ...query }],
      range: { from: 'now-30m', to: 'now' },
    },
  };
  return `/explore?schemaVersion=1&panes=${encodeURIComponent(JSON.stringify(panes))}`;
}
