import fc from 'fast-check';
import { runInSlices, runSteps, sortSteps, type Steps } from './steps';

fc.configureGlobal({ seed: 11 });

function* counting(steps: number): Steps<number> {
  for (let i = 0; i < steps; i++) {
    yield;
  }
  return steps;
}

/** Every look at the clock takes 7 ms. */
function slowClock() {
  let time = 0;
  return { now: () => (time += 7), pause: jest.fn<Promise<void>, []>(async () => undefined) };
}

describe('runInSlices', () => {
  it('lets others run while it works, and gives the result', async () => {
    const clock = slowClock();
    expect(await runInSlices(counting(1000), undefined, clock)).toBe(1000);
    expect(clock.pause.mock.calls.length).toBeGreaterThan(5);
  });

  it('stops when it is cancelled', async () => {
    const controller = new AbortController();
    const clock = slowClock();
    clock.pause.mockImplementation(async () => controller.abort());
    await expect(runInSlices(counting(1000), controller.signal, clock)).rejects.toMatchObject({ name: 'AbortError' });
    expect(clock.pause).toHaveBeenCalledTimes(1);
  });

  it('really lets a timer fire in between', async () => {
    let fired = false;
    setTimeout(() => (fired = true), 1);
    const end = performance.now() + 100;
    function* busy(): Steps<void> {
      while (!fired && performance.now() < end * 10) {
        yield;
      }
    }
    await runInSlices(busy());
    expect(fired).toBe(true);
  });
});

it('sorts as Array.sort does, equal items in the order they came', () => {
  const item = fc.record({ key: fc.integer({ min: 0, max: 50 }), id: fc.integer() });
  fc.assert(
    fc.property(fc.array(item, { maxLength: 6000, size: 'max' }), (items) => {
      const byKey = (a: { key: number }, b: { key: number }) => a.key - b.key;
      expect(runSteps(sortSteps([...items], byKey))).toEqual([...items].sort(byKey));
    }),
    { numRuns: 20 }
  );
});
