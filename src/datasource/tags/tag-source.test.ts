import { fakeClient, goldenAnswer, RECORDED_RANGE, textAnswer, timeRange } from '../test-support';
import { createTagSource } from './tag-source';

const NOW = 1_795_255_800_000;
const SETTINGS = { tagLimit: 5000 };

function tempo() {
  return fakeClient({
    '/api/v2/search/tags': goldenAnswer('tags-all'),
    '/api/v2/search/tag/': goldenAnswer('values-resource-service-name'),
  });
}

it('asks once for the same range, and again for another range, tag or query', async () => {
  const { client, requests } = tempo();
  const tags = createTagSource(client, SETTINGS, () => NOW);
  const tag = 'resource.service.name';
  await tags.values({ tag, range: RECORDED_RANGE });
  await tags.values({ tag, range: RECORDED_RANGE });
  await tags.values({ tag, range: timeRange(1_795_255_500_000 + 2_000, 1_795_255_800_000 - 2_000) });
  expect(requests).toHaveLength(1);
  await tags.values({ tag, range: timeRange(1_795_200_000_000, 1_795_255_800_000) });
  await tags.values({ tag, range: RECORDED_RANGE, query: '{status=error}' });
  await tags.values({ tag: 'name', range: RECORDED_RANGE });
  expect(requests).toHaveLength(4);
});

it('D10: sends the range of the page, or the last so many seconds when the settings say so', async () => {
  const { client, requests } = tempo();
  await createTagSource(client, SETTINGS, () => NOW).names({ range: RECORDED_RANGE });
  await createTagSource(client, { ...SETTINGS, tagRangeSeconds: 1800 }, () => NOW).names({ range: RECORDED_RANGE });
  expect(requests.map(({ params }) => [params.start, params.end])).toEqual([
    ['1795255500', '1795255800'],
    ['1795254000', '1795255800'],
  ]);
  expect(requests[0].params.limit).toBe('5000');
});

it('sorts what Tempo sends in any order', async () => {
  const tags = createTagSource(tempo().client, SETTINGS, () => NOW);
  const values = (await tags.values({ tag: 'resource.service.name' })).map(({ value }) => value);
  expect(values.length).toBeGreaterThan(3);
  expect(values).toEqual([...values].sort((a, b) => a.localeCompare(b, undefined, { numeric: true })));
});

it('tries again what failed', async () => {
  const answers = { '/api/v2/search/tags': textAnswer(503, 'starting') };
  const { client } = fakeClient(answers);
  const tags = createTagSource(client, SETTINGS, () => NOW);
  await expect(tags.names({})).rejects.toThrow(/503/);
  answers['/api/v2/search/tags'] = goldenAnswer('tags-all');
  expect(await tags.names({})).not.toHaveLength(0);
});
