/** What @grafana/ui looks for when it is imported and jsdom lacks. Import it first in tests that run in jsdom. */
Object.defineProperty(globalThis, 'matchMedia', {
  value: (query: string) => ({
    matches: false,
    media: query,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }),
});

/** Scenes makes one when it is imported. */
class NeverIntersecting implements Pick<IntersectionObserver, 'observe' | 'unobserve' | 'disconnect'> {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}
Object.defineProperty(globalThis, 'IntersectionObserver', { value: NeverIntersecting });
