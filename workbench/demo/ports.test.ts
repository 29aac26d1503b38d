import { createServer, type Server } from 'node:net';
import { findFreePorts, requirePorts } from './ports';

const listen = (host?: string) =>
  new Promise<{ server: Server; port: number }>((resolve) => {
    const server = createServer();
    server.listen({ port: 0, host }, () => {
      const address = server.address();
      resolve({ server, port: typeof address === 'object' && address ? address.port : 0 });
    });
  });

test.each([['127.0.0.1'], ['0.0.0.0']])('names the option when somebody listens on %s', async (host) => {
  const { server, port } = await listen(host);
  await expect(requirePorts({ tempo: port })).rejects.toThrow(
    new RegExp(`^Port ${port} for Tempo's API is taken: .*--tempo-port <n>\\.$`)
  );
  server.close();
});

test('says so when two parts are given the same port', async () => {
  const { host } = await findFreePorts();
  await expect(requirePorts({ host, otlp: host })).rejects.toThrow(`Port ${host} is asked for twice`);
});

test('free ports are different and pass', async () => {
  const ports = await findFreePorts();
  expect(new Set(Object.values(ports)).size).toBe(5);
  await expect(requirePorts(ports)).resolves.toBeUndefined();
  await expect(requirePorts({ ...ports, load: undefined })).resolves.toBeUndefined();
});
