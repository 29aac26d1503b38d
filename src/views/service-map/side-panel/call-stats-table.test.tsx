import React from 'react';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { CallStatsTable } from './call-stats-table';

describe('the calls of a service', () => {
  it('are all to be had, also those of a hub with hundreds of callers', async () => {
    const callers = Array.from({ length: 120 }, (_, index) => `caller-${index}`);
    render(
      <CallStatsTable
        title="Called by"
        calls={callers}
        rowOf={(name) => ({ id: name, name, stats: { rate: 1 } })}
        latency="p95"
      />
    );
    expect(screen.getByText('caller-49')).toBeInTheDocument();
    expect(screen.queryByText('caller-50')).toBeNull();
    await userEvent.click(screen.getByText('Show 70 more'));
    expect(screen.getByText('caller-119')).toBeInTheDocument();
    expect(screen.queryByText(/Show .* more/)).toBeNull();
  });
});
