import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(__dirname, '..');
const DOC = 'docs/datasource.md';

/** `file`: words of the name of a test in it */
const PROOF = /\| `([^`]+\.test\.tsx?)`: (.+?)\s*\|$/;

const rows = readFileSync(path.join(root, DOC), 'utf8')
  .split('\n')
  .flatMap((line) => {
    const match = PROOF.exec(line);
    return match ? [[match[2], match[1]] as const] : [];
  });

it('names many tests', () => {
  expect(rows.length).toBeGreaterThan(60);
});

it.each(rows)('"%s" is a test in %s', (words, file) => {
  expect(existsSync(path.join(root, file))).toBe(true);
  // Names in quotes have theirs escaped, or are in other quotes.
  expect(readFileSync(path.join(root, file), 'utf8').replace(/\\'/g, "'")).toContain(words);
});
