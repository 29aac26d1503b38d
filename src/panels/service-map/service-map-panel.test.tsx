import React from 'react';
import {
  createDataFrame,
  type DataFrame,
  FieldType,
  getDefaultTimeRange,
  LoadingState,
  type PanelProps,
} from '@grafana/data';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { call, graphOf, service } from '../../servicegraph/service-graph.fixture';
import { toNodeGraphFrames } from '../../servicegraph/to-frames';
import { testIds } from '../../test-ids';
import { DEFAULT_OPTIONS, type ServiceMapPanelOptions } from './options';
import { ServiceMapPanel } from './service-map-panel';

jest.mock('../../servicegraph/layout/create-worker', () => ({ createLayoutWorker: jest.fn() }));
jest.setTimeout(30_000);

const GRAPH = graphOf(
  [service('web'), service('api', { stats: { rate: 3, errorRate: 0, mean: 0.1, p95: 0.4 } })],
  [call('web', 'api', { rate: 3, p95: 0.4 })]
);

function panel(series: DataFrame[], options: Partial<ServiceMapPanelOptions> = {}, onOptionsChange = jest.fn()) {
  const timeRange = getDefaultTimeRange();
  const props: PanelProps<ServiceMapPanelOptions> = {
    id: 1,
    data: { state: LoadingState.Done, series, timeRange },
    timeRange,
    timeZone: 'utc',
    options: { ...DEFAULT_OPTIONS, ...options },
    transparent: false,
    width: 900,
    height: 500,
    fieldConfig: { defaults: {}, overrides: [] },
    renderCounter: 0,
    title: '',
    eventBus: {
      publish: jest.fn(),
      getStream: jest.fn(),
      subscribe: jest.fn(),
      removeAllListeners: jest.fn(),
      newScopedBus: jest.fn(),
    },
    onOptionsChange,
    onFieldConfigChange: jest.fn(),
    replaceVariables: (text) => text,
    onChangeTimeRange: jest.fn(),
  };
  return <ServiceMapPanel {...props} />;
}

describe('the service map panel', () => {
  it("draws a data source's node and edge frames, with all they know", async () => {
    render(panel(toNodeGraphFrames(GRAPH)));
    const table = await screen.findByRole('table', { name: /busiest first/ });
    const row = within(table).getByRole('row', { name: /^api/ });
    expect(row).toHaveTextContent('3.00 req/s');
    expect(row).toHaveTextContent('400 ms');
  });

  it('leads to the service page with the time of the dashboard', async () => {
    render(panel(toNodeGraphFrames(GRAPH)));
    await userEvent.type(await screen.findByPlaceholderText('Find a service'), 'api{Enter}');
    expect(screen.getByTestId(testIds.serviceMap.serviceLink)).toHaveAttribute(
      'href',
      expect.stringMatching(/\/a\/traceatlas-tempo-app\/service\/api\?from=now-6h&to=now/)
    );
  });

  it('draws edges whose nodes are missing', async () => {
    const edges = createDataFrame({
      fields: ['id', 'source', 'target'].map((name) => ({
        name,
        type: FieldType.string,
        values: [`${name}-1`],
        config: {},
      })),
    });
    render(panel([edges]));
    expect(await screen.findByText('2 services, 1 call')).toBeInTheDocument();
  });

  it('says what it needs when it gets frames of another kind', () => {
    render(panel([createDataFrame({ fields: [{ name: 'value', type: FieldType.number, values: [1] }] })]));
    expect(screen.getByText(/needs node and edge frames/)).toBeInTheDocument();
  });

  it('keeps in its options what is folded up', async () => {
    const onOptionsChange = jest.fn();
    const grouped = { ...GRAPH, services: GRAPH.services.map((one) => ({ ...one, namespace: 'shop' })) };
    const frames = toNodeGraphFrames(grouped);
    const { rerender } = render(panel(frames, { groupBy: 'namespace' }, onOptionsChange));
    const row = async () =>
      within(await screen.findByRole('table', { name: /^Groups of the map/ })).getByRole('row', { name: /^shop/ });
    expect(await row()).toHaveTextContent('unfolded');
    await userEvent.click(screen.getByTestId(testIds.serviceMap.fold));
    expect(await row()).toHaveTextContent('folded up');
    expect(onOptionsChange).toHaveBeenCalledWith(expect.objectContaining({ groupBy: 'namespace', folded: 'all' }));
    rerender(panel(frames, { groupBy: 'namespace', folded: 'all' }, onOptionsChange));
    expect(await row()).toHaveTextContent('folded up');
    rerender(panel(frames, { groupBy: 'namespace' }, onOptionsChange));
    expect(await row()).toHaveTextContent('unfolded');
  });

  it('hides what the options turn off', async () => {
    render(panel(toNodeGraphFrames(GRAPH), { showLegend: false, showToolbar: false }));
    expect(await screen.findByTestId(testIds.serviceMap.canvas)).toBeInTheDocument();
    expect(screen.queryByTestId(testIds.serviceMap.legend)).not.toBeInTheDocument();
    expect(screen.queryByTestId(testIds.serviceMap.search)).not.toBeInTheDocument();
  });
});
