import { redact } from './answer';
import { type Check, type Finding } from './finding';

export interface ReportInput {
  /** Of the plugin and of Grafana */
  versions: { plugin: string; grafana: string };
  tempo?: { type: string };
  prometheus?: { type: string };
  nowMs: number;
  checks: readonly Check[];
  /** undefined: still running */
  findingOf: (check: Check) => Finding | undefined;
}

/**
 * The result as text for a support thread: states and what was found. It holds no address, header, secret or setting, and
 * of data sources only the types.
 */
export function reportText({ versions, tempo, prometheus, nowMs, checks, findingOf }: ReportInput): string {
  const rows = checks.map((check) => {
    const finding = findingOf(check);
    return finding
      ? `- [${finding.state}] ${check.title()}: ${redact(finding.summary)}`
      : `- [running] ${check.title()}`;
  });
  return [
    '## Trace Atlas set-up check',
    '',
    `${new Date(nowMs).toISOString()}, Trace Atlas ${versions.plugin}, Grafana ${versions.grafana}`,
    `Traces: ${tempo?.type ?? 'none'}, metrics: ${prometheus?.type ?? 'none'}`,
    '',
    ...rows,
    '',
  ].join('\n');
}
