import React, { useState } from 'react';
import { getThemeById, type GrafanaTheme2, ThemeContext } from '@grafana/data';
import { config, getAppEvents, locationService, LocationServiceProvider, ThemeChangedEvent } from '@grafana/runtime';
import { ErrorBoundaryAlert, GlobalStyles, ModalRoot, ModalsProvider, PortalContainer } from '@grafana/ui';
import { Router } from 'react-router-v5';
import { CompatRouter } from 'react-router-dom-v5-compat';
import { AppFrame } from './frame/app-frame';
import { Notifications } from './frame/notifications';
import { PageRoutes } from './routes/page-routes';

const THEME_KEY = 'workbench.theme';

export function App() {
  const [theme, setTheme] = useState(config.theme2);
  const toggleTheme = () => {
    const next = getThemeById(theme.isDark ? 'light' : 'dark');
    applyTheme(next);
    setTheme(next);
  };
  return (
    <ThemeContext.Provider value={theme}>
      <GlobalStyles />
      <LocationServiceProvider service={locationService}>
        <Router history={locationService.getHistory()}>
          <CompatRouter>
            <ModalsProvider>
              <AppFrame onToggleTheme={toggleTheme}>
                <ErrorBoundaryAlert>
                  <PageRoutes />
                </ErrorBoundaryAlert>
              </AppFrame>
              <Notifications />
              <ModalRoot />
              <PortalContainer />
            </ModalsProvider>
          </CompatRouter>
        </Router>
      </LocationServiceProvider>
    </ThemeContext.Provider>
  );
}

/** For code that reads the theme outside React, and for the next load. */
function applyTheme(theme: GrafanaTheme2): void {
  const name = theme.isDark ? 'dark' : 'light';
  config.theme2 = theme;
  config.theme = theme.v1;
  config.bootData.user.theme = name;
  config.bootData.user.lightTheme = theme.isLight;
  localStorage.setItem(THEME_KEY, name);
  document.body.className = `theme-${name}`;
  getAppEvents().publish(new ThemeChangedEvent(theme));
}
