import { MapReplay } from '../replay/map-replay';
import { replayIndex } from '../replay/use-replay';
import { MapComparison } from './map-comparison';

const written = (state: Record<string, string | undefined>) =>
  Object.fromEntries(Object.entries(state).filter(([, value]) => value !== undefined));

describe('the comparison in the URL', () => {
  it.each<[Record<string, string>]>([
    [{}],
    [{ 'map-compare': 'before' }],
    [{ 'map-compare': 'last-week', 'map-change': 'p95' }],
    [{ 'map-compare': 'before', 'map-order': 'waiting' }],
    [{ 'map-compare': '2026-11-20T10:00:00.000Z/2026-11-20T11:00:00.000Z' }],
  ])('is kept: %j', (url) => {
    const model = new MapComparison();
    model.updateFromUrl(url);
    expect(written(model.getUrlState())).toEqual(url);
  });

  it('is none where it cannot be read', () => {
    const model = new MapComparison();
    model.updateFromUrl({ 'map-compare': 'someday', 'map-change': 'colour', 'map-order': 'size' });
    expect(model.state).toMatchObject({ comparison: undefined, compared: 'largest', order: 'cause' });
  });

  it('stays the same question when the address is read again', () => {
    const model = new MapComparison();
    model.updateFromUrl({ 'map-compare': 'yesterday' });
    const { comparison } = model.state;
    model.updateFromUrl({ 'map-compare': 'yesterday', 'map-change': 'rate' });
    expect(model.state.comparison).toBe(comparison);
    // Going back tells only what is other than before.
    model.updateFromUrl({ 'map-change': 'p95' });
    expect(model.state).toMatchObject({ comparison, compared: 'p95' });
  });
});

describe('the replay in the URL', () => {
  it.each(['on', '2026-11-21T10:05:00.000Z'])('is kept: %s', (text) => {
    const model = new MapReplay();
    model.updateFromUrl({ 'map-replay': text });
    expect(model.state.isOn).toBe(true);
    expect(model.getUrlState()).toEqual({ 'map-replay': text });
  });

  it('is off without or with nonsense', () => {
    const model = new MapReplay({ isOn: true });
    model.updateFromUrl({ 'map-replay': 'perhaps' });
    expect(model.getUrlState()).toEqual({ 'map-replay': undefined });
  });

  it.each<[number | undefined, number]>([
    [undefined, 0],
    [0, 0],
    [150, 0],
    [200, 1],
    [250, 1],
    [9999, 2],
  ])('stands at the last step before %d', (at, index) => {
    expect(replayIndex([100, 200, 300], at)).toBe(index);
  });
});
