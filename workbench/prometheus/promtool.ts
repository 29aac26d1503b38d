/** Prometheus' own tool for checking rules; every package of Prometheus has it. */
import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

import { findProgram, findPrometheus, HOW_TO_INSTALL, type Machine, thisMachine } from './find-prometheus';

/** @throws Error of one line that says what to do. */
async function findPromtool(machine: Machine = thisMachine): Promise<string> {
  const found = await findPrometheus(machine);
  const beside = found.kind === 'binary' ? join(dirname(found.path), 'promtool') : undefined;
  const path = beside && (await machine.isExecutable(beside)) ? beside : await findProgram('promtool', machine);
  if (!path) {
    throw new Error(`promtool, which comes with Prometheus, was not found. ${HOW_TO_INSTALL}`);
  }
  return path;
}

/** Runs `promtool test rules` on a file. @throws Error with what did not hold */
export async function testRules(file: string): Promise<void> {
  const promtool = await findPromtool();
  try {
    await promisify(execFile)(promtool, ['test', 'rules', file]);
  } catch (error) {
    const output =
      error instanceof Error && 'stdout' in error && 'stderr' in error
        ? `${error.stdout}${error.stderr}`
        : String(error);
    throw new Error(output);
  }
}
