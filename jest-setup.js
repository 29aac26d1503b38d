// Tests in Node have no DOM to set up.
if (typeof window !== 'undefined') {
  // Jest setup provided by Grafana scaffolding
  require('./.config/jest-setup');

  // jsdom has none, and @grafana/scenes makes one when it is imported.
  class NeverIntersecting {
    observe() {}
    unobserve() {}
    disconnect() {}
  }
  Object.defineProperty(globalThis, 'IntersectionObserver', { writable: true, value: NeverIntersecting });
}
