import React from 'react';
import { fireEvent, render, screen, within } from '@testing-library/react';
import { callId, type ServiceGraph } from '../../servicegraph/model';
import { testIds } from '../../test-ids';
import { writePlaces } from './places/places-text';
import { type Selection } from './selection';
import { ServiceMap, type ServiceMapProps } from './service-map';

const SELECTED: Selection = { kind: 'service', id: 'api' };

function graphOf(rate: number): ServiceGraph {
  return {
    services: ['web', 'api'].map((id) => ({ id, name: id, kind: 'service', stats: { rate, errorRate: 0 } })),
    calls: [
      { id: callId('web', 'api', ''), source: 'web', target: 'api', connectionType: '', stats: { rate, errorRate: 0 } },
    ],
    notices: [],
  };
}

function map(props: Partial<ServiceMapProps>) {
  return <ServiceMap width={1200} height={700} selected={SELECTED} onSelect={() => undefined} {...props} />;
}

const sidePanel = () => within(screen.getByTestId(testIds.serviceMap.sidePanel));

// The first use of @grafana/ui's parts takes its time on a busy machine.
jest.setTimeout(30_000);

describe('a map whose data is under way', () => {
  it('shows nothing that could be taken for an empty map', () => {
    render(map({ loading: true }));
    expect(screen.queryByRole('application')).not.toBeInTheDocument();
    expect(screen.queryByRole('search')).not.toBeInTheDocument();
    expect(screen.queryByRole('table')).not.toBeInTheDocument();
    expect(screen.queryByTestId(testIds.serviceMap.empty)).not.toBeInTheDocument();
    expect(screen.getByTestId(testIds.serviceMap.root)).toHaveAttribute('aria-busy', 'true');
  });

  it('is a map as soon as it is there', async () => {
    const { rerender } = render(map({ loading: true }));
    rerender(map({ graph: graphOf(3) }));
    expect(await screen.findByRole('application')).toHaveAccessibleDescription(/2 services, 1 calls/);
    expect(screen.getByRole('search')).toBeInTheDocument();
    expect(sidePanel().getByText('Rate', { selector: 'dt' }).nextSibling).toHaveTextContent('3.00 req/s');
    const table = screen.getByRole('table', { name: /busiest first/ });
    expect(within(table).getByRole('row', { name: /^web/ })).toHaveTextContent('3.00 req/s');
  });

  it('says why it does not come', () => {
    const { rerender } = render(map({ loading: true }));
    rerender(map({ error: 'Prometheus is down' }));
    expect(screen.getByText('Prometheus is down')).toBeInTheDocument();
    expect(screen.queryByRole('application', { hidden: true })).not.toBeInTheDocument();
  });

  it('has services where they were put in an earlier visit, and does not tell so as if they were put there now', async () => {
    const onPlaces = jest.fn();
    const pinned = new Map([['api', { x: 700, y: 80 }]]);
    const places = writePlaces(pinned, { ids: ['web', 'api'] });
    const { rerender } = render(map({ loading: true, places, onPlaces }));
    rerender(map({ graph: graphOf(3), places, onPlaces }));
    // Only there when something was put somewhere
    expect(await screen.findByTestId(testIds.serviceMap.unpin)).toBeInTheDocument();
    expect(onPlaces).not.toHaveBeenCalled();
    fireEvent.click(screen.getByTestId(testIds.serviceMap.unpin));
    expect(onPlaces).toHaveBeenCalledWith(undefined);
  });
});

describe('a refresh', () => {
  it('leaves what is selected and typed, and shows the new numbers', async () => {
    const { rerender } = render(map({ graph: graphOf(3) }));
    const canvas = await screen.findByRole('application');
    fireEvent.change(screen.getByPlaceholderText('Find a service'), { target: { value: 'api' } });
    rerender(map({ graph: graphOf(3), loading: true }));
    expect(screen.getByRole('application')).toBe(canvas);
    rerender(map({ graph: graphOf(8) }));
    expect(screen.getByRole('application')).toBe(canvas);
    expect(sidePanel().getByRole('heading')).toHaveTextContent('api');
    expect(sidePanel().getByText('Rate', { selector: 'dt' }).nextSibling).toHaveTextContent('8.00 req/s');
    expect(screen.getByPlaceholderText('Find a service')).toHaveValue('api');
    const table = screen.getByRole('table', { name: /busiest first/ });
    expect(within(table).getByRole('row', { name: /^web/ })).toHaveTextContent('8.00 req/s');
  });

  it('lets go of what is no longer there', async () => {
    const { rerender } = render(map({ graph: graphOf(3) }));
    await screen.findByRole('application');
    const { services } = graphOf(3);
    rerender(map({ graph: { services: services.slice(0, 1), calls: [], notices: [] } }));
    expect(screen.queryByTestId(testIds.serviceMap.sidePanel)).not.toBeInTheDocument();
    expect(screen.getByRole('application')).toHaveAccessibleDescription(/1 services, 0 calls/);
  });
});
