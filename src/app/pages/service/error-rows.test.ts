import { createDataFrame, FieldType } from '@grafana/data';
import { validateQuery } from '../../../traceql';
import { errorGroups, errorsQuery } from './error-rows';

const scope = { service: 'shop' };

interface Failed {
  trace: string;
  span: string;
  time?: number;
  name?: string | null;
  message?: string;
  exception?: string;
}

function spans(rows: Failed[]) {
  return createDataFrame({
    fields: [
      { name: 'traceIdHidden', type: FieldType.string, values: rows.map(({ trace }) => trace) },
      { name: 'spanID', type: FieldType.string, values: rows.map(({ span }) => span) },
      { name: 'time', type: FieldType.time, values: rows.map(({ time = 1 }) => time) },
      { name: 'name', type: FieldType.string, values: rows.map(({ name = 'GET /' }) => name) },
      { name: 'statusMessage', type: FieldType.string, values: rows.map(({ message = '' }) => message) },
      { name: 'event.exception.type', type: FieldType.string, values: rows.map(({ exception = '' }) => exception) },
    ],
  });
}

it('puts those alike together, the most frequent first', () => {
  const groups = errorGroups(
    [
      spans([
        { trace: 'a', span: '1', message: 'no stock', time: 5 },
        { trace: 'b', span: '1', message: 'time-out', time: 6 },
      ]),
      spans([{ trace: 'c', span: '1', message: 'time-out', time: 9 }]),
    ],
    scope
  );
  expect(groups.map(({ message, count, newest }) => [message, count, newest])).toEqual([
    ['time-out', 2, 9],
    ['no stock', 1, 5],
  ]);
});

it('counts a span that two tables have once, and rows without ids not at all', () => {
  const one = { trace: 'a', span: '1', message: 'x' };
  expect(errorGroups([spans([one, { trace: '', span: '' }]), spans([one])], scope)).toMatchObject([{ count: 1 }]);
});

it.each<[string, Failed, string]>([
  [
    'message, quoted',
    { trace: 'a', span: '1', message: 'say "no"' },
    'name = "GET /" && statusMessage = "say \\"no\\""',
  ],
  ['exception', { trace: 'a', span: '1', exception: 'IOError' }, 'name = "GET /" && event.exception.type = "IOError"'],
  ['neither', { trace: 'a', span: '1' }, 'status = error && name = "GET /" }'],
  ['no name', { trace: 'a', span: '1', name: null }, 'status = error }'],
])('each has the search for exactly its spans: %s', (_, span, part) => {
  const [{ query }] = errorGroups([spans([span])], scope);
  expect(query).toContain(part);
  expect(validateQuery(query)).toEqual({ verdict: 'valid' });
});

it('asks for the newest failed requests', () => {
  const query = errorsQuery({ ...scope, operation: 'GET /' });
  expect(query).toContain('status = error');
  expect(validateQuery(query)).toEqual({ verdict: 'valid' });
});
