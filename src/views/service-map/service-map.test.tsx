import React, { useState } from 'react';
import { fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { type ServiceGraph } from '../../servicegraph/model';
import { call as anyCall, service } from '../../servicegraph/service-graph.fixture';
import { testIds } from '../../test-ids';
import { type MapActions } from './map-actions';
import { type Selection } from './selection';
import { type Focus, ServiceMap, type ServiceMapProps } from './service-map';

jest.mock('../../servicegraph/layout/create-worker', () => ({
  createLayoutWorker: () => {
    throw new Error('no workers here');
  },
}));

const call = (source: string, target: string, rate: number, errorRate = 0) =>
  anyCall(source, target, { rate, errorRate, p95: 0.25 });
const GRAPH: ServiceGraph = {
  services: [
    service('user', { kind: 'user' }),
    service('frontend', { stats: { rate: 10, errorRate: 1, mean: 0.1, p95: 0.25 } }),
    service('driver', { stats: { rate: 8, errorRate: 0 } }),
    service('customer', { namespace: 'shop', stats: { rate: 5, errorRate: 0 } }),
    service('redis', { kind: 'database', stats: { rate: 50, errorRate: 10 } }),
  ],
  calls: [
    call('user', 'frontend', 10, 1),
    call('frontend', 'driver', 8),
    call('frontend', 'customer', 5),
    call('driver', 'redis', 50, 10),
  ],
  notices: ['Latency percentiles of calls are missing: too many samples'],
};
const ACTIONS: MapActions = {
  serviceUrl: ({ name }) => `/service/${name}`,
  tracesUrl: (query) => `/search?q=${encodeURIComponent(query)}`,
};

function Harness(props: Partial<ServiceMapProps>) {
  const [selected, setSelected] = useState<Selection>();
  const [focus, setFocus] = useState<Focus>();
  const [groupBy, setGroupBy] = useState<string>();
  return (
    <ServiceMap
      graph={GRAPH}
      width={1200}
      height={700}
      actions={ACTIONS}
      selected={selected}
      onSelect={setSelected}
      focus={focus}
      onFocus={setFocus}
      groupBy={groupBy}
      onGroupBy={setGroupBy}
      {...props}
    />
  );
}

async function canvas() {
  return screen.findByTestId(testIds.serviceMap.canvas);
}

function sidePanel() {
  return within(screen.getByTestId(testIds.serviceMap.sidePanel));
}

// The first use of @grafana/ui's parts takes its time on a busy machine.
jest.setTimeout(30_000);

describe('ServiceMap', () => {
  it('tells the content of the picture to screen readers', async () => {
    render(<Harness />);
    const table = await screen.findByRole('table', { name: /busiest first/ });
    const row = within(table).getByRole('row', { name: /^redis/ });
    expect(row).toHaveTextContent('Database');
    expect(row).toHaveTextContent('50.0 req/s');
    expect(row).toHaveTextContent('20%');
    expect(within(table).getByRole('row', { name: /^user/ })).toHaveTextContent('no data');
    expect(await canvas()).toHaveAccessibleDescription(/5 services, 4 calls/);
  });

  it('is walked with the keyboard along the calls', async () => {
    render(<Harness />);
    const map = await canvas();
    fireEvent.keyDown(map, { key: 'Enter' });
    expect(sidePanel().getByRole('heading')).toHaveTextContent('user');
    fireEvent.keyDown(map, { key: 'ArrowRight' });
    expect(sidePanel().getByRole('heading')).toHaveTextContent('frontend');
    fireEvent.keyDown(map, { key: 'ArrowRight' });
    expect(sidePanel().getByRole('heading')).toHaveTextContent('driver');
    fireEvent.keyDown(map, { key: 'ArrowLeft' });
    expect(sidePanel().getByRole('heading')).toHaveTextContent('frontend');
    fireEvent.keyDown(map, { key: 'Escape' });
    expect(screen.queryByTestId(testIds.serviceMap.sidePanel)).not.toBeInTheDocument();
  });

  it('shows the numbers, callers and callees of a service, and where to go from it', async () => {
    render(<Harness selected={{ kind: 'service', id: 'frontend' }} />);
    await canvas();
    const panel = sidePanel();
    expect(panel.getByText('Rate', { selector: 'dt' }).nextSibling).toHaveTextContent('10.0 req/s');
    expect(panel.getByText('Errors', { selector: 'dt' }).nextSibling).toHaveTextContent('10%');
    expect(panel.getByText('p99', { selector: 'dt' }).nextSibling).toHaveTextContent('no data');
    expect(panel.getByRole('button', { name: 'driver' })).toBeInTheDocument();
    expect(panel.getByTestId(testIds.serviceMap.serviceLink)).toHaveAttribute('href', '/service/frontend');
    expect(decodeURIComponent(panel.getByTestId(testIds.serviceMap.tracesLink).getAttribute('href') ?? '')).toContain(
      '{ resource.service.name = "frontend" }'
    );
  });

  it('does not call missing what is on its way', async () => {
    render(<Harness selected={{ kind: 'service', id: 'frontend' }} percentilesLoading />);
    await canvas();
    const valueOf = (name: string) => sidePanel().getByText(name, { selector: 'dt' }).nextSibling;
    expect(valueOf('p99')).toHaveTextContent('loading…');
    expect(valueOf('Rate')).toHaveTextContent('10.0 req/s');
  });

  it('opens the traces of exactly one call', async () => {
    render(<Harness />);
    fireEvent.keyDown(await canvas(), { key: 'Enter' });
    fireEvent.keyDown(await canvas(), { key: 'ArrowRight' });
    await userEvent.click(sidePanel().getByRole('button', { name: 'driver' }));
    const href = sidePanel().getByTestId(testIds.serviceMap.tracesLink).getAttribute('href') ?? '';
    expect(decodeURIComponent(href)).toContain(
      '{ resource.service.name = "frontend" } > { resource.service.name = "driver" }'
    );
  });

  it('focuses on the neighbourhood of a service and goes back', async () => {
    render(<Harness selected={{ kind: 'service', id: 'redis' }} />);
    await canvas();
    await userEvent.click(screen.getByTestId(testIds.serviceMap.focus));
    expect(await screen.findByText('2 services, 1 call')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'One hop more' }));
    expect(await screen.findByText('3 services, 2 calls')).toBeInTheDocument();
    await userEvent.click(screen.getByTestId(testIds.serviceMap.clearFocus));
    expect(await screen.findByText('5 services, 4 calls')).toBeInTheDocument();
  });

  it('finds services by name and namespace, and Enter goes to them', async () => {
    render(<Harness />);
    await canvas();
    await userEvent.type(screen.getByPlaceholderText('Find a service'), 'shop cust{Enter}');
    expect(within(screen.getByRole('search')).getByRole('status')).toHaveTextContent('1 found');
    expect(sidePanel().getByRole('heading')).toHaveTextContent('customer');
  });

  it('has the same as a table, of services and of calls', async () => {
    render(<Harness />);
    await canvas();
    await userEvent.click(screen.getByTestId(testIds.serviceMap.tableToggle));
    const table = within(screen.getByTestId(testIds.serviceMap.table));
    expect(table.getAllByRole('row')).toHaveLength(6);
    expect(table.getAllByRole('row')[1]).toHaveTextContent('redis');
    await userEvent.click(table.getByRole('radio', { name: 'Calls' }));
    expect(within(screen.getByTestId(testIds.serviceMap.table)).getAllByRole('row')).toHaveLength(5);
  });

  it('keeps the last graph when a newer one cannot be had', async () => {
    const { rerender } = render(<Harness />);
    await canvas();
    rerender(<Harness error="Prometheus is down" />);
    expect(screen.getByText('Prometheus is down')).toBeInTheDocument();
    expect(screen.getByTestId(testIds.serviceMap.canvas)).toBeInTheDocument();
  });

  it('says what is missing, and what an empty graph means', async () => {
    const { rerender } = render(<Harness />);
    await canvas();
    expect(screen.getByTestId(testIds.serviceMap.notices)).toHaveTextContent('too many samples');
    rerender(<Harness graph={{ services: [], calls: [], notices: [] }} empty="Turn on the generator" />);
    await waitFor(() =>
      expect(screen.getByTestId(testIds.serviceMap.empty)).toHaveTextContent('Turn on the generator')
    );
  });

  it('says that the service in focus is gone, and leads back', async () => {
    const onFocus = jest.fn();
    render(<Harness focus={{ id: 'gone', hops: 1 }} onFocus={onFocus} />);
    expect(await screen.findByText(/service in focus has no data/)).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Show all services' }));
    expect(onFocus).toHaveBeenCalledWith(undefined);
  });

  it('groups a small map by what is chosen, and tells of groups what the keyboard does with them', async () => {
    render(<Harness />);
    await canvas();
    await userEvent.click(screen.getByTestId(testIds.serviceMap.groupBy));
    expect(screen.getByRole('menuitemradio', { name: 'Automatic' })).toHaveAttribute('aria-checked', 'true');
    await userEvent.click(screen.getByRole('menuitemradio', { name: 'Namespace' }));
    const groups = await screen.findByRole('table', { name: /^Groups of the map/ });
    const shop = within(groups).getByRole('row', { name: /^shop/ });
    expect(shop).toHaveTextContent('5.00 req/s');
    expect(shop).toHaveTextContent('unfolded');
    const map = await canvas();
    fireEvent.keyDown(map, { key: 'g' });
    const spoken = screen.getByTestId(testIds.serviceMap.spoken);
    expect(spoken).toHaveTextContent('Group shop, 1 service, 5.00 req/s, unfolded');
    fireEvent.keyDown(map, { key: 'c' });
    expect(spoken).toHaveTextContent('folded up');
    fireEvent.keyDown(map, { key: 'Enter' });
    expect(spoken).toHaveTextContent('unfolded');
    fireEvent.keyDown(map, { key: '?', shiftKey: true });
    expect(screen.getByRole('dialog', { name: 'Keys of the map' })).toHaveFocus();
    fireEvent.keyDown(screen.getByRole('dialog', { name: 'Keys of the map' }), { key: 'Escape' });
    expect(map).toHaveFocus();
  });

  it('takes the name of any label, and says what to do when no service has it', async () => {
    const onAskForLabel = jest.fn();
    render(<Harness onAskForLabel={onAskForLabel} />);
    await canvas();
    await userEvent.click(screen.getByTestId(testIds.serviceMap.groupBy));
    await userEvent.click(screen.getByRole('menuitem', { name: /^Another label/ }));
    await userEvent.type(screen.getByTestId(testIds.serviceMap.groupLabel), 'cluster{Enter}');
    const notice = await screen.findByTestId(testIds.serviceMap.groupNotice);
    expect(notice).toHaveTextContent('None of these services has the label “cluster”.');
    await userEvent.click(within(notice).getByRole('button', { name: 'Tell services apart by cluster' }));
    expect(onAskForLabel).toHaveBeenCalledWith('cluster');
    expect(screen.getByTestId(testIds.serviceMap.groupBy)).toHaveTextContent('By cluster');
  });

  it('says that a label is being asked for', async () => {
    render(<Harness groupBy="cluster" isLabelLoading onAskForLabel={jest.fn()} />);
    const notice = await screen.findByTestId(testIds.serviceMap.groupNotice);
    expect(notice).toHaveTextContent('Services are being told apart by cluster…');
    expect(within(notice).queryByRole('button')).toBeNull();
  });

  it('shows the busiest of very many neighbours, lists all of them, and unfolds the rest', async () => {
    const callees = Array.from({ length: 20 }, (_, index) => `callee${index + 1}`);
    const hub: ServiceGraph = {
      services: [service('hub'), ...callees.map((name) => service(name))],
      calls: callees.map((name, index) => call('hub', name, 20 - index)),
      notices: [],
    };
    render(<Harness graph={hub} />);
    const groups = await screen.findByRole('table', { name: /^Groups of the map/ });
    const row = within(groups).getByRole('row', { name: /^8 more called by hub/ });
    // 8 + 7 + ... + 1
    expect(row).toHaveTextContent('36.0 req/s');
    expect(row).toHaveTextContent('folded up');
    const table = screen.getByRole('table', { name: /busiest first/ });
    callees.forEach((name) => expect(within(table).getByRole('rowheader', { name })).toBeInTheDocument());
    const map = await canvas();
    fireEvent.keyDown(map, { key: 'g' });
    fireEvent.keyDown(map, { key: 'Enter' });
    expect(screen.getByTestId(testIds.serviceMap.spoken)).toHaveTextContent(/8 more called by hub.*unfolded/);
  });

  it('is folded up as the address says, tells what a person folds, and goes back with the address', async () => {
    const onFolds = jest.fn();
    const { rerender } = render(<Harness groupBy="namespace" folds={{}} onFolds={onFolds} />);
    const groups = await screen.findByRole('table', { name: /^Groups of the map/ });
    const shop = () => within(groups).getByRole('row', { name: /^shop/ });
    const map = await canvas();
    fireEvent.keyDown(map, { key: 'g' });
    fireEvent.keyDown(map, { key: 'c' });
    const [folds, isStep] = onFolds.mock.lastCall ?? [];
    expect(folds.folded).toMatch(/^\w{7}$/);
    expect(isStep).toBe(true);
    rerender(<Harness groupBy="namespace" folds={folds} onFolds={onFolds} />);
    expect(shop()).toHaveTextContent('folded up');
    rerender(<Harness groupBy="namespace" folds={{}} onFolds={onFolds} />);
    expect(shop()).toHaveTextContent('unfolded');
    rerender(<Harness groupBy="namespace" folds={{ folded: 'nonsense_1', more: '%' }} onFolds={onFolds} />);
    expect(shop()).toHaveTextContent('unfolded');
  });

  it('begins as the address has it folded up', async () => {
    render(<Harness groupBy="namespace" folds={{ folded: 'all' }} onFolds={jest.fn()} />);
    const groups = await screen.findByRole('table', { name: /^Groups of the map/ });
    expect(within(groups).getByRole('row', { name: /^shop/ })).toHaveTextContent('folded up');
  });

  it('unfolds the rest of the neighbours for one of them that is selected', async () => {
    const callees = Array.from({ length: 20 }, (_, index) => `callee${index + 1}`);
    const hub: ServiceGraph = {
      services: [service('hub'), ...callees.map((name) => service(name))],
      calls: callees.map((name, index) => call('hub', name, 20 - index)),
      notices: [],
    };
    const onFolds = jest.fn();
    const { rerender } = render(<Harness graph={hub} selected={{ kind: 'service', id: 'callee20' }} />);
    const groups = await screen.findByRole('table', { name: /^Groups of the map/ });
    expect(within(groups).getByRole('row', { name: /^8 more/ })).toHaveTextContent('unfolded');
    expect(sidePanel().getByRole('heading')).toHaveTextContent('callee20');
    rerender(<Harness graph={hub} selected={{ kind: 'service', id: 'callee19' }} onFolds={onFolds} />);
    // The selection is the step, what it unfolds is none.
    expect(onFolds).toHaveBeenCalledWith({ more: expect.stringMatching(/^\w{7}$/) }, false);
  });
});
