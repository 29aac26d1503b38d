/** The code editor runs its language services in workers that the host bundles beside the page. */
export function setMonacoWorkers(): void {
  Reflect.set(window, 'MonacoEnvironment', {
    getWorker: (_moduleId: string, label: string) =>
      new Worker(`/host/${label === 'json' ? 'monaco-json-worker' : 'monaco-editor-worker'}.js`, { name: label }),
  });
}
