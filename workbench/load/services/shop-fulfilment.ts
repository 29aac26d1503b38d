import { type Context, type Link, ROOT_CONTEXT } from '@opentelemetry/api';
import { ActiveSpan } from '../active-span';
import { callDatabase } from '../instrumentation/database';
import { processMessage } from '../instrumentation/messaging';
import { type ServiceFactory, type ServiceInstance } from '../service';
import { SERVICES } from '../topology';

export const ORDERS_QUEUE = 'orders';
const INSERT_SHIPMENT = 'INSERT INTO shipments (order_id, items) VALUES ($1, $2)';
/** So many orders leave in one parcel run. */
const PARCEL_RUN_SIZE = 8;
const RECEIVE_WAIT_MS = 2000;

/** Takes orders from the queue, and hands them to the carrier in batches. */
export const fulfilmentService: ServiceFactory = (self) => {
  const packed: Link[] = [];
  return {
    async handle() {
      return { status: 404, body: '' };
    },
    async work() {
      if (self.runtime.faults.isActive('lost-consumer')) {
        await self.runtime.sleep(500);
        return;
      }
      const message = await self.runtime.receive(ORDERS_QUEUE, RECEIVE_WAIT_MS);
      if (message) {
        await processMessage(self, ORDERS_QUEUE, message, async (context, span) => {
          await packOrder(self, context, JSON.parse(message.body));
          packed.push({ context: span.span.spanContext() });
        });
      }
      if (packed.length >= PARCEL_RUN_SIZE) {
        await runParcels(self, packed.splice(0));
      }
    },
  };
};

async function packOrder(self: ServiceInstance, context: Context, order: { items: number }): Promise<void> {
  const { runtime, tracer } = self;
  const pick = ActiveSpan.start(tracer, runtime, 'reserve-stock', { parent: context });
  pick.set({ 'order.items': order.items });
  await runtime.sleep(runtime.random.logNormal(30, 0.4));
  pick.end();
  await callDatabase(self, context, {
    spanName: 'INSERT shipments',
    database: SERVICES.postgres,
    statement: { operation: 'INSERT', collection: 'shipments', text: INSERT_SHIPMENT },
    timeoutMs: 4000,
    attributes: {
      'db.system.name': 'postgresql',
      'db.namespace': 'shop',
      'db.operation.name': 'INSERT',
      'db.collection.name': 'shipments',
      'db.query.text': INSERT_SHIPMENT,
    },
  });
}

/** A trace of its own, linked to the orders that it is about. */
async function runParcels({ runtime, tracer }: ServiceInstance, orders: Link[]): Promise<void> {
  const run = ActiveSpan.start(tracer, runtime, 'run-parcels', { parent: ROOT_CONTEXT, root: true, links: orders });
  run.set({ 'messaging.batch.message_count': orders.length });
  await runtime.sleep(runtime.random.logNormal(90, 0.3));
  run.end();
}
