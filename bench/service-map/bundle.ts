import path from 'node:path';
import { gzipSync } from 'node:zlib';
import * as esbuild from 'esbuild';
import { cssAsStyleTags } from '../../workbench/host/build/css-as-style-tags';

const HERE = __dirname;
const ROOT = path.resolve(HERE, '../..');
const LAYOUT = path.join(ROOT, 'src/servicegraph/layout');

const shared: esbuild.BuildOptions = {
  absWorkingDir: ROOT,
  bundle: true,
  minify: process.env.SERVICE_MAP_READABLE === undefined,
  write: false,
  target: 'es2022',
  logLevel: 'silent',
  define: { 'process.env.NODE_ENV': '"production"', global: 'window' },
  tsconfigRaw: { compilerOptions: { jsx: 'react-jsx', target: 'es2022', useDefineForClassFields: true } },
};

async function bundle(entry: string, options: esbuild.BuildOptions = {}): Promise<string> {
  const { outputFiles = [] } = await esbuild.build({
    ...shared,
    entryPoints: [entry],
    outdir: path.join(ROOT, 'bench-out'),
    format: 'iife',
    ...options,
  });
  return outputFiles.find((file) => file.path.endsWith('.js'))?.text ?? '';
}

/** Every script of the page, by its path on the server. */
export async function bundlePage(): Promise<Record<string, string>> {
  const [page, worker, coreWorker] = await Promise.all([
    bundle(path.join(HERE, 'page.tsx'), {
      format: 'esm',
      plugins: [cssAsStyleTags],
      loader: { '.ttf': 'dataurl', '.svg': 'dataurl', '.woff2': 'dataurl' },
    }),
    bundle(path.join(LAYOUT, 'layout.worker.ts')),
    bundle(path.join(HERE, 'core-worker.ts')),
  ]);
  // esbuild leaves `new URL('./layout.worker.ts', import.meta.url)` as it is, so that is where the page looks for it.
  return { '/page.js': page, '/layout.worker.ts': worker, '/core-worker.js': coreWorker };
}

/** The scripts of the page that pictures are taken of */
export async function bundlePictures(): Promise<Record<string, string>> {
  const [page, worker] = await Promise.all([
    bundle(path.join(HERE, 'pictures-page.tsx'), {
      format: 'esm',
      plugins: [cssAsStyleTags],
      loader: { '.ttf': 'dataurl', '.svg': 'dataurl', '.woff2': 'dataurl', '.woff': 'dataurl' },
    }),
    bundle(path.join(LAYOUT, 'layout.worker.ts')),
  ]);
  return { '/page.js': page, '/layout.worker.ts': worker };
}

/** What table, side panel, screen readers and texts need as well: they would bring it if nothing were drawn. */
const SHARED = [
  'i18n/translate',
  'servicegraph/group-by',
  'servicegraph/group-stats',
  'servicegraph/to-frames',
  'trace/steps',
  'views/service-map/format-stats',
  'views/service-map/kind-names',
  'views/service-map/model/map-model',
  'views/service-map/model/map-groups',
].map((module) => path.join(ROOT, 'src', module));

const withoutShared: esbuild.Plugin = {
  name: 'without-shared',
  setup(build) {
    build.onResolve({ filter: /^\./ }, ({ path: asked, resolveDir, kind }) => {
      const isShared = kind !== 'entry-point' && SHARED.includes(path.join(resolveDir, asked));
      return isShared ? { path: asked, external: true } : undefined;
    });
  },
};

export interface ShippedSizes {
  /** Layout and drawing, each module counted once, without what other parts of the map need as well */
  own: number;
  /** With that */
  withShared: number;
  /** The worker, which has the layout a second time */
  worker: number;
  /** Core's two layout libraries */
  core: number;
}

/** Bytes, gzip, of what layout and drawing add to the plugin, and of what core's layout worker is made of. */
export async function shippedSizes(): Promise<ShippedSizes> {
  const shipped = path.join(HERE, 'shipped.ts');
  const scripts = await Promise.all([
    bundle(shipped, { format: 'esm', packages: 'external', plugins: [withoutShared] }),
    bundle(shipped, { format: 'esm', packages: 'external' }),
    bundle(path.join(LAYOUT, 'layout.worker.ts')),
    bundle(path.join(HERE, 'core-worker.ts')),
  ]);
  const [own, withShared, worker, core] = scripts.map((script) => gzipSync(script).length);
  return { own, withShared, worker, core };
}
