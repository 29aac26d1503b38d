/**
 * `npm run demo`: sees to everything that the demo needs on a fresh clone, then starts it.
 * Options go to the demo: `npm run demo -- --help`.
 */
import path from 'node:path';
import { ensureModules } from './setup/ensure-modules.mjs';
import { ensureNode } from './setup/ensure-node.mjs';
import { PROJECT_DIR } from './setup/project-dir.mjs';
import { runChild } from './setup/run-child.mjs';

ensureNode();
ensureModules();
const demo = ['--import', 'tsx', path.join('workbench', 'demo', 'main.ts'), ...process.argv.slice(2)];
process.exitCode = await runChild(process.execPath, demo, { cwd: PROJECT_DIR });
