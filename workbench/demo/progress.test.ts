import { Progress } from './progress';

function record(isTTY: boolean) {
  let text = '';
  let nowMs = 0;
  const output = { isTTY, write: (part: string) => (text += part) };
  const progress = new Progress(output, () => nowMs);
  return { progress, advance: (ms: number) => (nowMs += ms), text: () => text };
}

test('prints a finished step with its result and seconds', async () => {
  const { progress, advance, text } = record(false);
  await progress.step(
    'history',
    async () => advance(2340) && 7,
    (count) => `${count} traces`
  );
  expect(text()).toBe('✓ history: 7 traces (2.3 s)\n');
});

test('prints a failed step and passes the error on', async () => {
  const { progress, text } = record(false);
  const failing = progress.step('page', async () => {
    throw new Error('no such file');
  });
  await expect(failing).rejects.toThrow('no such file');
  expect(text()).toBe('✗ page (0.0 s)\n');
});

test('on a terminal the running steps share one line, and finished ones stay above it', async () => {
  const { progress, text } = record(true);
  let finish = () => {};
  const slow = progress.step('slow', () => new Promise<void>((resolve) => (finish = resolve)));
  await progress.step('quick', async () => undefined);
  // What a terminal shows: a cleared line is gone.
  const shown = text()
    .split('\n')
    .map((line) => line.split('\u001b[2K').at(-1));
  expect(shown[0]).toBe('✓ quick (0.0 s)');
  expect(shown[1]).toMatch(/slow 0\.0 s$/);
  finish();
  await slow;
  expect(text().endsWith('✓ slow (0.0 s)\n')).toBe(true);
});
