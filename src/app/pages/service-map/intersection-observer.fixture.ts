/** Imported before @grafana/scenes: it needs an observer that the test DOM does not have. */
class NoIntersectionObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
}

Object.assign(globalThis, { IntersectionObserver: NoIntersectionObserver });
