import { type ServiceFactory } from '../service';
import { SERVICES, type ServiceSpec } from '../topology';
import { customer, mysql } from './ride-customer';
import { driver, redis } from './ride-driver';
import { frontend } from './ride-frontend';
import { route } from './ride-route';
import { articleService, postgres } from './shop-articles';
import { authService } from './shop-auth';
import { shopBackend } from './shop-backend';
import { billingService } from './shop-billing';
import { cartService } from './shop-cart';
import { fulfilmentService } from './shop-fulfilment';

export interface RegisteredService {
  spec: ServiceSpec;
  create: ServiceFactory;
}

export const REGISTRY: readonly RegisteredService[] = [
  { spec: SERVICES.frontend, create: frontend },
  { spec: SERVICES.customer, create: customer },
  { spec: SERVICES.driver, create: driver },
  { spec: SERVICES.route, create: route },
  { spec: SERVICES.mysql, create: mysql },
  { spec: SERVICES.redis, create: redis },
  { spec: SERVICES.shopBackend, create: shopBackend },
  { spec: SERVICES.authService, create: authService },
  { spec: SERVICES.articleService, create: articleService },
  { spec: SERVICES.cartService, create: cartService },
  { spec: SERVICES.billingService, create: billingService },
  { spec: SERVICES.fulfilmentService, create: fulfilmentService },
  { spec: SERVICES.postgres, create: postgres },
];
