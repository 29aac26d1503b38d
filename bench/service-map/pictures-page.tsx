/** Shows the map of a synthetic graph, for pictures of it. */
import React, { useState } from 'react';
import { createRoot } from 'react-dom/client';
import '@fontsource/inter/400.css';
import '@fontsource/inter/500.css';
import { createTheme, ThemeContext } from '@grafana/data';
import { sumStats } from '../../src/servicegraph/group-stats';
import { type RequestStats, type ServiceGraph } from '../../src/servicegraph/model';
import { type Selection } from '../../src/views/service-map/selection';
import { ServiceMap } from '../../src/views/service-map/service-map';
import { topology } from './topology';

declare global {
  interface Window {
    showMap(services: number, mode: 'light' | 'dark', width: number, height: number): void;
  }
}

/** Services with the numbers of the calls they receive, as in a graph out of metrics */
function withSums({ services, calls, notices }: ServiceGraph): ServiceGraph {
  const received = new Map<string, RequestStats[]>();
  for (const { target, stats } of calls) {
    received.set(target, [...(received.get(target) ?? []), stats]);
  }
  return {
    services: services.map((service) => ({
      ...service,
      stats: { ...service.stats, ...sumStats(received.get(service.id) ?? []) },
    })),
    calls,
    notices,
  };
}

function Picture({ services, width, height }: { services: number; width: number; height: number }) {
  const [graph] = useState(() => withSums(topology(services, 1)));
  const [selected, setSelected] = useState<Selection>();
  return (
    <ServiceMap
      graph={graph}
      surface="canvas"
      width={width}
      height={height}
      showToolbar={false}
      showControls={false}
      selected={selected}
      onSelect={setSelected}
    />
  );
}

window.showMap = (services, mode, width, height) => {
  const theme = createTheme({ colors: { mode } });
  document.body.replaceChildren();
  const style = document.body.appendChild(document.createElement('style'));
  // As Grafana's own style sheet
  style.textContent = 'ul { padding: 0 }';
  document.body.style.cssText = `margin: 0; padding: 8px; box-sizing: border-box; color: ${theme.colors.text.primary};
    background: ${theme.colors.background.canvas}; font: 14px ${theme.typography.fontFamily}`;
  createRoot(document.body.appendChild(document.createElement('div'))).render(
    <ThemeContext.Provider value={theme}>
      <Picture services={services} width={width - 16} height={height - 16} />
    </ThemeContext.Provider>
  );
};
