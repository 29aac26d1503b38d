import { FaultBoard } from '../faults';
import { startControlServer } from './control-server';

let board: FaultBoard;
let control: Awaited<ReturnType<typeof startControlServer>>;

beforeEach(async () => {
  board = new FaultBoard();
  control = await startControlServer(0, board, (id, active) => board.set(id, active));
});
afterEach(() => control.server.close());

const put = (id: string, body: string) =>
  fetch(`${control.url}/faults/${id}`, { method: 'PUT', body, headers: { connection: 'close' } });

test('lists the faults, all off at first', async () => {
  const faults = await (await fetch(`${control.url}/faults`)).json();
  expect(faults.map((fault: { id: string }) => fault.id)).toEqual([
    'slow-database',
    'bad-version',
    'failing-dependency',
    'lost-consumer',
  ]);
  expect(faults.every((fault: { active: boolean; title: string; description: string }) => !fault.active)).toBe(true);
  expect(faults[0]).toEqual({
    id: 'slow-database',
    title: expect.any(String),
    description: expect.any(String),
    active: false,
  });
});

test('switches one on and off', async () => {
  expect(await (await put('bad-version', '{"active":true}')).json()).toMatchObject({ id: 'bad-version', active: true });
  expect(board.isActive('bad-version')).toBe(true);
  expect(board.isActive('slow-database')).toBe(false);
  await put('bad-version', '{"active":false}');
  expect(board.isActive('bad-version')).toBe(false);
});

test.each([
  ['unknown', '{"active":true}', 404, /slow-database/],
  ['bad-version', 'not json', 400, /"active"/],
  ['bad-version', '{"active":"yes"}', 400, /"active"/],
  ['bad-version', 'null', 400, /"active"/],
  ['bad-version', `{"active":true,"x":"${'x'.repeat(20_000)}"}`, 413, /bytes/],
])('refuses %s with %.20s', async (id, body, status, message) => {
  const response = await put(id, body);
  expect(response.status).toBe(status);
  expect((await response.json()).message).toMatch(message);
  expect(board.list().some((fault) => fault.active)).toBe(false);
});

test('refuses other methods and paths', async () => {
  expect((await fetch(`${control.url}/faults`, { method: 'POST' })).status).toBe(405);
  expect((await fetch(`${control.url}/faults/bad-version`)).status).toBe(405);
  expect((await fetch(`${control.url}/elsewhere`)).status).toBe(404);
});
