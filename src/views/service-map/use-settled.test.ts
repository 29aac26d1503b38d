import { act, renderHook } from '@testing-library/react';
import { useSettled } from './use-settled';

describe('useSettled', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('has a value once it has stayed the same for a moment', () => {
    const { result, rerender } = renderHook(({ value }) => useSettled(value, false), { initialProps: { value: 1 } });
    expect(result.current).toBeUndefined();
    act(() => void jest.advanceTimersByTime(2000));
    expect(result.current).toBe(1);
    rerender({ value: 2 });
    act(() => void jest.advanceTimersByTime(50));
    rerender({ value: 3 });
    act(() => void jest.advanceTimersByTime(60));
    expect(result.current).toBe(1);
    act(() => void jest.advanceTimersByTime(2000));
    expect(result.current).toBe(3);
  });

  it('has it at once where that is wanted', () => {
    const { result, rerender } = renderHook(({ value }) => useSettled(value, true), { initialProps: { value: 1 } });
    expect(result.current).toBe(1);
    rerender({ value: 2 });
    expect(result.current).toBe(2);
  });
});
