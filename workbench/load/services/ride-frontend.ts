import { type Context } from '@opentelemetry/api';
import { callHttp } from '../instrumentation/http-client';
import { type Call, serveRoutes } from '../instrumentation/http-server';
import { type ServiceFactory, type ServiceInstance } from '../service';
import { SERVICES } from '../topology';
import { FIND_NEAREST, RPC_ATTRIBUTES } from './ride-driver';

/** How many routes are asked for at a time. */
const ROUTE_WORKERS = 3;

interface Location {
  driverID: string;
  location: string;
}

/** Entry of the ride-hailing sample: finds the driver who is there first. */
export const frontend: ServiceFactory = (self) => ({
  handle: serveRoutes(self, [{ method: 'GET', path: '/dispatch', handle: (call) => dispatch(self, call) }]),
});

async function dispatch(self: ServiceInstance, { query, span, context, request }: Call) {
  const customerId = query.get('customer') ?? '';
  span.event('HTTP request received', { method: request.method, url: request.path, level: 'info' });
  span.event('Getting customer', { customer_id: customerId, level: 'info' });
  const customer = await getCustomer(self, context, customerId);
  span.event('Found customer', { level: 'info' });
  span.event('Finding nearest drivers', { location: customer.location, level: 'info' });
  const drivers = await findNearest(self, context, customer.location);
  span.event('Found drivers', { level: 'info' });
  const etas = await inParallel(drivers, ROUTE_WORKERS, async (driver) => {
    span.event('Finding route', { pickup: driver.location, dropoff: customer.location, level: 'info' });
    return { driver: driver.driverID, eta: await findRoute(self, context, driver.location, customer.location) };
  });
  span.event('Found routes', { level: 'info' });
  const best = etas.reduce((first, next) => (next.eta < first.eta ? next : first));
  span.event('Dispatch successful', { driver: best.driver, eta: `${best.eta}m0s`, level: 'info' });
  return { Driver: best.driver, ETA: best.eta * 60_000_000_000 };
}

async function getCustomer(self: ServiceInstance, context: Context, id: string): Promise<{ location: string }> {
  const answer = await callHttp(self, context, {
    spanName: 'HTTP GET',
    service: SERVICES.customer.name,
    port: SERVICES.customer.port,
    method: 'GET',
    path: `/customer?customer=${id}`,
    timeoutMs: 8000,
  });
  return answer as { location: string };
}

async function findNearest(self: ServiceInstance, context: Context, location: string): Promise<Location[]> {
  const answer = await callHttp(self, context, {
    spanName: FIND_NEAREST,
    service: SERVICES.driver.name,
    port: SERVICES.driver.port,
    method: 'POST',
    path: `/${FIND_NEAREST}`,
    body: { location },
    timeoutMs: 5000,
    rpc: true,
    attributes: RPC_ATTRIBUTES,
  });
  return answer as Location[];
}

async function findRoute(self: ServiceInstance, context: Context, pickup: string, dropoff: string): Promise<number> {
  const search = new URLSearchParams({ dropoff, pickup });
  const answer = await callHttp(self, context, {
    spanName: 'HTTP GET',
    service: SERVICES.route.name,
    port: SERVICES.route.port,
    method: 'GET',
    path: `/route?${search}`,
    timeoutMs: 5000,
  });
  return (answer as { ETA: number }).ETA;
}

async function inParallel<T, R>(items: T[], workers: number, run: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const index = next++;
      results[index] = await run(items[index]);
    }
  };
  await Promise.all(Array.from({ length: workers }, worker));
  return results;
}
