/** The editor's grammar beside that of @grafana/lezer-traceql, over the recorded queries. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

// eslint-disable-next-line no-restricted-imports -- only measured against, never shipped
import { parser as grafanaParser } from '@grafana/lezer-traceql';
import type { Tree } from '@lezer/common';

import { parser } from './parser.gen';

interface Recorded {
  q: string;
  verdict: string;
}

const recorded: Recorded[] = JSON.parse(
  readFileSync(join(__dirname, '../../../tests/contract/traceql/queries.json'), 'utf8')
);

function accepts(tree: Tree): boolean {
  let hasError = false;
  tree.iterate({
    enter: (node) => {
      hasError ||= node.type.isError;
    },
  });
  return !hasError;
}

test('takes every query that Tempo can parse', () => {
  const refused = recorded.filter(({ q, verdict }) => verdict !== 'syntax' && !accepts(parser.parse(q)));
  const ofGrafana = recorded.filter(({ q }) => accepts(grafanaParser.parse(q)));
  const parsed = recorded.filter(({ verdict }) => verdict !== 'syntax').length;
  const count = (queries: Recorded[]) => queries.filter(({ verdict }) => verdict !== 'syntax').length;
  console.info(
    `Tempo parses ${parsed} of ${recorded.length}; this grammar takes ${parsed - refused.length} of those, ` +
      `@grafana/lezer-traceql ${count(ofGrafana)} (and ${ofGrafana.length - count(ofGrafana)} that Tempo cannot parse)`
  );
  expect(refused).toEqual([]);
});
