import { Mutex } from './mutex';

test('serves those who wait one at a time, in order, and says who waits', async () => {
  const mutex = new Mutex();
  const served: string[] = [];
  const releaseFirst = await mutex.acquire('first');
  const others = ['second', 'third'].map(async (owner) => {
    const release = await mutex.acquire(owner);
    served.push(owner);
    release();
  });
  expect(mutex.isHeld).toBe(true);
  expect(mutex.waiters()).toEqual(['second', 'third']);
  expect(served).toEqual([]);
  releaseFirst();
  await Promise.all(others);
  expect(served).toEqual(['second', 'third']);
  expect(mutex.isHeld).toBe(false);
});
