/** Runs the in-memory Tempo alone: `npx tsx workbench/tempo/cli.ts --api-port 3200 --otlp-port 4318`. */
import { parseArgs } from 'node:util';

import { startInMemoryTempo } from './server';

const USAGE = `usage: tsx workbench/tempo/cli.ts [--api-port 3200] [--otlp-port 4318] [--host 127.0.0.1]
         [--max-bytes 536870912] [--remote-write http://127.0.0.1:9090/api/v1/write]
`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      'api-port': { type: 'string', default: '3200' },
      'otlp-port': { type: 'string', default: '4318' },
      host: { type: 'string', default: '127.0.0.1' },
      'max-bytes': { type: 'string' },
      'remote-write': { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return;
  }
  const tempo = await startInMemoryTempo({
    apiPort: numberOption('api-port', values['api-port']),
    otlpPort: numberOption('otlp-port', values['otlp-port']),
    host: values.host,
    maxBytes: values['max-bytes'] === undefined ? undefined : numberOption('max-bytes', values['max-bytes']),
    remoteWriteUrl: values['remote-write'],
    log: (line) => process.stderr.write(`${line}\n`),
  });
  process.stdout.write(`Query API ${tempo.apiUrl}\nOTLP/HTTP ${tempo.otlpUrl}/v1/traces\n`);
  const stop = (): void => void tempo.close().then(() => process.exit(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

function numberOption(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) {
    throw new Error(`--${name} must be a whole number, not ${JSON.stringify(text)}`);
  }
  return value;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
  process.exitCode = 1;
});
