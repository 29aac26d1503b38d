import { type Context } from '@opentelemetry/api';
import { callHttp } from '../instrumentation/http-client';
import { serveRoutes } from '../instrumentation/http-server';
import { HttpError, type RunningService, type ServiceFactory, type ServiceInstance } from '../service';
import { type Runtime } from '../runtime';
import { PAYMENT_PROVIDER } from '../topology';

const CHARGE_TIMEOUT_MS = 1500;

export const billingService: ServiceFactory = (self) => ({
  handle: serveRoutes(self, [
    {
      method: 'POST',
      path: '/payment',
      spanName: 'payment',
      async handle({ context, request, span }) {
        const { amountCents } = JSON.parse(request.body) as { amountCents: number };
        await self.runtime.sleep(self.runtime.random.logNormal(9, 0.3));
        const method = self.runtime.random.pick(['card', 'card', 'card', 'sepa', 'wallet']);
        span.set({ 'payment.method': method });
        return chargeWithRetry(self, context, amountCents);
      },
    },
  ]),
});

async function chargeWithRetry(self: ServiceInstance, context: Context, amountCents: number): Promise<unknown> {
  try {
    return await charge(self, context, amountCents, 0);
  } catch (error) {
    if (!(error instanceof HttpError)) {
      throw error;
    }
    await self.runtime.sleep(self.runtime.random.between(80, 140));
    try {
      return await charge(self, context, amountCents, 1);
    } catch (second) {
      if (second instanceof HttpError) {
        throw new HttpError(502, `charge failed after 2 attempts: ${second.message}`);
      }
      throw second;
    }
  }
}

function charge(self: ServiceInstance, context: Context, amountCents: number, resendCount: number): Promise<unknown> {
  const { name, address, port } = PAYMENT_PROVIDER;
  return callHttp(self, context, {
    spanName: 'POST',
    service: name,
    address,
    port,
    scheme: 'https',
    method: 'POST',
    path: '/v1/charges',
    body: { amountCents },
    timeoutMs: CHARGE_TIMEOUT_MS,
    attributes: { 'peer.service': name, ...(resendCount > 0 && { 'http.request.resend_count': resendCount }) },
  });
}

/** Somebody else's API: no telemetry of its own. */
export function paymentProvider(runtime: Runtime): RunningService {
  return {
    async handle() {
      const { random, faults } = runtime;
      if (faults.isActive('failing-dependency') && random.chance(0.75)) {
        const hangs = random.chance(0.4);
        await runtime.sleep(hangs ? CHARGE_TIMEOUT_MS * 2 : random.logNormal(60, 0.3));
        return { status: 503, body: '{"error":"overloaded"}' };
      }
      await runtime.sleep(random.logNormal(130, 0.3));
      return { status: random.chance(0.006) ? 503 : 200, body: '{"charged":true}' };
    },
  };
}
