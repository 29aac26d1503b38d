/** The verdicts that a real Tempo 3.1 gave (tests/contract/traceql/README.md). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { QueryEndpoint } from './checks/query';
import { validateQuery, type Verdict } from './validate';

interface RecordedVerdict {
  q: string;
  endpoint: QueryEndpoint;
  error: string | null;
  verdict: Verdict;
}

const recorded: RecordedVerdict[] = JSON.parse(
  readFileSync(join(__dirname, '../../tests/contract/traceql/queries.json'), 'utf8')
);

/** The routes put different words before the language's own message. */
function tempoMessage(error: string | null): string | undefined {
  return error?.replace(/^(?:invalid TraceQL query|compiling query): /, '');
}

test('D19: every verdict is the one that Tempo gave', () => {
  const different = recorded.flatMap(({ q, endpoint, verdict }) => {
    const ours = validateQuery(q, { endpoint }).verdict;
    return ours === verdict ? [] : [{ q, endpoint, verdict, ours }];
  });
  const accepted = recorded.filter(({ verdict }) => verdict === 'valid').length;
  console.info(
    `${recorded.length} recorded queries: Tempo accepts ${accepted} and refuses ${recorded.length - accepted}; our verdict equals Tempo's on ${recorded.length - different.length}`
  );
  expect(different).toEqual([]);
});

test('every refusal is explained in the words of Tempo', () => {
  const different = recorded.flatMap(({ q, endpoint, error }) => {
    const ours = validateQuery(q, { endpoint }).message;
    return ours === tempoMessage(error) ? [] : [{ q, endpoint, error, ours }];
  });
  expect(different).toEqual([]);
});
