import { type ChildProcess } from 'node:child_process';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const children = new Set<ChildProcess>();

/** Makes the child end together with this process, whichever way that ends. Returns what undoes it. */
export function killOnExit(child: ChildProcess): () => void {
  if (children.size === 0) {
    listen();
  }
  children.add(child);
  const release = () => {
    if (children.delete(child) && children.size === 0) {
      unlisten();
    }
  };
  child.once('exit', release);
  return release;
}

function listen(): void {
  process.on('exit', killAll);
  SIGNALS.forEach((signal) => process.on(signal, onSignal));
}

function unlisten(): void {
  process.off('exit', killAll);
  SIGNALS.forEach((signal) => process.off(signal, onSignal));
}

function killAll(): void {
  children.forEach((child) => child.kill('SIGKILL'));
}

function onSignal(signal: NodeJS.Signals): void {
  // Whoever else listens shuts down in order and closes its children on the way; alone, we make way for the default.
  if (process.listenerCount(signal) === 1) {
    killAll();
    unlisten();
    process.kill(process.pid, signal);
  }
}
