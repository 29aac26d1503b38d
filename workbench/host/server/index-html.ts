import { type HostBootData } from '../shared/boot-data';

/**
 * The one HTML document of the host. The boot data must be there before the bundle: `@grafana/runtime` reads it
 * when it is imported.
 */
export function indexHtml(boot: HostBootData): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>Workbench</title>
<base href="/">
<link rel="icon" href="/public/workbench/favicon.svg" type="image/svg+xml">
<style>
  html, body, #root { height: 100%; margin: 0; }
  .theme-dark { background: Canvas; color-scheme: dark; }
  .theme-light { background: Canvas; color-scheme: light; }
</style>
</head>
<body>
<div id="root"></div>
<script>
  window.__grafana_public_path__ = '/public/';
  window.grafanaBootData = ${inlineJson(boot)};
  (function () {
    var asked = new URLSearchParams(location.search).get('theme');
    var theme = asked === 'light' || asked === 'dark' ? asked : localStorage.getItem('workbench.theme') || 'dark';
    localStorage.setItem('workbench.theme', theme);
    window.grafanaBootData.user.theme = theme;
    window.grafanaBootData.user.lightTheme = theme === 'light';
    document.body.className = 'theme-' + theme;
  })();
</script>
<script type="module" src="/host/main.js"></script>
</body>
</html>`;
}

/** JSON that is safe inside a script element. */
function inlineJson(value: unknown): string {
  return JSON.stringify(value).replace(/</g, '\\u003c');
}
