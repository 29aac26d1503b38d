import { defineConfig } from '@playwright/test';

/** A Grafana (or workbench) that already runs, e.g. http://localhost:3000; without it the demo is started. */
const given = process.env.E2E_BASE_URL;
const port = Number(process.env.E2E_PORT ?? 33000);
const baseURL = given ?? `http://127.0.0.1:${port}`;

export default defineConfig({
  testDir: './tests/e2e',
  timeout: 60_000,
  expect: { timeout: 20_000 },
  workers: 1,
  forbidOnly: !!process.env.CI,
  retries: 0,
  reporter: 'list',
  use: {
    baseURL,
    viewport: { width: 1280, height: 800 },
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      // Without it Playwright uses the browser it downloaded itself.
      executablePath: process.env.CHROMIUM_BIN,
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
    },
  },
  projects: [{ name: 'chromium' }],
  webServer: given
    ? undefined
    : {
        command: [
          'npx tsx workbench/demo/main.ts',
          `--port ${port}`,
          `--tempo-port ${port + 1}`,
          `--otlp-port ${port + 2}`,
          `--prometheus-port ${port + 3}`,
          `--load-port ${port + 4}`,
        ].join(' '),
        url: `${baseURL}/api/health`,
        timeout: 180_000,
        gracefulShutdown: { signal: 'SIGTERM', timeout: 15_000 },
      },
});
