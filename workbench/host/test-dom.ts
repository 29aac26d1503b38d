/** What @grafana/ui looks for when it is imported and jsdom lacks. Import it first in tests that run in jsdom. */
Object.defineProperty(globalThis, 'matchMedia', {
  value: (query: string) => ({
    matches: false,
    media: query,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }),
});
