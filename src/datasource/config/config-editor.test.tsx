import React, { useState } from 'react';
import { type DataSourceSettings } from '@grafana/data';
import { type DataSourcePickerProps } from '@grafana/runtime';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { of, throwError } from 'rxjs';
import { testIds } from '../../test-ids';
import { stubLayout } from '../test-support-dom';
import { type TempoJsonData } from '../types';
import { ConfigEditor } from './config-editor';

/** Grafana brings the picker; this one says which of some data sources it would offer. */
const mockCandidates = [
  'prometheus',
  'loki',
  'tempo',
  'victoriametrics-metrics-datasource',
  'grafana-pyroscope-datasource',
];
const mockFetch = jest.fn();
jest.mock('@grafana/runtime', () => ({
  ...jest.requireActual('@grafana/runtime'),
  config: { secureSocksDSProxyEnabled: true },
  getBackendSrv: () => ({ fetch: mockFetch, get: () => Promise.resolve([]) }),
  DataSourcePicker: ({ inputId, current, filter, onChange }: DataSourcePickerProps) => (
    <select
      id={inputId}
      value={typeof current === 'string' ? current : ''}
      onChange={({ currentTarget: { value } }) =>
        onChange({ uid: value, name: `My ${value}` } as Parameters<typeof onChange>[0])
      }
    >
      <option value="" />
      {mockCandidates
        .filter((type) => filter?.({ type } as Parameters<typeof filter>[0]))
        .map((type) => (
          <option key={type}>{type}</option>
        ))}
    </select>
  ),
}));

// Grafana's inputs are slow in jsdom.
jest.setTimeout(60_000);
const user = userEvent.setup({ pointerEventsCheck: 0, delay: null });

beforeEach(stubLayout);

function setUp(jsonData: object = {}) {
  let saved: DataSourceSettings<TempoJsonData> = {
    id: 1,
    uid: 'tempo-uid',
    orgId: 1,
    name: 'Tempo',
    type: 'traceatlas-tempo-datasource',
    typeLogoUrl: '',
    typeName: '',
    access: 'proxy',
    url: 'http://tempo:3200',
    user: '',
    database: '',
    basicAuth: false,
    basicAuthUser: '',
    isDefault: false,
    jsonData,
    secureJsonFields: {},
    readOnly: false,
    withCredentials: false,
  };
  function Host() {
    const [options, setOptions] = useState(saved);
    return (
      <ConfigEditor
        options={options}
        onOptionsChange={(next) => {
          saved = next;
          setOptions(next);
        }}
      />
    );
  }
  render(<Host />);
  return { saved: () => saved };
}

const optionsOf = (label: string) =>
  Array.from(screen.getByLabelText<HTMLSelectElement>(label).options, ({ value }) => value).filter(Boolean);

it('has the connection, the authentication, the headers and the proxy of Grafana', () => {
  setUp();
  expect(screen.getByPlaceholderText('http://localhost:3200')).toHaveValue('http://tempo:3200');
  expect(screen.getByText('Authentication')).toBeInTheDocument();
  expect(screen.getByText('HTTP headers')).toBeInTheDocument();
});

it('tells how to name a tenant, and notices when it is done', () => {
  setUp({ httpHeaderName1: 'X-Scope-OrgID' });
  expect(screen.getByTestId(testIds.datasource.tenantHint)).toHaveTextContent('X-Scope-OrgID is set');
});

it('keeps what it does not know, and what it does not change', async () => {
  const provisioned = {
    tracesToProfiles: { datasourceUid: 'pyroscope', profileTypeId: 'cpu' },
    streamingEnabled: { search: true },
    someFutureKey: { a: 1 },
    tracesToLogsV2: { datasourceUid: 'loki', customQuery: true, query: 'x', tags: [{ key: 'job' }] },
    serviceMap: { datasourceUid: 'old', extra: 1 },
    spanBar: { type: 'Tag', tag: 'http.path' },
  };
  const { saved } = setUp(provisioned);
  const [serviceGraph] = screen.getAllByLabelText(/^Metrics data source/);
  await user.selectOptions(serviceGraph, 'prometheus');
  expect(saved().jsonData).toEqual({ ...provisioned, serviceMap: { datasourceUid: 'prometheus', extra: 1 } });
});

