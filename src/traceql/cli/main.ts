/**
 * `traceql check FILE...` prints the verdict of each query as a JSON line and exits 1 when one is not valid;
 * `traceql fmt FILE...` prints the queries formatted. `-` is standard input. Exits 2 when a file cannot be read.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { checkFound, formatFound, formatText } from './commands';
import type { FoundQuery } from './found-query';
import { readQueries, UnreadableInput } from './read-queries';

const USAGE = `Usage: traceql check FILE...   verdict of each query, as JSON lines
       traceql fmt FILE...     the queries, formatted

FILE is JSON lines ({"q": "{ status = error }"}), a Grafana dashboard in JSON, or one query as text; - is standard input.
Exit status: 0 all valid, 1 some not, 2 a file could not be read.`;

const STANDARD_INPUT = 0;
/** npm runs scripts in the package's folder and leaves the caller's own here. */
const CALLER_FOLDER = process.env.INIT_CWD ?? process.cwd();

function main([command, ...files]: string[]): number {
  if ((command !== 'check' && command !== 'fmt') || files.length === 0) {
    process.stderr.write(`${USAGE}\n`);
    return 2;
  }
  let status = 0;
  for (const file of files) {
    try {
      const text = readFileSync(file === '-' ? STANDARD_INPUT : resolve(CALLER_FOLDER, file), 'utf8');
      const queries = readQueries(text);
      if (queries.length === 0) {
        process.stderr.write(`${file}: no TraceQL in it\n`);
      }
      const ok = command === 'check' ? check(file, queries) : format(text, queries);
      status = Math.max(status, ok ? 0 : 1);
    } catch (error) {
      if (!(error instanceof UnreadableInput) && !isFileError(error)) {
        throw error;
      }
      process.stderr.write(`${file}: ${isFileError(error) ? fileFault(error) : error.message}\n`);
      status = 2;
    }
  }
  return status;
}

interface FileError extends Error {
  code: string;
}

function isFileError(error: unknown): error is FileError {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}

function fileFault({ code, message }: FileError): string {
  switch (code) {
    case 'ENOENT':
      return 'there is no such file';
    case 'EISDIR':
      return 'this is a folder; name the files in it';
    case 'EACCES':
      return 'no permission to read it';
    default:
      return message;
  }
}

function check(file: string, queries: readonly FoundQuery[]): boolean {
  const lines = queries.map((query) => checkFound(file, query));
  write(lines.map((line) => JSON.stringify(line)));
  return lines.every(({ verdict }) => verdict === 'valid');
}

function format(text: string, queries: readonly FoundQuery[]): boolean {
  const isPlainQuery = queries.length === 1 && queries[0].q === text;
  write(isPlainQuery ? [formatText(text)] : queries.map(formatFound));
  return true;
}

function write(lines: readonly string[]): void {
  if (lines.length > 0) {
    process.stdout.write(`${lines.join('\n')}\n`);
  }
}

process.exitCode = main(process.argv.slice(2));
