/** Which services run, in which versions, on which pods: the same for history and live traffic. */
export interface InstanceSpec {
  version: string;
  /** Name of the Kubernetes pod; also service.instance.id */
  pod: string;
  node: string;
}

export interface ServiceSpec {
  name: string;
  /** service.namespace and k8s.namespace.name */
  namespace: string;
  /** As its callers see it */
  port: number;
  instances: readonly InstanceSpec[];
}

const CLUSTER = 'demo-eu-1';
const ENVIRONMENT = 'production';
const NODES = ['node-a', 'node-b', 'node-c'];

const SHOP_VERSION = '1.8.2';
/** article-service runs one instance of the coming release beside the old ones. */
export const CANARY_VERSION = '1.9.0';

export const SERVICES = {
  frontend: service('frontend', 'ride', 8080, ['2.4.1', '2.4.1']),
  customer: service('customer', 'ride', 8081, ['2.4.1', '2.4.1']),
  driver: service('driver', 'ride', 8082, ['2.4.1', '2.4.1']),
  route: service('route', 'ride', 8083, ['2.3.7', '2.3.7']),
  mysql: service('mysql', 'ride', 3306, ['8.4.3']),
  redis: service('redis', 'ride', 6379, ['7.4.1']),
  shopBackend: service('shop-backend', 'shop', 8090, [SHOP_VERSION, SHOP_VERSION]),
  authService: service('auth-service', 'shop', 8091, ['1.5.0', '1.5.0']),
  articleService: service('article-service', 'shop', 8092, [SHOP_VERSION, SHOP_VERSION, CANARY_VERSION]),
  cartService: service('cart-service', 'shop', 8093, ['1.8.0', '1.8.0']),
  billingService: service('billing-service', 'shop', 8094, ['1.2.4']),
  fulfilmentService: service('fulfilment-service', 'shop', 8095, ['0.9.3', '0.9.3']),
  postgres: service('postgres', 'shop', 5432, ['16.4']),
} as const;

/** Belongs to somebody else: it is called, but sends no spans. */
export const PAYMENT_PROVIDER = { name: 'payment-provider', address: 'api.payments.example', port: 443 } as const;

function service(name: string, namespace: string, port: number, versions: string[]): ServiceSpec {
  const instances = versions.map((version, index) => ({
    version,
    pod: `${name}-${podHash(`${name}/${version}`, 9)}-${podHash(`${name}/${version}/${index}`, 5)}`,
    node: NODES[(name.length + index) % NODES.length],
  }));
  return { name, namespace, port, instances };
}

/** Kubernetes' alphabet for generated names: no vowels, no look-alikes. */
function podHash(text: string, length: number): string {
  const alphabet = 'bcdfghjklmnpqrstvwxz2456789';
  let state = 0x811c9dc5;
  let hash = '';
  for (let i = 0; i < length; i++) {
    for (const char of `${text}#${i}`) {
      state = Math.imul(state ^ char.charCodeAt(0), 0x01000193) >>> 0;
    }
    hash += alphabet[state % alphabet.length];
  }
  return hash;
}

/** Resource attributes as an SDK with the Kubernetes attributes of a deployment sends them. */
export function resourceAttributes(spec: ServiceSpec, instance: InstanceSpec): Record<string, string> {
  return {
    'service.name': spec.name,
    'service.namespace': spec.namespace,
    'service.version': instance.version,
    'service.instance.id': instance.pod,
    'deployment.environment': ENVIRONMENT,
    'k8s.cluster.name': CLUSTER,
    'k8s.namespace.name': spec.namespace,
    'k8s.deployment.name': spec.name,
    'k8s.pod.name': instance.pod,
    'k8s.node.name': instance.node,
    'host.name': instance.pod,
  };
}
