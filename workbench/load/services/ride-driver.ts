import { type Context } from '@opentelemetry/api';
import { type ActiveSpan } from '../active-span';
import { callDatabase, serveStatements } from '../instrumentation/database';
import { type Call, serveRoutes } from '../instrumentation/http-server';
import { HttpError, type ServiceFactory, type ServiceInstance } from '../service';
import { SERVICES } from '../topology';

export const FIND_NEAREST = 'driver.DriverService/FindNearest';
export const RPC_ATTRIBUTES = { 'rpc.method': FIND_NEAREST, 'rpc.system.name': 'grpc' };

const REDIS_TIMEOUT_MS = 40;
/** Of statements that Redis answers too late */
const STALL_PROBABILITY = 0.08;
const MAX_TRIES = 3;

export const driver: ServiceFactory = (self) => ({
  handle: serveRoutes(self, [
    {
      method: 'POST',
      path: `/${FIND_NEAREST}`,
      spanName: FIND_NEAREST,
      attributes: {
        ...RPC_ATTRIBUTES,
        'server.address': SERVICES.driver.name,
        'server.port': SERVICES.driver.port,
      },
      handle: (call) => findNearest(self, call),
    },
  ]),
});

async function findNearest(self: ServiceInstance, { request, span, context }: Call) {
  const { location } = JSON.parse(request.body) as { location: string };
  span.event('Searching for nearby drivers', { location, level: 'info' });
  const ids = await findDriverIds(self, context, location);
  const drivers: Array<{ driverID: string; location: string }> = [];
  for (const id of ids) {
    drivers.push({ driverID: id, location: await getDriverWithRetries(self, context, span, id) });
  }
  span.event('Search successful', { driver_count: drivers.length, locations: JSON.stringify(drivers), level: 'info' });
  return drivers;
}

async function findDriverIds(self: ServiceInstance, context: Context, location: string): Promise<string[]> {
  const answer = await callDatabase(self, context, {
    spanName: 'FindDriverIDs',
    database: SERVICES.redis,
    statement: { operation: 'GEOSEARCH', collection: 'drivers', text: `GEOSEARCH drivers FROMLONLAT ${location}` },
    timeoutMs: 1000,
    attributes: {
      'db.system.name': 'redis',
      'db.operation.name': 'GEOSEARCH',
      'param.driver.location': location,
    },
    onRows: (span, rows) =>
      span.event('Found drivers', { drivers: `[${(rows as string[]).join(' ')}]`, level: 'info' }),
  });
  return answer as string[];
}

async function getDriverWithRetries(self: ServiceInstance, context: Context, span: ActiveSpan, id: string) {
  for (let tries = 1; ; tries++) {
    try {
      return await getDriver(self, context, id);
    } catch (error) {
      if (!(error instanceof HttpError) || tries === MAX_TRIES) {
        throw error;
      }
      span.event('Retrying GetDriver after error', { retry_no: tries, error: error.message, level: 'error' });
    }
  }
}

async function getDriver(self: ServiceInstance, context: Context, id: string): Promise<string> {
  const answer = await callDatabase(self, context, {
    spanName: 'GetDriver',
    database: SERVICES.redis,
    statement: { operation: 'GET', collection: 'driver', text: `GET driver:${id}` },
    timeoutMs: REDIS_TIMEOUT_MS,
    attributes: { 'db.system.name': 'redis', 'db.operation.name': 'GET', 'param.driverID': id },
    onRows: (span) => span.event("Got driver's ID", { driverID: id, level: 'info' }),
    describe: ({ type }) => ({
      failure: { type, message: 'redis timeout', stack: '*errors.errorString: redis timeout' },
      statusMessage: 'An error occurred',
    }),
  });
  return (answer as { location: string }).location;
}

export const redis: ServiceFactory = (self) =>
  serveStatements(self, {
    spanName: ({ operation }) => operation,
    attributes: { 'db.system.name': 'redis' },
    async execute({ statement, span }) {
      const { random } = self.runtime;
      span.set({ 'db.operation.name': statement.operation });
      if (statement.operation === 'GEOSEARCH') {
        await self.runtime.sleep(random.logNormal(17, 0.2));
        return Array.from({ length: random.integer(3, 5) }, () => `T7${random.integer(10_000, 99_999)}C`);
      }
      const stalls = random.chance(STALL_PROBABILITY);
      await self.runtime.sleep(stalls ? random.between(46, 75) : Math.min(random.logNormal(9, 0.2), 20));
      return { location: `${random.integer(0, 999)},${random.integer(0, 999)}` };
    },
  });
