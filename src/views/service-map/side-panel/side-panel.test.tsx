import React, { useState } from 'react';
import { act, fireEvent, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { call, graphOf, service } from '../../../servicegraph/service-graph.fixture';
import { testIds } from '../../../test-ids';
import { type Selection } from '../selection';
import { ServiceMap } from '../service-map';

jest.mock('../../../servicegraph/layout/create-worker', () => ({
  createLayoutWorker: () => {
    throw new Error('no workers here');
  },
}));

const GRAPH = graphOf([service('user'), service('web')], [call('user', 'web', { rate: 10 })]);

function Harness({ width, height }: { width: number; height: number }) {
  const [selected, setSelected] = useState<Selection>();
  return <ServiceMap graph={GRAPH} width={width} height={height} selected={selected} onSelect={setSelected} />;
}

// The first use of @grafana/ui's parts takes its time on a busy machine.
jest.setTimeout(30_000);

it('closes with Escape from within, and leaves the keyboard on the map', async () => {
  render(<Harness width={1200} height={700} />);
  const map = await screen.findByTestId(testIds.serviceMap.canvas);
  map.focus();
  fireEvent.keyDown(map, { key: 'Enter' });
  const panel = screen.getByTestId(testIds.serviceMap.sidePanel);
  // The button to close has a tooltip, which Escape takes away first.
  act(() => within(panel).getByRole('button', { name: 'Filter' }).focus());
  await userEvent.keyboard('{Escape}');
  expect(panel).not.toBeInTheDocument();
  expect(map).toHaveFocus();
});

it('is opened in a small panel, too, where the map is all there is besides', async () => {
  render(<Harness width={230} height={160} />);
  const map = await screen.findByTestId(testIds.serviceMap.canvas);
  expect(screen.queryByTestId(testIds.serviceMap.search)).not.toBeInTheDocument();
  expect(screen.queryByTestId(testIds.serviceMap.legend)).not.toBeInTheDocument();
  expect(screen.getByTestId(testIds.serviceMap.fit)).toBeInTheDocument();
  expect(screen.queryByTestId(testIds.serviceMap.relayout)).not.toBeInTheDocument();
  fireEvent.keyDown(map, { key: 'Enter' });
  expect(screen.getByTestId(testIds.serviceMap.sidePanel)).toBeInTheDocument();
});