it('offers data sources that fit: PromQL for the service graph, logs for logs', async () => {
  setUp();
  const [serviceGraph] = screen.getAllByLabelText<HTMLSelectElement>(/^Metrics data source/);
  expect(Array.from(serviceGraph.options, ({ value }) => value).filter(Boolean)).toEqual([
    'prometheus',
    'victoriametrics-metrics-datasource',
  ]);
  await user.click(screen.getByLabelText(/section Trace to logs/));
  expect(optionsOf('Logs data source')).toEqual(['loki']);
});

it('takes names of metrics where they cannot be found out, and keeps what it has no field for', async () => {
  const { saved } = setUp({ serviceMap: { datasourceUid: 'prometheus', dialect: { unit: 'ms', spanService: 'svc' } } });
  const labels = () => screen.getByLabelText(/^Labels that tell services of one name apart/);
  await user.click(labels());
  await user.paste('k8s_cluster_name, env');
  await user.tab();
  expect(saved().jsonData.serviceMap).toEqual({
    datasourceUid: 'prometheus',
    dialect: { unit: 'ms', spanService: 'svc', identity: ['k8s_cluster_name', 'env'] },
  });
  await user.clear(labels());
  await user.tab();
  expect(saved().jsonData.serviceMap?.dialect).toEqual({ unit: 'ms', spanService: 'svc' });
});

it('takes unit and service label of span metrics, the start of the names, and leaves recording rules alone', async () => {
  const { saved } = setUp({ serviceMap: { datasourceUid: 'prometheus', dialect: { unit: 's' } } });
  const type = async (label: RegExp, text: string) => {
    await user.clear(screen.getByLabelText(label));
    await user.paste(text);
    await user.tab();
  };
  const pick = async (label: RegExp, option: string) => {
    await user.click(screen.getByLabelText(label));
    await user.paste(option);
    await user.keyboard('{ArrowDown}{Enter}');
  };
  await type(/^Start of the names/, 'my_graph');
  await type(/^Label of the service in span metrics/, ' app ');
  await pick(/^Unit of latencies in span metrics/, 'Milliseconds');
  await pick(/^Recording rules/, 'Left alone');
  const dialect = { unit: 's', prefix: 'my_graph', spanService: 'app', spanUnit: 'ms', recorded: false };
  expect(saved().jsonData.serviceMap?.dialect).toEqual(dialect);
  await pick(/^Recording rules/, 'Used where they are');
  expect(saved().jsonData.serviceMap?.dialect).toEqual({ ...dialect, recorded: undefined });
});

it('says what is wrong with a name, and saves it not', async () => {
  const { saved } = setUp({ serviceMap: { datasourceUid: 'prometheus', dialect: { prefix: 'kept' } } });
  await user.clear(screen.getByLabelText(/^Start of the names/));
  await user.paste('traces_service_graph_request_total');
  await user.tab();
  expect(screen.getByRole('alert')).toHaveTextContent('before “_request_total”');
  expect(saved().jsonData.serviceMap?.dialect).toEqual({ prefix: 'kept' });
});

it('reads the old form of trace to logs, and saves the new one in its place', async () => {
  const { saved } = setUp({
    tracesToLogs: {
      datasourceUid: 'loki',
      tags: ['job'],
      spanStartTimeShift: '-1h',
      filterByTraceID: true,
      lokiSearch: true,
    },
  });
  await user.click(screen.getByLabelText('Filter by span ID'));
  expect(saved().jsonData).toEqual({
    tracesToLogs: undefined,
    tracesToLogsV2: {
      datasourceUid: 'loki',
      tags: [{ key: 'job' }],
      spanStartTimeShift: '-1h',
      spanEndTimeShift: undefined,
      filterByTraceID: true,
      filterBySpanID: true,
      customQuery: false,
    },
  });
});

it('marks a duration that is none, and keeps it to be corrected', async () => {
  const { saved } = setUp({ tracesToLogsV2: { datasourceUid: 'loki', customQuery: false } });
  await user.type(screen.getByLabelText(/Span start time shift/), 'soon');
  expect(saved().jsonData.tracesToLogsV2?.spanStartTimeShift).toBe('soon');
  expect(screen.getByText(/Write a number and a unit/)).toBeInTheDocument();
});

it('says which settings cannot be read', () => {
  setUp({ nodeGraph: { enabled: 'yes' }, tagLimit: 'all' });
  expect(screen.getByText(/"nodeGraph" was ignored/)).toBeInTheDocument();
  expect(screen.getByText(/"tagLimit" was ignored/)).toBeInTheDocument();
});

