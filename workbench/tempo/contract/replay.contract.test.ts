import { type InMemoryTempo } from '../server';

import { KNOWN_DIFFERENCES } from './known-differences';
import { loadRecordings } from './recordings';
import { replay, startWithDataset } from './replay';

const recordings = loadRecordings();
const passed = new Map<string, { equal: number; all: number }>();

function count(name: string, isEqual: boolean): void {
  const group = name.split('-')[0];
  const figure = passed.get(group) ?? { equal: 0, all: 0 };
  passed.set(group, { equal: figure.equal + (isEqual ? 1 : 0), all: figure.all + 1 });
}

describe('the in-memory Tempo answers as the recorded one', () => {
  let tempo: InMemoryTempo;

  beforeAll(async () => {
    tempo = await startWithDataset();
  });

  afterAll(async () => {
    await tempo.close();
    const lines = [...passed].map(([group, { equal, all }]) => `${group.padEnd(8)} ${equal} of ${all}`);
    process.stdout.write(`Answers equal to the recorded ones:\n${lines.join('\n')}\n`);
  });

  it('has every recorded request', () => {
    expect(recordings).toHaveLength(338);
    const names = new Set(recordings.map(({ name }) => name));
    expect(Object.keys(KNOWN_DIFFERENCES).filter((name) => !names.has(name))).toEqual([]);
  });

  it.each(recordings.map((recording) => [recording.name, recording] as const))('%s', async (name, recording) => {
    const found = await replay(tempo.apiUrl, recording);
    count(name, found.length === 0);
    if (name in KNOWN_DIFFERENCES) {
      expect(found).not.toEqual([]);
    } else {
      expect(found).toEqual([]);
    }
  });
});
