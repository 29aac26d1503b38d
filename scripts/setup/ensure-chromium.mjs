import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { findOnPath, isExecutable } from './find-program.mjs';
import { PROJECT_DIR } from './project-dir.mjs';
import { installSystemPackage, suggestedCommand } from './system-packages.mjs';

const PROGRAMS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
const MAC_PROGRAMS = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const PACKAGES = { apt: 'chromium', brew: '--cask chromium' };

/** Path of a Chromium, installed if need be; prints what to install and gives undefined when none can be had. */
export function ensureChromium() {
  const found =
    findChromium() ??
    (installSystemPackage('Chromium', PACKAGES) ? findChromium() : undefined) ??
    (installWithPlaywright() ? findChromium() : undefined);
  if (!found) {
    const how = suggestedCommand(PACKAGES) ?? 'install Chromium or Google Chrome';
    console.error(`No Chromium found: ${how}, or set CHROMIUM_BIN to the program.`);
  }
  return found;
}

/** CHROMIUM_BIN, then PATH, then the Mac's applications, then Playwright's own. */
export function findChromium() {
  const named = process.env.CHROMIUM_BIN;
  if (named && isExecutable(named)) {
    return named;
  }
  if (named) {
    console.error(`CHROMIUM_BIN is ${named}, which is no program: looking elsewhere.`);
  }
  return findOnPath(PROGRAMS) ?? MAC_PROGRAMS.find(isExecutable) ?? findPlaywrights();
}

function findPlaywrights() {
  try {
    const { chromium } = createRequire(path.join(PROJECT_DIR, 'package.json'))('@playwright/test');
    const file = chromium.executablePath();
    return isExecutable(file) ? file : undefined;
  } catch {
    return undefined;
  }
}

function installWithPlaywright() {
  console.log('Installing Chromium: playwright install chromium');
  const cli = path.join(PROJECT_DIR, 'node_modules/@playwright/test/cli.js');
  return spawnSync(process.execPath, [cli, 'install', 'chromium'], { cwd: PROJECT_DIR, stdio: 'inherit' }).status === 0;
}
