import { type DataQueryError } from '@grafana/data';
import { isTransient } from './retry';

it.each<[string, DataQueryError, boolean]>([
  ['no connection', { message: 'Tempo cannot be reached' }, true],
  ['a request that the browser could not send', { status: 0 }, true],
  ['a proxy without its target', { status: 502 }, true],
  ['too many requests', { status: 429 }, true],
  ['a bad query', { status: 400, message: 'parse error at line 1' }, false],
  ['a bad query without a status', { message: 'parse error at line 1' }, false],
  ['no rights', { status: 403 }, false],
  ["Grafana's answer for an unknown trace", { message: 'failed to get trace. Status: 404 Not Found' }, false],
])('after %s it is (or is not) asked again', (_, error, expected) => {
  expect(isTransient(error)).toBe(expected);
});
