/** What Grafana's inputs expect of a browser and jsdom lacks: sizes and text widths. */
export function stubLayout(): void {
  const stub = (target: object, name: string, value: unknown) =>
    Object.defineProperty(target, name, { configurable: true, writable: true, value });
  stub(Element.prototype, 'getBoundingClientRect', () => ({
    width: 120,
    height: 120,
    top: 0,
    left: 0,
    bottom: 120,
    right: 120,
    x: 0,
    y: 0,
  }));
  // Lists draw only what fits into their size.
  for (const side of ['offsetHeight', 'offsetWidth']) {
    stub(HTMLElement.prototype, side, 400);
  }
  stub(HTMLCanvasElement.prototype, 'getContext', () => ({
    measureText: (text: string) => ({ width: 8 * text.length }),
  }));
}
