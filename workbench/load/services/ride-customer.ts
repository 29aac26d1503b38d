import { type Attributes } from '@opentelemetry/api';
import { callDatabase, serveStatements } from '../instrumentation/database';
import { type Call, serveRoutes } from '../instrumentation/http-server';
import { Mutex } from '../mutex';
import { type ServiceFactory, type ServiceInstance } from '../service';
import { SERVICES } from '../topology';

export const customer: ServiceFactory = (self) => ({
  handle: serveRoutes(self, [{ method: 'GET', path: '/customer', handle: (call) => getCustomer(self, call) }]),
});

async function getCustomer(self: ServiceInstance, { query, span, context, request }: Call) {
  const id = query.get('customer') ?? '';
  span.event('HTTP request received', { method: request.method, url: request.path, level: 'info' });
  span.event('Loading customer', { customer_id: id, level: 'info' });
  const text = `SELECT * FROM customer WHERE customer_id=${id}`;
  return callDatabase(self, context, {
    spanName: 'SQL SELECT',
    database: SERVICES.mysql,
    statement: { operation: 'SELECT', collection: 'customer', text },
    timeoutMs: 6000,
    attributes: {
      'db.system.name': 'mysql',
      'db.namespace': 'ride',
      'db.operation.name': 'SELECT',
      'db.collection.name': 'customer',
      'db.query.text': text,
      'service.peer.name': SERVICES.mysql.name,
    },
  });
}

const MYSQL: Attributes = { 'db.system.name': 'mysql', 'db.namespace': 'ride', 'db.operation.name': 'SELECT' };

/** One connection for all: statements wait for each other, so it is slow when many arrive together. */
export const mysql: ServiceFactory = (self) => {
  const connection = new Mutex();
  return serveStatements(self, {
    spanName: ({ operation, collection }) => `${operation} ${collection}`,
    attributes: MYSQL,
    async execute({ statement, client, span }) {
      const ahead = connection.waiters();
      if (connection.isHeld) {
        const text = `Waiting for lock behind ${ahead.length + 1} transactions`;
        span.event(text, { blockers: `[${ahead.join(' ')}]`, level: 'info' });
      }
      const release = await connection.acquire(client);
      const behind = connection.waiters();
      const waiters = `[${behind.join(' ')}]`;
      span.event(`Acquired lock; ${behind.length} transactions waiting behind`, { waiters, level: 'info' });
      await self.runtime.sleep(self.runtime.random.logNormal(190, 0.18));
      release();
      return rowOf(statement.text);
    },
  });
};

function rowOf(statement: string) {
  const id = Number(statement.slice(statement.lastIndexOf('=') + 1));
  return { ID: id, Name: `Customer ${id}`, location: `${(id * 37) % 1000},${(id * 53) % 1000}` };
}
