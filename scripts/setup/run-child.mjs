import { spawn } from 'node:child_process';

const FORWARDED = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a program in a process group of its own and resolves with its exit code. Signals are passed on, once each
 * however they arrive; when the program dies without cleaning up, what is left of its group is ended too. The
 * program has an IPC channel, whose closing tells it that this process is gone.
 */
export function runChild(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      ...options,
      detached: process.platform !== 'win32',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const listeners = FORWARDED.map((signal) => [signal, () => child.kill(signal)]);
    listeners.forEach(([signal, listener]) => process.on(signal, listener));
    child.on('error', (error) => {
      console.error(`${command}: ${error.message}`);
      resolve(1);
    });
    child.on('exit', (code, signal) => {
      listeners.forEach(([name, listener]) => process.off(name, listener));
      endGroup(child.pid);
      resolve(code ?? (signal ? 1 : 0));
    });
  });
}

function endGroup(pid) {
  if (process.platform === 'win32' || pid === undefined) {
    return;
  }
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nothing is left of the group.
  }
}
