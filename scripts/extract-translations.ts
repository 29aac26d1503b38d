/**
 * Writes src/locales/en-US/<app id>.json from the t() and <Trans> calls of the source; with --check it only compares.
 * docs/translations.md says who reads the file.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { APP_ID } from '../src/constants';
import { nestTexts, textsOfSource, type TextUse } from './translations/texts-of-source';

const root = path.resolve(__dirname, '..');
const file = path.join(root, 'src/locales/en-US', `${APP_ID}.json`);

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const name = path.join(folder, entry.name);
    if (entry.isDirectory()) {
      // What is in i18n/ hands the texts of others on.
      return entry.name === 'i18n' ? [] : sources(name);
    }
    return /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name) ? [name] : [];
  });
}

const problems: string[] = [];
const found: TextUse[] = sources(path.join(root, 'src')).flatMap((name) => {
  const result = textsOfSource(path.relative(root, name), readFileSync(name, 'utf8'));
  problems.push(...result.problems);
  return result.texts;
});
const nested = nestTexts(found);
problems.push(...nested.problems);

if (process.argv.includes('--check')) {
  if (!isDeepStrictEqual(JSON.parse(readFileSync(file, 'utf8')), nested.texts)) {
    problems.push(`${path.relative(root, file)} is not what the source says: run npm run i18n:extract`);
  }
} else if (problems.length === 0) {
  writeFileSync(file, JSON.stringify(nested.texts, null, 2) + '\n');
  console.log(`${path.relative(root, file)}: ${new Set(found.map(({ key }) => key)).size} texts`);
}

if (problems.length > 0) {
  console.error(problems.map((problem) => `- ${problem}`).join('\n'));
  process.exitCode = 1;
}
