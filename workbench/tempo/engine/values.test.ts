import { type TypedValue } from './types';
import { compareText, compareValues, equalValues, toAnyValue, typedValue } from './values';

describe('typedValue', () => {
  it('sees arrays of one type only', () => {
    const strings = [{ type: 'string', value: 'a' } as const, { type: 'string', value: 'b' } as const];
    expect(typedValue({ type: 'array', value: strings })).toEqual({ type: 'stringArray', value: ['a', 'b'] });
    expect(typedValue({ type: 'array', value: [strings[0]] })).toEqual({ type: 'string', value: 'a' });
    expect(typedValue({ type: 'array', value: [] })).toBeUndefined();
    expect(typedValue({ type: 'array', value: [strings[0], { type: 'int', value: 1 }] })).toBeUndefined();
    expect(typedValue({ type: 'kvlist', value: [] })).toBeUndefined();
  });
});

describe('comparison', () => {
  it('keeps all digits of 64-bit integers', () => {
    const big: TypedValue = { type: 'int', value: BigInt('9007199254740993') };
    expect(equalValues(big, { type: 'int', value: BigInt('9007199254740992') })).toBe(false);
    expect(compareValues(big, { type: 'int', value: 5 })).toBeGreaterThan(0);
  });

  it('compares numbers of different types', () => {
    expect(equalValues({ type: 'int', value: 5 }, { type: 'float', value: 5 })).toBe(true);
    expect(compareValues({ type: 'duration', value: 2e9 }, { type: 'int', value: 1 })).toBeGreaterThan(0);
    expect(compareValues({ type: 'string', value: '5' }, { type: 'int', value: 5 })).toBeUndefined();
    expect(equalValues({ type: 'string', value: '5' }, { type: 'int', value: 5 })).toBe(false);
  });

  it('orders text by code points', () => {
    expect(compareText('\uFF5E', '\u{1F600}')).toBeLessThan(0);
    expect(compareText('a', 'ab')).toBeLessThan(0);
    expect(compareText('b', 'ab')).toBeGreaterThan(0);
  });
});

describe('toAnyValue', () => {
  it('writes durations as Go does and keywords as words', () => {
    expect(toAnyValue({ type: 'duration', value: 1_500_000_000 })).toEqual({ type: 'string', value: '1.5s' });
    expect(toAnyValue({ type: 'status', value: 'error' })).toEqual({ type: 'string', value: 'error' });
  });
});
