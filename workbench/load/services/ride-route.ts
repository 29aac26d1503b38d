import { serveRoutes } from '../instrumentation/http-server';
import { type ServiceFactory } from '../service';

export const route: ServiceFactory = (self) => ({
  handle: serveRoutes(self, [
    {
      method: 'GET',
      path: '/route',
      async handle({ query, request, span }) {
        span.event('HTTP request received', { method: request.method, url: request.path, level: 'info' });
        await self.runtime.sleep(self.runtime.random.logNormal(44, 0.22));
        const minutes = self.runtime.random.integer(2, 25);
        return { Pickup: query.get('pickup'), Dropoff: query.get('dropoff'), ETA: minutes };
      },
    },
  ]),
});
