import { serveRoutes } from '../instrumentation/http-server';
import { HttpError, type ServiceFactory } from '../service';

export const authService: ServiceFactory = (self) => ({
  handle: serveRoutes(self, [
    {
      method: 'GET',
      path: '/authenticate',
      spanName: 'authenticate',
      async handle({ query, span }) {
        await self.runtime.sleep(self.runtime.random.logNormal(22, 0.4));
        const role = query.get('role') ?? '';
        const scope = query.get('scope') ?? '';
        span.set({ 'enduser.role': role, 'enduser.scope': scope });
        if (scope === 'staff' && role !== 'staff') {
          throw new HttpError(403, 'Forbidden');
        }
        return { role };
      },
    },
  ]),
});
