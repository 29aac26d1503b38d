import { type Runtime, type WireRequest } from './runtime';
import { STAFF_OPERATIONS } from './services/shop-backend';
import { SERVICES } from './topology';

/** Requests a second of both samples together. */
export const DEFAULT_RATE = 3;
const RIDE_SHARE = 0.22;
/** Now and then several people want a ride at once. */
const BURST_PROBABILITY = 0.015;
const BURST_SIZE = 6;
const USER_TIMEOUT_MS = 15_000;
/** One swing of the traffic up and down */
const SWING_MS = 24 * 60_000;
const USER_AGENTS = [
  'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/142.0.0.0 Safari/537.36',
  'shop-android/5.12.0',
];

export interface Traffic {
  /** Sends no further requests. */
  stop(): void;
  /** Settles when the last request has its answer. */
  finished: Promise<void>;
}

/** The people who use the samples: requests that arrive at random, more of them at some times than at others. */
export function startTraffic(runtime: Runtime, ratePerSecond: number): Traffic {
  const pending = new Set<Promise<void>>();
  let stopped = false;
  const arrive = async () => {
    while (!stopped) {
      await runtime.sleep(runtime.random.exponential(1000 / rateAt(runtime.now(), ratePerSecond)));
      if (!stopped) {
        for (const request of nextRequests(runtime)) {
          const sent = send(runtime, request).finally(() => pending.delete(sent));
          pending.add(sent);
        }
      }
    }
    await Promise.all(pending);
  };
  return { stop: () => (stopped = true), finished: arrive() };
}

interface UserRequest {
  service: string;
  request: WireRequest;
}

function rateAt(nowMs: number, ratePerSecond: number): number {
  return ratePerSecond * (1 + 0.2 * Math.sin((2 * Math.PI * nowMs) / SWING_MS));
}

async function send(runtime: Runtime, { service, request }: UserRequest): Promise<void> {
  // People do not care why it failed: the spans tell.
  await runtime.send(service, request, USER_TIMEOUT_MS).catch(() => undefined);
}

function nextRequests(runtime: Runtime): UserRequest[] {
  const { random } = runtime;
  if (!random.chance(RIDE_SHARE)) {
    return [shopRequest(runtime)];
  }
  const count = random.chance(BURST_PROBABILITY) ? BURST_SIZE : 1;
  return Array.from({ length: count }, () => rideRequest(runtime));
}

function rideRequest(runtime: Runtime): UserRequest {
  const customer = runtime.random.pick([123, 392, 567, 731]);
  return userRequest(runtime, SERVICES.frontend.name, 'GET', `/dispatch?customer=${customer}`);
}

function shopRequest(runtime: Runtime): UserRequest {
  const { random } = runtime;
  const dice = random.next();
  const name = SERVICES.shopBackend.name;
  if (dice < 0.46) {
    const category = random.pick(['shoes', 'books', 'garden', 'kitchen']);
    return userRequest(runtime, name, 'GET', `/list-articles?category=${category}`);
  }
  if (dice < 0.72) {
    return userRequest(runtime, name, 'POST', `/article-to-cart?id=${random.integer(1000, 9999)}`);
  }
  if (dice < 0.92) {
    return userRequest(runtime, name, 'POST', `/place-order?customer=${random.integer(100, 999)}`);
  }
  const operation = random.pick(STAFF_OPERATIONS);
  const role = random.chance(0.2) ? 'staff' : 'customer';
  return userRequest(runtime, name, operation.method, `/${operation.name}`, { 'x-role': role });
}

function userRequest(
  { random }: Runtime,
  service: string,
  method: string,
  path: string,
  headers: Record<string, string> = {}
): UserRequest {
  const address = `198.51.100.${random.integer(1, 254)}`;
  const request = {
    method,
    path,
    headers: { 'user-agent': random.pick(USER_AGENTS), 'x-forwarded-for': address, ...headers },
    body: '{}',
  };
  return { service, request };
}
