import { type Browser, chromium } from '@playwright/test';

/** Chromium without a window: that of CHROMIUM_BIN, else Playwright's own. @throws an Error that says what to do */
export async function launchChromium(args: readonly string[]): Promise<Browser> {
  const program = process.env.CHROMIUM_BIN || undefined;
  try {
    return await chromium.launch({ executablePath: program, args: [...args] });
  } catch (error) {
    const advice = program
      ? `CHROMIUM_BIN is ${program}: is it there, and can it run headless?`
      : 'Set CHROMIUM_BIN to a Chromium or Chrome, or run: npx playwright install chromium';
    throw new Error(`Chromium could not be launched, so nothing was measured in it. ${advice}`, { cause: error });
  }
}
