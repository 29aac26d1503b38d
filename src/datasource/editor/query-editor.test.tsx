import React, { useState } from 'react';
import { type PanelData, LoadingState } from '@grafana/data';
import { act, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { type TempoDataSource } from '../data-source';
import { goldenAnswer, fakeClient, RECORDED_RANGE } from '../test-support';
import { stubLayout } from '../test-support-dom';
import { testIds } from '../../test-ids';
import { createTagSource } from '../tags/tag-source';
import { parseSettings } from '../settings/parse-settings';
import { type TempoJsonData, type TempoQuery } from '../types';
import { QueryEditor } from './query-editor';

interface FakeMonaco {
  run: () => void;
  markers: Array<{ message: string; startLineNumber: number; startColumn: number }>;
}
const mockMonaco: FakeMonaco = { run: () => undefined, markers: [] };

/** Monaco does not run in jsdom: a text area with as much of its interface as the editor uses. */
jest.mock('@grafana/ui', () => {
  const actual = jest.requireActual('@grafana/ui');
  const { useEffect, useRef } = jest.requireActual('react');
  return {
    ...actual,
    CodeEditor: ({ value, onChange, onEditorDidMount }: React.ComponentProps<typeof actual.CodeEditor>) => {
      const text = useRef(value);
      text.current = value;
      useEffect(() => {
        const model = {
          getPositionAt: (offset: number) => {
            const lines = text.current.slice(0, offset).split('\n');
            return { lineNumber: lines.length, column: lines[lines.length - 1].length + 1 };
          },
        };
        onEditorDidMount(
          {
            addAction: ({ run }: { run: () => void }) => (mockMonaco.run = run),
            getModel: () => model,
            getValue: () => text.current,
            getContentHeight: () => 40,
            onDidContentSizeChange: () => undefined,
          },
          {
            KeyMod: { Shift: 1 },
            KeyCode: { Enter: 2 },
            MarkerSeverity: { Error: 8, Warning: 4 },
            editor: {
              setModelMarkers: (_model: object, _owner: string, markers: FakeMonaco['markers']) =>
                (mockMonaco.markers = markers),
            },
          }
        );
      }, [onEditorDidMount]);
      return (
        <textarea
          aria-label="TraceQL text"
          value={value}
          onChange={(event: React.ChangeEvent<HTMLTextAreaElement>) => onChange(event.currentTarget.value)}
        />
      );
    },
  };
});

interface SetUp {
  query?: Partial<TempoQuery>;
  jsonData?: Partial<TempoJsonData>;
  data?: PanelData;
}

function setUp({ query = {}, jsonData = {}, data }: SetUp = {}) {
  const { client, requests } = fakeClient({
    '/api/v2/search/tags': goldenAnswer('tags-all'),
    '/api/v2/search/tag/': goldenAnswer('values-resource-service-name'),
  });
  const parsedSettings = parseSettings(jsonData);
  const datasource: Partial<TempoDataSource> = {
    uid: 'tempo',
    parsedSettings,
    tags: createTagSource(client, parsedSettings.settings),
    applyTemplateVariables: (one) => one,
  };
  const changes: TempoQuery[] = [];
  const onRunQuery = jest.fn();

  function Host() {
    const [current, setCurrent] = useState<TempoQuery>({ refId: 'A', ...query });
    return (
      <QueryEditor
        query={current}
        datasource={datasource as TempoDataSource}
        range={RECORDED_RANGE}
        data={data}
        onRunQuery={onRunQuery}
        onChange={(next) => {
          changes.push(next);
          setCurrent(next);
        }}
      />
    );
  }
  render(<Host />);
  return { changes, requests, onRunQuery, last: () => changes[changes.length - 1] };
}

function panelError(position?: { line: number; column: number }): PanelData {
  const error = { refId: 'A', message: 'unknown identifier: foo', position };
  return { state: LoadingState.Error, series: [], timeRange: RECORDED_RANGE, errors: [error] };
}

function panelDone(targets: TempoQuery[]): PanelData {
  const request = {
    app: 'explore',
    interval: '1s',
    intervalMs: 1000,
    range: RECORDED_RANGE,
    requestId: 'Q1',
    scopedVars: {},
    startTime: 0,
    targets,
    timezone: 'utc',
  };
  return { state: LoadingState.Done, series: [], timeRange: RECORDED_RANGE, request };
}

// Grafana's lists and inputs are slow in jsdom.
jest.setTimeout(60_000);
const user = userEvent.setup({ pointerEventsCheck: 0, delay: null });

beforeEach(() => {
  stubLayout();
  mockMonaco.markers = [];
});

describe('the kind of query', () => {
  it('is TraceQL for a query that says nothing, and can be changed', async () => {
    const { last } = setUp({ query: { query: '{}' } });
    expect(screen.getByRole('radio', { name: 'TraceQL' })).toBeChecked();
    await user.click(screen.getByRole('radio', { name: 'Service graph' }));
    expect(last()).toMatchObject({ refId: 'A', queryType: 'serviceMap', query: '{}' });
  });

  it('D13: has no search where the settings hide it', () => {
    setUp({ jsonData: { search: { hide: true } } });
    expect(screen.queryByRole('radio', { name: 'Search' })).not.toBeInTheDocument();
  });

  it('shows what of a saved query cannot be read', () => {
    const saved: object = { limit: 'many' };
    setUp({ query: saved });
    expect(screen.getByText(/"limit" was ignored/)).toBeInTheDocument();
  });
});

describe('the TraceQL editor', () => {
  it('saves what is typed and runs it with the keyboard', async () => {
    const { last, onRunQuery } = setUp();
    await user.type(screen.getByLabelText('TraceQL text'), 'abc');
    expect(last().query).toBe('abc');
    expect(onRunQuery).not.toHaveBeenCalled();
    act(() => mockMonaco.run());
    expect(onRunQuery).toHaveBeenCalledTimes(1);
  });

  it('tells what to write while it is empty', () => {
    setUp();
    expect(screen.getByText('Enter a TraceQL query or trace ID (run with Shift+Enter)')).toBeInTheDocument();
  });

  it('marks a mistake at its place', async () => {
    setUp({ query: { query: '{ status = error' } });
    await waitFor(() => expect(mockMonaco.markers).not.toHaveLength(0));
    expect(mockMonaco.markers[0].message).toContain('unexpected');
  });

  it("marks Tempo's own complaint at the place that Tempo names", async () => {
    setUp({ query: { query: '{ .a = 1 &&\n  .foo = 2 }' }, data: panelError({ line: 2, column: 3 }) });
    await waitFor(() =>
      expect(mockMonaco.markers).toContainEqual(
        expect.objectContaining({ message: 'unknown identifier: foo', startLineNumber: 2, startColumn: 3 })
      )
    );
  });

  it.each(['9516e154ccab4d8696f38fbf968f7943', '{ resource.service.name = "a" }', '{ $filter }'])(
    'finds nothing wrong with %s',
    async (text) => {
      setUp({ query: { query: text }, data: undefined });
      mockMonaco.markers = [{ message: 'old', startLineNumber: 1, startColumn: 1 }];
      await waitFor(() => expect(mockMonaco.markers).toEqual([]));
    }
  );

  it('D13: offers the options of a search, raw answers too, or of metrics, as the text is', async () => {
    const { last } = setUp({ query: { query: '{}' } });
    await user.click(screen.getByRole('button', { name: /Search options/ }));
    const limit = screen.getByRole('spinbutton', { name: 'Limit' });
    await user.clear(limit);
    await user.type(limit, '50{Enter}');
    expect(last().limit).toBe(50);
    await user.click(screen.getByRole('radio', { name: 'Spans' }));
    expect(last()).toMatchObject({ limit: 50, tableType: 'spans' });
    await user.click(screen.getByRole('radio', { name: 'Raw' }));
    expect(last().tableType).toBe('raw');

    const editor = screen.getByLabelText('TraceQL text');
    await user.clear(editor);
    await user.type(editor, '{{} | rate()');
    await user.click(screen.getByRole('radio', { name: 'Instant' }));
    expect(last()).toMatchObject({ query: '{} | rate()', metricsQueryType: 'instant' });
    await user.type(screen.getByRole('textbox', { name: 'Step' }), 'soon{Enter}');
    expect(screen.getByText(/Write a duration/)).toBeInTheDocument();
    expect(last().step).toBeUndefined();
  });
});

describe('queries to start from', () => {
  it('are examples by question, one click away', async () => {
    const { last } = setUp();
    await user.click(screen.getByRole('button', { name: 'Examples' }));
    const group = within(screen.getByRole('region', { name: 'What fails?' }));
    await user.click(group.getByRole('button', { name: /Failed requests of one service/ }));
    expect(last().query).toBe('{ resource.service.name = "frontend" && status = error }');
    expect(screen.queryByRole('region', { name: 'What fails?' })).not.toBeInTheDocument();
  });

  it('are those that ran lately, until they are cleared', async () => {
    const ran = { refId: 'A', queryType: 'traceql', query: '{ .ran = 1 }' };
    const { last } = setUp({ data: panelDone([ran]) });
    await user.click(screen.getByRole('button', { name: 'Recent queries' }));
    await user.click(screen.getByRole('button', { name: /ran/ }));
    expect(last().query).toBe('{ .ran = 1 }');
    await user.click(screen.getByRole('button', { name: 'Recent queries' }));
    await user.click(screen.getByRole('button', { name: 'Clear recent queries' }));
    expect(screen.getByText(/are listed here/)).toBeInTheDocument();
  });
});

describe('builder and text', () => {
  const text = '{ resource.service.name = "shop" && .a = .b } >> { status = error } | rate() by (name)';

  it('show the same query, and neither drops what the other has', async () => {
    const { last } = setUp({ query: { query: text } });
    await user.click(screen.getByRole('radio', { name: 'Search' }));
    expect(last()).toMatchObject({ queryType: 'traceqlSearch', query: text });
    expect(screen.getByText('shop')).toBeInTheDocument();
    expect(screen.getByRole('textbox', { name: 'Condition in TraceQL' })).toHaveValue('.a = .b');
    expect(screen.getByRole('textbox', { name: 'Also in this query' })).toHaveValue(
      '>> { status = error } | rate() by (name)'
    );

    await user.click(screen.getByRole('radio', { name: 'TraceQL' }));
    expect(last()).toMatchObject({ queryType: 'traceql', query: text });
  });

  it('take changes of each other over', async () => {
    const { last } = setUp({ query: { query: text } });
    await user.click(screen.getByRole('radio', { name: 'Search' }));
    const condition = screen.getByRole('textbox', { name: 'Condition in TraceQL' });
    await user.clear(condition);
    await user.type(condition, '.a > {Enter}');
    expect(screen.getByRole('alert')).toHaveTextContent('unexpected');
    await user.clear(condition);
    await user.type(condition, '.c || .d{Enter}');
    const rest = screen.getByRole('textbox', { name: 'Also in this query' });
    await user.clear(rest);
    await user.type(rest, '| count() > 2{Enter}');
    await user.click(screen.getByTestId(testIds.datasource.editAsTraceql));
    expect(last()).toMatchObject({
      queryType: 'traceql',
      query: '{resource.service.name="shop" && (.c || .d)} | count() > 2',
    });
  });

  it('the builder does not open on a text that it cannot read, and says why', async () => {
    const { last, changes } = setUp({ query: { query: '{ status = ' } });
    await user.click(screen.getByRole('radio', { name: 'Search' }));
    expect(changes).toEqual([]);
    const notice = within(screen.getByTestId(testIds.datasource.notBuildable));
    expect(notice.getByText(/unexpected \$end/)).toBeInTheDocument();
    await user.click(notice.getByRole('button', { name: /Start an empty search/ }));
    expect(last()).toMatchObject({ queryType: 'traceqlSearch', filters: [], query: '{ status = ' });
    await user.click(screen.getByRole('radio', { name: 'TraceQL' }));
    expect(last()).toMatchObject({ queryType: 'traceql', query: '{ status = ' });
  });

  it('a trace id waits while the builder is empty', async () => {
    const id = '9516e154ccab4d8696f38fbf968f7943';
    const { last } = setUp({ query: { query: id } });
    await user.click(screen.getByRole('radio', { name: 'Search' }));
    await user.click(screen.getByRole('radio', { name: 'TraceQL' }));
    expect(last()).toMatchObject({ queryType: 'traceql', query: id });
  });
});

describe('the search builder', () => {
  it('offers the services that Tempo knows, and writes the query', async () => {
    const { last, requests } = setUp({ query: { queryType: 'traceqlSearch' } });
    await user.click(screen.getByLabelText('Value of service.name'));
    await user.keyboard('mysq');
    // The list is drawn by size, which jsdom lacks: the keyboard reaches what is in it all the same.
    await waitFor(
      async () => {
        await user.keyboard('{ArrowDown}{Enter}');
        expect(last()?.filters?.[0].value).toEqual(['mysql']);
      },
      { timeout: 30_000, interval: 300 }
    );
    expect(last().filters).toMatchObject([
      { id: 'service-name', tag: 'service.name', operator: '=', value: ['mysql'], valueType: 'string' },
    ]);
    expect(screen.getByTestId(testIds.datasource.preview)).toHaveTextContent('{resource.service.name="mysql"}');
    expect(requests[0]).toMatchObject({ path: '/api/v2/search/tag/resource.service.name/values' });
    expect(requests[0].params).toMatchObject({ start: '1795255500', end: '1795255800' });
  });

  it('narrows the values of one row by the others', async () => {
    const { requests } = setUp({
      query: {
        queryType: 'traceqlSearch',
        filters: [{ id: 'status', tag: 'status', operator: '=', value: 'error', valueType: 'keyword' }],
      },
    });
    await user.click(screen.getByLabelText('Value of service.name'));
    await waitFor(() => expect(requests).not.toHaveLength(0));
    expect(requests[0].params.q).toBe('{status=error}');
  });

  it('adds and removes rows, and hands the query over to the editor', async () => {
    const { last } = setUp({
      query: {
        queryType: 'traceqlSearch',
        filters: [
          { id: 'tag-0', scope: 'span', tag: 'http.method', operator: '=', value: ['GET'], valueType: 'string' },
        ],
      },
    });
    await user.click(screen.getByTestId(testIds.datasource.addFilter));
    expect(last().filters).toHaveLength(2);
    await user.click(screen.getAllByLabelText('Remove tag')[1]);
    expect(last().filters).toHaveLength(1);
    await user.click(screen.getByTestId(testIds.datasource.editAsTraceql));
    expect(last()).toMatchObject({ queryType: 'traceql', query: '{span.http.method="GET"}' });
  });

  it('writes durations, of spans or of traces', async () => {
    setUp({ query: { queryType: 'traceqlSearch' } });
    const preview = screen.getByTestId(testIds.datasource.preview);
    await user.type(screen.getByLabelText('Shortest duration'), '100ms');
    expect(preview).toHaveTextContent('{duration>100ms}');
    await user.click(screen.getByLabelText('trace'));
    expect(preview).toHaveTextContent('{traceDuration>100ms}');
  });

  it('opens old queries of the search form', () => {
    const old: object = { queryType: 'nativeSearch', serviceName: 'app', search: 'http.method=GET' };
    setUp({ query: old });
    expect(screen.getByTestId(testIds.datasource.preview)).toHaveTextContent(
      '{resource.service.name="app" && .http.method="GET"}'
    );
  });
});

describe('the service graph', () => {
  it('says that a metrics data source must be chosen first', () => {
    setUp({ query: { queryType: 'serviceMap' } });
    expect(screen.getByText('No metrics data source is set')).toBeInTheDocument();
  });

  it('takes filters, and keeps the old one while the new one cannot be read', async () => {
    const { last, changes } = setUp({
      query: { queryType: 'serviceMap' },
      jsonData: { serviceMap: { datasourceUid: 'prom' } },
    });
    const section = within(screen.getByTestId(testIds.datasource.serviceMap));
    await user.type(section.getByRole('textbox', { name: 'Filter' }), '{{client=a{Enter}');
    expect(section.getByRole('alert')).toHaveTextContent(/quoted value/);
    expect(changes).toEqual([]);
    await user.clear(section.getByRole('textbox', { name: 'Filter' }));
    await user.type(section.getByRole('textbox', { name: 'Filter' }), '{{client="a"}{Enter}');
    expect(last().serviceMapQuery).toBe('{client="a"}');
    await user.click(section.getByRole('switch', { name: 'Group by namespace' }));
    expect(last()).toMatchObject({ serviceMapIncludeNamespace: true, serviceMapQuery: '{client="a"}' });
  });
});
