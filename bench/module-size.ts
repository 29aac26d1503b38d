import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { type BenchResult } from './bench-result';

const dist = path.resolve(__dirname, '../dist');

function scripts(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    return entry.isDirectory() ? scripts(file) : entry.name.endsWith('.js') ? [file] : [];
  });
}

const kilobytes = (bytes: number) => Number((bytes / 1024).toFixed(1));

/** What Grafana loads at once (each module.js), and everything that may be loaded later. */
export async function run(): Promise<BenchResult> {
  if (!existsSync(dist)) {
    throw new Error('There is no dist/ yet: run npm run build first');
  }
  const sizes = scripts(dist).map((file) => {
    const content = readFileSync(file);
    return { file: path.relative(dist, file), raw: content.length, gzip: gzipSync(content).length };
  });
  const entries = sizes.filter(({ file }) => path.basename(file) === 'module.js');
  const chunks = sizes.filter(({ file }) => path.basename(file) !== 'module.js');
  const sum = (key: 'raw' | 'gzip') => chunks.reduce((total, size) => total + size[key], 0);
  return {
    name: 'module-size',
    rows: [
      ...entries.map(({ file, raw, gzip }) => ({ file, 'kB raw': kilobytes(raw), 'kB gzip': kilobytes(gzip) })),
      {
        file: `${chunks.length} chunks, loaded when needed`,
        'kB raw': kilobytes(sum('raw')),
        'kB gzip': kilobytes(sum('gzip')),
      },
    ],
  };
}
