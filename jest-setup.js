// Tests in Node have no DOM to set up.
if (typeof window !== 'undefined') {
  // Jest setup provided by Grafana scaffolding
  require('./.config/jest-setup');

  // jsdom has no layout and no observers of it; @grafana/scenes makes one when it is imported.
  class NeverObserving {
    observe() {}
    unobserve() {}
    disconnect() {}
  }
  for (const name of ['IntersectionObserver', 'ResizeObserver']) {
    Object.defineProperty(globalThis, name, { writable: true, value: NeverObserving });
  }
}
