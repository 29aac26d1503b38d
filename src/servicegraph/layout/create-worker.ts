/** Alone in its module: test runners cannot read `import.meta`. */
export function createLayoutWorker(): Worker {
  return new Worker(new URL('./layout.worker.ts', import.meta.url));
}
