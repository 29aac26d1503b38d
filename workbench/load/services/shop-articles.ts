import { type Context } from '@opentelemetry/api';
import { callDatabase, DatabaseError, serveStatements, type Statement } from '../instrumentation/database';
import { type Call, serveRoutes } from '../instrumentation/http-server';
import { HttpError, type ServiceFactory, type ServiceInstance, stackTrace } from '../service';
import { CANARY_VERSION, SERVICES } from '../topology';

const LIST_STATEMENT =
  'SELECT id, title, price_cents FROM articles WHERE category = $1 ORDER BY popularity DESC LIMIT 24';
const GET_STATEMENT = 'SELECT id, title, price_cents, stock FROM articles WHERE id = $1';
/** Postgres' statement_timeout */
const STATEMENT_TIMEOUT_MS = 2000;

export const articleService: ServiceFactory = (self) => ({
  handle: serveRoutes(self, [
    {
      method: 'GET',
      path: '/list-articles',
      spanName: 'list-articles',
      handle: (call) => serveArticles(self, call, LIST_STATEMENT),
    },
    {
      method: 'GET',
      path: '/get-article',
      spanName: 'get-article',
      handle: (call) => serveArticles(self, call, GET_STATEMENT),
    },
  ]),
});

async function serveArticles(self: ServiceInstance, call: Call, text: string) {
  const { runtime } = self;
  await runtime.sleep(runtime.random.logNormal(5, 0.3));
  const rows = await selectArticles(self, call.context, text);
  await renderPrices(self);
  return rows;
}

/** The release that adds discounts reads a field which not every article has, and takes its time. */
async function renderPrices({ runtime, instance }: ServiceInstance): Promise<void> {
  await runtime.sleep(runtime.random.logNormal(7, 0.3));
  if (instance.version !== CANARY_VERSION || !runtime.faults.isActive('bad-version')) {
    return;
  }
  await runtime.sleep(runtime.random.logNormal(320, 0.3));
  if (runtime.random.chance(0.45)) {
    const message = "Cannot read properties of undefined (reading 'discount')";
    const stack = stackTrace('TypeError', message, [
      'renderPrices (/app/dist/prices.js:41:33)',
      'serveArticles (/app/dist/articles.js:27:9)',
      'process.processTicksAndRejections (node:internal/process/task_queues:95:5)',
    ]);
    throw new HttpError(500, message, { type: 'TypeError', message, stack });
  }
}

function selectArticles(self: ServiceInstance, context: Context, text: string): Promise<unknown> {
  return callDatabase(self, context, {
    spanName: 'select-articles',
    database: SERVICES.postgres,
    statement: { operation: 'SELECT', collection: 'articles', text },
    timeoutMs: 4000,
    attributes: {
      'db.system.name': 'postgresql',
      'db.namespace': 'shop',
      'db.operation.name': 'SELECT',
      'db.collection.name': 'articles',
      'db.query.text': text,
    },
  });
}

export const postgres: ServiceFactory = (self) =>
  serveStatements(self, {
    spanName: ({ operation, collection }) => `${operation === 'SELECT' ? 'query' : 'insert'}-${collection}`,
    attributes: { 'db.system.name': 'postgresql', 'db.namespace': 'shop' },
    async execute({ statement, span }) {
      span.set({ 'db.operation.name': statement.operation, 'db.query.text': statement.text });
      const durationMs = statementDuration(self, statement);
      await self.runtime.sleep(Math.min(durationMs, STATEMENT_TIMEOUT_MS));
      if (durationMs > STATEMENT_TIMEOUT_MS) {
        throw new DatabaseError('57014', 'canceling statement due to statement timeout');
      }
      return { rows: 1 };
    },
  });

function statementDuration({ runtime }: ServiceInstance, { text }: Statement): number {
  const { random, faults } = runtime;
  if (text !== LIST_STATEMENT) {
    return random.logNormal(14, 0.35);
  }
  return faults.isActive('slow-database') ? random.logNormal(1150, 0.45) : random.logNormal(42, 0.35);
}
