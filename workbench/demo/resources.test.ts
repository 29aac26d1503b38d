import { Resources, StoppedError } from './resources';

const part = (name: string, closed: string[], close: () => Promise<void> = async () => {}) => ({
  close: () => {
    closed.push(name);
    return close();
  },
});

test('closes in the opposite order, once, and goes on when one fails', async () => {
  const closed: string[] = [];
  const resources = new Resources();
  await resources.add(Promise.resolve(part('first', closed)));
  await resources.add(Promise.resolve(part('second', closed, () => Promise.reject(new Error('stuck')))));
  await resources.add(Promise.resolve(part('third', closed)));
  await Promise.all([resources.close(), resources.close()]);
  expect(closed).toEqual(['third', 'second', 'first']);
  expect(resources.signal.aborted).toBe(true);
});

test('what is ready only after stopping began is closed at once', async () => {
  const closed: string[] = [];
  const resources = new Resources();
  let ready = (_part: ReturnType<typeof part>) => {};
  const adding = resources.add(new Promise<ReturnType<typeof part>>((resolve) => (ready = resolve)));
  await resources.close();
  ready(part('late', closed));
  await expect(adding).rejects.toThrow(StoppedError);
  expect(closed).toEqual(['late']);
  expect(() => resources.throwIfStopped()).toThrow(StoppedError);
});
