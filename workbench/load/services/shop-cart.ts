import { ActiveSpan } from '../active-span';
import { callHttp } from '../instrumentation/http-client';
import { type Call, serveRoutes } from '../instrumentation/http-server';
import { HttpError, type ServiceFactory, type ServiceInstance } from '../service';
import { SERVICES } from '../topology';

export const cartService: ServiceFactory = (self) => ({
  handle: serveRoutes(self, [
    {
      method: 'PUT',
      path: '/place-articles',
      spanName: 'place-articles',
      handle: (call) => placeArticles(self, call),
    },
    { method: 'POST', path: '/checkout', spanName: 'checkout', handle: (call) => checkout(self, call) },
  ]),
});

async function placeArticles(self: ServiceInstance, { span, context }: Call) {
  const { runtime, tracer } = self;
  const count = runtime.random.integer(1, 4);
  span.set({ 'article.count': count });
  await runtime.sleep(runtime.random.logNormal(8, 0.3));
  const persist = ActiveSpan.start(tracer, runtime, 'persist-cart', { parent: context });
  await runtime.sleep(runtime.random.logNormal(38, 0.4));
  persist.end();
  return { count };
}

async function checkout(self: ServiceInstance, { span, context }: Call) {
  const amountCents = self.runtime.random.integer(499, 24_999);
  span.set({ 'cart.amount_cents': amountCents, 'cart.currency': 'EUR' });
  await self.runtime.sleep(self.runtime.random.logNormal(12, 0.3));
  const { name, port } = SERVICES.billingService;
  try {
    return await callHttp(self, context, {
      spanName: 'payment',
      service: name,
      port,
      method: 'POST',
      path: '/payment',
      body: { amountCents },
      timeoutMs: 6000,
    });
  } catch (error) {
    if (error instanceof HttpError) {
      throw new HttpError(502, error.message);
    }
    throw error;
  }
}
