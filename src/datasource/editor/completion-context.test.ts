import { type TagsByScope, type TagValue } from '../../tempo/types';
import { type TagNamesRequest, type TagSource } from '../tags/tag-source';
import { completionContext } from './completion-context';

const ALL: TagsByScope[] = [
  { scope: 'resource', tags: ['service.name'] },
  { scope: 'intrinsic', tags: ['duration'] },
];
const NARROWED: TagsByScope[] = [{ scope: 'span', tags: ['http.route'] }];
const VALUES: TagValue[] = [
  { type: 'int', value: '200' },
  { type: 'int', value: '500' },
];
const FILTER = '{ kind = server }';

function source(answers: Partial<TagSource>): TagSource {
  return {
    names: ({ query }: TagNamesRequest) => Promise.resolve(query === FILTER ? NARROWED : ALL),
    values: () => Promise.resolve(VALUES),
    ...answers,
  };
}

beforeEach(() => {
  jest.useFakeTimers();
});

afterEach(() => {
  jest.useRealTimers();
});

it('gives the tags that occur together with a filter', async () => {
  const { tags } = completionContext(source({}), undefined);
  expect(await tags(FILTER)).toEqual([{ scope: 'span', name: 'http.route' }]);
});

it('gives the same list for the same answer, so that it is made searchable once', async () => {
  const { tags } = completionContext(source({}), undefined);
  expect(await tags(undefined)).toBe(await tags(undefined));
});

it.each([
  ['fails', () => Promise.reject(new Error('502'))],
  ['takes long', () => new Promise<TagsByScope[]>(() => undefined)],
])('gives all tags when the question with the filter %s', async (_, slow) => {
  const names = ({ query }: TagNamesRequest) => (query === FILTER ? slow() : Promise.resolve(ALL));
  const tags = completionContext(source({ names }), undefined).tags(FILTER);
  await jest.advanceTimersByTimeAsync(750);
  expect(await tags).toEqual([{ scope: 'resource', name: 'service.name' }]);
});

it('knows the types of the stored values, unless that takes long', async () => {
  expect(await completionContext(source({}), undefined).valueTypes?.('span.x', undefined)).toEqual(new Set(['int']));
  const slow = source({ values: () => new Promise(() => undefined) });
  const types = completionContext(slow, undefined).valueTypes?.('span.x', undefined);
  await jest.advanceTimersByTimeAsync(750);
  expect(await types).toBeUndefined();
});
