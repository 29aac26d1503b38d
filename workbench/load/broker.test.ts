import { Broker } from './broker';
import { QueueFullError, type QueueMessage } from './runtime';

const message = (id: string): QueueMessage => ({ id, headers: {}, body: '' });

test('gives messages out in order, each once', () => {
  const broker = new Broker();
  broker.publish('orders', message('1'));
  broker.publish('orders', message('2'));
  broker.publish('other', message('3'));
  expect([broker.take('orders')?.id, broker.take('orders')?.id, broker.take('orders')]).toEqual(['1', '2', undefined]);
});

test('hands a message to the first who waits, not to one who left', () => {
  const broker = new Broker();
  const received: string[] = [];
  const leave = broker.wait('orders', ({ id }) => received.push(`a${id}`));
  broker.wait('orders', ({ id }) => received.push(`b${id}`));
  leave();
  broker.publish('orders', message('1'));
  expect(received).toEqual(['b1']);
  expect(broker.take('orders')).toBeUndefined();
});

test('refuses messages when nobody takes them away', () => {
  const broker = new Broker();
  const fill = () => {
    for (let i = 0; i < 1000; i++) {
      broker.publish('orders', message(String(i)));
    }
  };
  expect(fill).toThrow(QueueFullError);
  expect(broker.take('orders')?.id).toBe('0');
});
