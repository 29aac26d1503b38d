/** Alone in its module: test runners cannot read `import.meta`. */
export function createLayoutWorker(): Worker {
  // As a script of its own: the plugin's other files are AMD modules, and a worker has no `define`.
  return new Worker(
    /* webpackEntryOptions: { library: false, publicPath: 'auto' } */ new URL('./layout.worker.ts', import.meta.url)
  );
}
