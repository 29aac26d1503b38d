/**
 * Icons that @grafana/ui names but whose npm package does not carry. Drawn for this project on a 24 by 24 grid as
 * outlines; an icon that is not listed gets a plain dot, so that nothing is missing or shifts.
 */
const OUTLINES: Record<string, string> = {
  ai: 'M12 3l2 6 6 2-6 2-2 6-2-6-6-2 6-2z',
  anchor: 'M12 8v13M5 14c0 4 3 7 7 7s7-3 7-7M9 11h6M12 3a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z',
  'angle-double-left': 'M11 8l-4 4 4 4M17 8l-4 4 4 4',
  'angle-double-up': 'M8 11l4-4 4 4M8 17l4-4 4 4',
  'archive-alt': 'M3 4h18v5H3zM5 9v11h14V9M10 13h4',
  'arrows-v': 'M12 3v18M8 7l4-4 4 4M8 17l4 4 4-4',
  'browser-alt': 'M3 4h18v16H3zM3 9h18',
  'check-square': 'M4 4h16v16H4zM8 12l3 3 5-6',
  'circle-mono': 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16z',
  'comment-alt-message': 'M4 4h16v13H9l-5 4zM8 9h8M8 13h5',
  'compress-alt': 'M20 4l-6 6M14 5v5h5M4 20l6-6M5 14h5v5',
  'compress-alt-left': 'M4 4l6 6M10 5v5H5M20 20l-6-6M19 14h-5v5',
  'compress-arrows': 'M4 4l5 5M9 5v4H5M20 4l-5 5M15 5v4h4M4 20l5-5M9 19v-4H5M20 20l-5-5M15 19v-4h4',
  crosshair: 'M12 5a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM12 2v6M12 16v6M2 12h6M16 12h6',
  'document-layout-left': 'M4 4h16v16H4zM7 8h5v5H7zM15 9h2M15 12h2M7 16h10',
  drilldown: 'M4 5h16M7 10h10M10 15h4M12 15v5',
  enter: 'M20 5v7H5M9 8l-4 4 4 4',
  exclamation: 'M12 5v9M12 18.5v.5',
  'expand-alt': 'M14 4h6v6M20 4l-6 6M10 20H4v-6M4 20l6-6',
  'expand-arrows': 'M4 9V4h5M4 4l5 5M20 9V4h-5M20 4l-5 5M4 15v5h5M4 20l5-5M20 15v5h-5M20 20l-5-5',
  'expand-arrows-alt': 'M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5',
  'file-download': 'M6 3h8l5 5v13H6zM12 10v7M9 14l3 3 3-3',
  'file-edit-alt': 'M6 3h8l5 5v13H6zM9 17l6-6',
  'file-export': 'M6 3h8l5 5v13H6zM10 14h6M14 11l3 3-3 3',
  'file-landscape-alt': 'M6 3h8l5 5v13H6zM8 18l3-4 2 2 2-3 2 5',
  flask: 'M9 3h6M10 3v6l-6 11h16L14 9V3M7 15h10',
  flip: 'M12 3v18M9 7l-5 10h5M15 7l5 10h-5',
  font: 'M5 20l7-16 7 16M8 14h8',
  globe: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18',
  'gf-pin': 'M9 3h6l-1 6 3 4H7l3-4zM12 13v8',
  'gf-prometheus': 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM8 16v-5M12 16V8M16 16v-3',
  'gf-service-account': 'M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4 20c1-4 4-6 8-6s7 2 8 6',
  'hand-pointer': 'M9 12V5a1.5 1.5 0 0 1 3 0v6l6 2v4l-2 4h-5l-5-6 2-1z',
  'heart-rate': 'M3 12h4l2-6 4 12 2-6h6',
  home: 'M4 11l8-7 8 7M6 10v10h12V10M10 20v-6h4v6',
  layers: 'M12 4l9 5-9 5-9-5zM3 13l9 5 9-5',
  'legend-hide': 'M4 4h16v16H4zM4 15h16',
  'legend-show': 'M4 4h16v16H4zM4 15h16M8 17.5h8',
  'lightbulb-alt': 'M9 18h6M10 21h4M12 3a6 6 0 0 0-3 11v2h6v-2a6 6 0 0 0-3-11z',
  line: 'M4 17l5-6 4 3 7-9',
  'link-broken': 'M10 14l-3 3a3 3 0 0 1-4-4l3-3M14 10l3-3a3 3 0 0 1 4 4l-3 3M9 4v3M4 9h3M20 15h-3M15 20v-3',
  'list-ol': 'M9 6h11M9 12h11M9 18h11M4 5v3M4 11h2l-2 3h2M4 17h2v3H4',
  'map-marker': 'M12 21c-4-5-6-8-6-11a6 6 0 1 1 12 0c0 3-2 6-6 11zM12 8a2 2 0 1 0 0 4 2 2 0 0 0 0-4z',
  'maximize-left': 'M4 10V4h6M4 4l7 7M20 14v6h-6M20 20l-7-7',
  'pause-circle': 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM10 9v6M14 9v6',
  paragraph: 'M18 4h-8a4 4 0 0 0 0 8h2M12 4v16M16 4v16',
  'ruler-combined': 'M4 4v16h16M4 8h3M4 12h3M4 16h3M12 20v-3M16 20v-3',
  spinner: 'M12 4a8 8 0 1 1-8 8',
  'stopwatch-slash': 'M12 6a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM10 3h4M4 4l16 16',
  'sync-slash': 'M5 12a7 7 0 0 1 12-5l2 2M19 12a7 7 0 0 1-12 5l-2-2M4 4l16 16',
  'table-collapse-all': 'M4 4h16v16H4zM4 12h16M9 7l3 2 3-2M9 17l3-2 3 2',
  'table-expand-all': 'M4 4h16v16H4zM4 12h16M9 9l3-2 3 2M9 15l3 2 3-2',
  'text-fields': 'M4 6h10M9 6v13M14 11h6M17 11v8',
  'thumbs-down': 'M7 4v9H4V4zM7 13l4 7c2 0 2-2 1-6h7l-2-9-10-1',
  'thumbs-up': 'M7 20v-9H4v9zM7 11l4-7c2 0 2 2 1 6h7l-2 9-10 1',
  'toggle-off': 'M8 7h8a5 5 0 0 1 0 10H8A5 5 0 0 1 8 7zM8 10a2 2 0 1 0 0 4 2 2 0 0 0 0-4z',
  'toggle-on': 'M8 7h8a5 5 0 0 1 0 10H8A5 5 0 0 1 8 7zM16 10a2 2 0 1 0 0 4 2 2 0 0 0 0-4z',
  unarchive: 'M3 4h18v5H3zM5 9v11h14V9M12 18v-6M9 14l3-3 3 3',
  'vertical-align-bottom': 'M4 20h16M12 4v12M8 12l4 4 4-4',
  'vertical-align-center': 'M4 12h16M12 3v6M12 15v6',
  'vertical-align-top': 'M4 4h16M12 20V8M8 12l4-4 4 4',
  'web-section': 'M3 4h18v16H3zM3 9h18M7 13h6',
  'web-section-alt': 'M3 4h18v16H3zM3 9h18M9 9v11',
  window: 'M3 4h18v16H3zM3 9h18M6 6.5h1',
  wrench: 'M20 7l-4 4-3-3 4-4a5 5 0 0 0-6 6l-7 7 3 3 7-7a5 5 0 0 0 6-6z',
};

const DOT = 'M12 11a1 1 0 1 0 0 2 1 1 0 0 0 0-2z';

/** An SVG document for `name`. */
export function fallbackIcon(name: string): string {
  const outline = OUTLINES[name] ?? DOT;
  return (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">' +
    `<path d="${outline}" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/>` +
    '</svg>'
  );
}
