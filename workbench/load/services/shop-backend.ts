import { type Context } from '@opentelemetry/api';
import { callHttp } from '../instrumentation/http-client';
import { type Call, type Route, serveRoutes } from '../instrumentation/http-server';
import { publishMessage } from '../instrumentation/messaging';
import { HttpError, type ServiceFactory, type ServiceInstance } from '../service';
import { SERVICES, type ServiceSpec } from '../topology';
import { ORDERS_QUEUE } from './shop-fulfilment';

/** Operations that only members of staff may do. */
export const STAFF_OPERATIONS = [
  { method: 'DELETE', name: 'delete-product' },
  { method: 'DELETE', name: 'delete-shipping' },
  { method: 'POST', name: 'update-inventory' },
  { method: 'POST', name: 'set-stock' },
  { method: 'GET', name: 'query-customer' },
  { method: 'GET', name: 'query-analytics' },
] as const;

export const shopBackend: ServiceFactory = (self) => ({
  handle: serveRoutes(self, [
    operation('GET', 'list-articles', (call) => listArticles(self, call)),
    operation('POST', 'article-to-cart', (call) => articleToCart(self, call)),
    operation('POST', 'place-order', (call) => placeOrder(self, call)),
    ...STAFF_OPERATIONS.map(({ method, name }) => operation(method, name, (call) => staffOperation(self, call))),
  ]),
});

function operation(method: string, name: string, handle: Route['handle']): Route {
  return { method, path: `/${name}`, spanName: name, handle };
}

async function listArticles(self: ServiceInstance, call: Call) {
  await think(self, 4);
  await authenticate(self, call);
  const path = `/list-articles?${call.query}`;
  const articles = await callService(self, call.context, 'fetch-articles', SERVICES.articleService, 'GET', path);
  await think(self, 6);
  return articles;
}

async function articleToCart(self: ServiceInstance, call: Call) {
  await think(self, 4);
  await authenticate(self, call);
  const path = `/get-article?${call.query}`;
  await callService(self, call.context, 'get-article', SERVICES.articleService, 'GET', path);
  await think(self, 3);
  return callService(self, call.context, 'place-articles', SERVICES.cartService, 'PUT', '/place-articles');
}

async function placeOrder(self: ServiceInstance, call: Call) {
  await think(self, 5);
  await authenticate(self, call);
  await callService(self, call.context, 'checkout', SERVICES.cartService, 'POST', '/checkout');
  const order = { id: orderId(self), customer: call.query.get('customer'), items: self.runtime.random.integer(1, 6) };
  await publishMessage(self, call.context, ORDERS_QUEUE, order.id, order);
  return order;
}

/** Nearly everybody who tries is a customer, and forbidden to. */
async function staffOperation(self: ServiceInstance, call: Call) {
  await think(self, 4);
  await authenticate(self, call);
  await think(self, 40);
  return { done: true };
}

async function authenticate(self: ServiceInstance, call: Call): Promise<void> {
  const staff = STAFF_OPERATIONS.some(({ name }) => call.request.path.startsWith(`/${name}`));
  const role = call.request.headers['x-role'] ?? 'customer';
  const path = `/authenticate?role=${role}&scope=${staff ? 'staff' : 'customer'}`;
  await callService(self, call.context, 'authenticate', SERVICES.authService, 'GET', path);
}

async function callService(
  self: ServiceInstance,
  context: Context,
  spanName: string,
  { name, port }: ServiceSpec,
  method: string,
  path: string
): Promise<unknown> {
  try {
    return await callHttp(self, context, { spanName, service: name, port, method, path, timeoutMs: 6000 });
  } catch (error) {
    if (error instanceof HttpError && error.status === 500) {
      throw new HttpError(502, error.message);
    }
    throw error;
  }
}

function think(self: ServiceInstance, medianMs: number): Promise<void> {
  return self.runtime.sleep(self.runtime.random.logNormal(medianMs, 0.35));
}

function orderId(self: ServiceInstance): string {
  const part = () => self.runtime.random.integer(0, 0xffff).toString(16).padStart(4, '0');
  return `ord-${part()}${part()}`;
}
