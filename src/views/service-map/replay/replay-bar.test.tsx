import React from 'react';
import { render, screen } from '@testing-library/react';
import { type Replay } from '../../../servicegraph/replay';
import { ReplayBar } from './replay-bar';
import { ReplayTotals } from './replay-totals';

const TOTALS: Replay['totals'] = [
  { rate: 200, errorRate: 0 },
  { rate: 100, errorRate: 2 },
  { rate: 100, errorRate: 1 },
  {},
];

const heights = (container: HTMLElement) =>
  [...container.querySelectorAll('rect')].map((bar) => Number(bar.getAttribute('height')));

it('shows failures at small shares, on a scale of their own', () => {
  const { container } = render(<ReplayTotals replay={{ totals: TOTALS }} index={0} />);
  const [all, none, half, most, , less, absent, unknown] = heights(container);
  expect(half).toBe(all / 2);
  expect(most).toBeGreaterThan(5);
  expect(less).toBe(most / 2);
  expect([none, absent, unknown]).toEqual([0, 0, 0]);
});

function bar(totals: Replay['totals']) {
  const times = totals.map((_, index) => Date.UTC(2026, 10, 21, 12, index));
  const none = () => undefined;
  const replay = { times, step: 60, totals };
  return <ReplayBar replay={replay} index={0} onIndex={none} isPlaying={false} onPlay={none} isShown onClose={none} />;
}

it.each<[string, Replay['totals'], RegExp]>([
  ['both', TOTALS, /Highest bar: 200.*red: 2(\.0)?\s?% failed/],
  ['requests alone where none failed', [{ rate: 5, errorRate: 0 }], /Highest bar: 5[^,]*$/],
])('says what its highest bars stand for: %s', (_, totals, text) => {
  render(bar(totals));
  expect(screen.getByText(text)).toBeInTheDocument();
});
