import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { checkLoop, EXPECTED_CALLS, missingCalls } from './check';

test('names the calls that are not on the map', () => {
  const all = EXPECTED_CALLS.map(([client, server]) => ({ client, server }));
  expect(missingCalls(all)).toEqual([]);
  expect(missingCalls(all.filter(({ server }) => server !== 'mysql'))).toEqual(['customer -> mysql']);
  expect(missingCalls([])).toHaveLength(EXPECTED_CALLS.length);
});

test('a host that does not answer fails the check with its reason', async () => {
  const server = createServer((_request, response) => response.writeHead(502).end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await expect(checkLoop({ hostUrl: url, otlpUrl: url }, () => undefined)).rejects.toThrow('HTTP 502');
  server.close();
  server.closeAllConnections();
});