it('has the rest behind "Additional settings"', async () => {
  const { saved } = setUp({ timeRangeForTags: 1800 });
  await user.click(screen.getByLabelText(/section Additional settings/));
  await user.click(screen.getByLabelText(/Hide search/));
  await user.click(screen.getByLabelText('Metrics'));
  await user.click(screen.getByLabelText(/Use time range in query/));
  await user.type(screen.getByLabelText(/Tag limit/), '9');
  expect(saved().jsonData).toMatchObject({
    timeRangeForTags: 1800,
    search: { hide: true },
    progressive: { metrics: false },
    traceQuery: { timeShiftEnabled: true },
    tagLimit: 9,
  });
  expect(screen.getByText(/Secure Socks/i)).toBeInTheDocument();
});

it('leads to several logs data sources, each with a name of its own', async () => {
  const { saved } = setUp({ tracesToLogsV2: { datasourceUid: 'loki', customQuery: false } });
  await user.click(screen.getByText('Add another logs data source'));
  await user.type(screen.getByLabelText(/^Name of the link/), 'Audit');
  const [, further] = screen.getAllByLabelText(/^Logs data source/);
  await user.selectOptions(further, 'loki');
  expect(saved().jsonData).toEqual({
    tracesToLogsV2: { datasourceUid: 'loki', customQuery: false },
    furtherTracesToLogs: [{ customQuery: false, name: 'Audit', datasourceUid: 'loki' }],
  });
  await user.click(screen.getByText('Remove Audit'));
  expect(saved().jsonData.furtherTracesToLogs).toBeUndefined();
});

it('links spans to their profiles once a type of profile is chosen', async () => {
  const { saved } = setUp();
  await user.click(screen.getByLabelText(/section Trace to profiles/));
  await user.selectOptions(screen.getByLabelText('Profiles data source'), 'grafana-pyroscope-datasource');
  expect(screen.getByText('Choose a profile type')).toBeInTheDocument();
  await user.type(screen.getByLabelText(/^Profile type/), 'memory:space');
  await waitFor(async () => {
    await user.keyboard('{ArrowDown}{Enter}');
    expect(saved().jsonData.tracesToProfiles?.profileTypeId).toBeDefined();
  });
  expect(saved().jsonData.tracesToProfiles).toEqual({
    datasourceUid: 'grafana-pyroscope-datasource',
    profileTypeId: 'memory:space',
    customQuery: false,
  });
});

it('says which variables of a query of your own do not exist', async () => {
  setUp({ tracesToLogsV2: { datasourceUid: 'loki', customQuery: true, query: '{a="${__span.id}"} ${__tags}' } });
  expect(screen.getByText('No such variable of a span: ${__span.id}')).toBeInTheDocument();
});

describe('importing the settings of a Tempo data source', () => {
  const answer = {
    url: 'http://other:3200',
    jsonData: { nodeGraph: { enabled: true }, tagLimit: 9, httpHeaderName1: 'X-Scope-OrgID' },
  };

  async function chooseTempo() {
    await user.click(screen.getByLabelText(/section Import settings/));
    await user.selectOptions(screen.getByLabelText('Import from'), 'tempo');
  }

  it('shows what would change, and changes what is ticked', async () => {
    mockFetch.mockReturnValue(of({ data: answer }));
    const { saved } = setUp();
    await chooseTempo();
    const diff = await screen.findByTestId(testIds.datasource.importDiff);
    expect(diff).toHaveTextContent('http://other:3200');
    expect(screen.getByText(/enter them again: X-Scope-OrgID/)).toBeInTheDocument();
    await user.click(screen.getByLabelText('tagLimit'));
    expect(saved().url).toBe('http://tempo:3200');
    await user.click(screen.getByTestId(testIds.datasource.importApply));
    expect(mockFetch.mock.lastCall[0].url).toBe('/api/datasources/uid/tempo');
    expect(saved()).toMatchObject({ url: 'http://other:3200', jsonData: { nodeGraph: { enabled: true } } });
    expect(saved().jsonData.tagLimit).toBeUndefined();
    expect(screen.getByText('Imported from My tempo')).toBeInTheDocument();
  });

  it('says why when Grafana does not hand them out', async () => {
    mockFetch.mockReturnValue(throwError(() => ({ status: 403, data: { message: 'You need admin rights' } })));
    const { saved } = setUp();
    await chooseTempo();
    expect(await screen.findByText('You need admin rights')).toBeInTheDocument();
    expect(saved().url).toBe('http://tempo:3200');
  });
});
