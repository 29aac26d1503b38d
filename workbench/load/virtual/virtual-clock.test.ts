import { VirtualClock } from './virtual-clock';

test('wakes sleepers in the order of their time, whatever the order they were set in', async () => {
  const clock = new VirtualClock(1000);
  const seen: Array<[string, number]> = [];
  const sleeper = async (name: string, ms: number) => {
    await clock.sleep(ms);
    seen.push([name, clock.now()]);
  };
  void sleeper('late', 300);
  void sleeper('early', 100);
  void sleeper('same time, set later', 100);
  await clock.runUntil(1250);
  expect(seen).toEqual([
    ['early', 1100],
    ['same time, set later', 1100],
  ]);
  expect(clock.now()).toBe(1250);
  await clock.runUntil(2000);
  expect(seen[2]).toEqual(['late', 1300]);
});

test('runs what wakes up and sleeps again within the same span of time', async () => {
  const clock = new VirtualClock(0);
  const ticks: number[] = [];
  void (async () => {
    for (;;) {
      await clock.sleep(10);
      ticks.push(clock.now());
    }
  })();
  await clock.runUntil(45);
  expect(ticks).toEqual([10, 20, 30, 40]);
});

test('a cancelled timer does not wake', async () => {
  const clock = new VirtualClock(0);
  const wake = jest.fn();
  clock.schedule(10, wake)();
  await clock.runUntil(100);
  expect(wake).not.toHaveBeenCalled();
});

test('keeps the order of many timers', async () => {
  const clock = new VirtualClock(0);
  const delays = Array.from({ length: 300 }, (_, i) => (i * 7919) % 997);
  const woken: number[] = [];
  delays.forEach((delay) => clock.schedule(delay, () => woken.push(delay)));
  await clock.runUntil(1000);
  expect(woken).toEqual([...delays].sort((a, b) => a - b));
});
