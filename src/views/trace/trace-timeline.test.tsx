import { fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import React from 'react';
import { decodeExportRequestJson } from '../../tempo/otlp';
import { testIds } from '../../test-ids';
import { type Span, type Trace } from '../../trace/model';
import { TraceTimeline, type TraceTimelineProps } from './trace-timeline';

const DATASET = join(__dirname, '../../../tests/contract/dataset');

function traceWith(file: string, matches: (span: Span) => boolean): Trace {
  const spans = decodeExportRequestJson(readFileSync(join(DATASET, file), 'utf8'));
  const traceId = spans.find(matches)?.traceId ?? '';
  return { traceId, spans: spans.filter((span) => span.traceId === traceId) };
}

const hotrod = traceWith('hotrod.json', ({ traceId }) => traceId === '9516e154ccab4d8696f38fbf968f7943');
const events = traceWith('odd.json', ({ name }) => name === 'span with events');
const orphans = traceWith('odd.json', ({ name }) => name === 'handle orphan');

function show(props: Partial<TraceTimelineProps> = {}) {
  const onSelectSpan = jest.fn();
  const view = render(<TraceTimeline trace={hotrod} timeZone="utc" onSelectSpan={onSelectSpan} {...props} />);
  return { ...view, onSelectSpan, user: userEvent.setup({ pointerEventsCheck: 0 }) };
}

// Queries by role compute the style and name of every element, which takes seconds for a timeline.
const rows = () => screen.getAllByTestId(testIds.trace.row);
const grid = () => screen.getByTestId(testIds.trace.grid);
const detail = () => screen.getByTestId(testIds.trace.detail);
const activeRow = () => document.getElementById(grid().getAttribute('aria-activedescendant') ?? '');

it('says what the trace is about', () => {
  show();
  const header = screen.getByTestId(testIds.trace.header);
  for (const text of ['frontend', 'GET /dispatch', hotrod.traceId, '2026-11-21', '39', '670.67 ms']) {
    expect(header).toHaveTextContent(text);
  }
});

it('shows spans as a tree in order of time, with their level', () => {
  show();
  expect(grid()).toHaveAttribute('aria-rowcount', '39');
  expect(rows()[0]).toHaveAttribute('aria-level', '1');
  expect(rows()[0]).toHaveTextContent('frontendGET /dispatch');
  expect(rows()[1]).toHaveAttribute('aria-level', '2');
});

it('collapses and expands a span', async () => {
  const { user } = show();
  await user.click(within(rows()[0]).getByLabelText('Hide spans below: 38'));
  expect(rows()).toHaveLength(1);
  expect(rows()[0]).toHaveAttribute('aria-expanded', 'false');
  await user.click(screen.getByText('Expand all'));
  expect(grid()).toHaveAttribute('aria-rowcount', '39');
});

it('opens the details of a span and says which one', async () => {
  const { user, onSelectSpan } = show();
  await user.click(rows()[0]);
  expect(onSelectSpan).toHaveBeenLastCalledWith('5894d59c93698b7e');
  expect(within(detail()).getByLabelText('Attributes')).toHaveTextContent('http.response.status_code200');
  expect(detail()).toHaveTextContent('HTTP request received');
  await user.click(within(detail()).getByLabelText('Close details'));
  expect(screen.queryByTestId(testIds.trace.detail)).not.toBeInTheDocument();
  expect(onSelectSpan).toHaveBeenLastCalledWith(undefined);
});

it('opens at the span of the URL, also when it lies far down', () => {
  const last = hotrod.spans.reduce((a, b) => (a.startTimeUnixNano > b.startTimeUnixNano ? a : b));
  show({ spanId: last.spanId });
  expect(detail()).toHaveTextContent(last.spanId);
  expect(activeRow()).toHaveAttribute('data-span-id', last.spanId);
});

it('says so when the span of the URL is not in the trace', () => {
  show({ spanId: 'feedfeedfeedfeed' });
  expect(screen.getByText('Span feedfeedfeedfeed is not in this trace.')).toBeInTheDocument();
});

it('is operated with the keyboard', async () => {
  const { user, onSelectSpan } = show();
  grid().focus();
  await user.keyboard('{ArrowDown}');
  expect(activeRow()).toBe(rows()[0]);
  await user.keyboard('{ArrowRight}');
  expect(activeRow()).toBe(rows()[1]);
  await user.keyboard('{ArrowUp}{ArrowLeft}');
  expect(rows()).toHaveLength(1);
  await user.keyboard('{ArrowRight}{End}');
  expect(activeRow()).toHaveAttribute('aria-rowindex', '39');
  await user.keyboard('{Home}{Enter}');
  expect(onSelectSpan).toHaveBeenLastCalledWith(rows()[0].dataset.spanId);
  await user.keyboard('{Escape}');
  expect(onSelectSpan).toHaveBeenLastCalledWith(undefined);
  await user.keyboard('/');
  expect(screen.getByTestId(testIds.trace.find)).toHaveFocus();
});

it('finds spans and goes from one to the next', async () => {
  const { user } = show();
  await user.type(screen.getByTestId(testIds.trace.find), 'mysql');
  expect(await screen.findByText('1 found')).toBeInTheDocument();
  await user.keyboard('{Enter}');
  expect(screen.getByText('1 of 1')).toBeInTheDocument();
  expect(activeRow()).toHaveTextContent('mysql');
});

it('draws the visible rows only', async () => {
  const spans = Array.from({ length: 20_000 }, (_, i) => ({
    ...hotrod.spans[i % hotrod.spans.length],
    spanId: (i + 1).toString(16).padStart(16, '0'),
    parentSpanId: '',
  }));
  show({ trace: { traceId: hotrod.traceId, spans } });
  await screen.findByTestId(testIds.trace.grid);
  expect(rows().length).toBeLessThan(100);
  fireEvent.scroll(grid(), { target: { scrollTop: 20_000 * 28 } });
  expect(rows()[rows().length - 1]).toHaveAttribute('aria-rowindex', '20000');
});

it('offers the trace as a file', async () => {
  const saved: Blob[] = [];
  URL.createObjectURL = (blob: Blob) => `blob:${saved.push(blob)}`;
  URL.revokeObjectURL = () => undefined;
  const clicked = jest.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
    this: HTMLAnchorElement
  ) {
    expect(this.download).toBe(`trace-${events.traceId}.json`);
  });
  const { user } = show({ trace: events });
  await user.click(screen.getByTestId(testIds.trace.export));
  await waitFor(() => expect(clicked).toHaveBeenCalledTimes(1));
  const text = await new Promise<unknown>((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.readAsText(saved[0]);
  });
  expect(decodeExportRequestJson(String(text))).toEqual(events.spans);
  clicked.mockRestore();
});

it('shows why a trace is not complete', () => {
  show({ partial: 'Trace exceeds maximum size of 5 bytes' });
  expect(screen.getByTestId(testIds.trace.partial)).toHaveTextContent('Trace exceeds maximum size of 5 bytes');
});

it('marks errors and shows events, links and what was dropped', async () => {
  const traceHref = (traceId: string, spanId: string) => `/trace/${traceId}?span=${spanId}`;
  const { user } = show({ trace: events, traceHref });
  expect(within(rows()[0]).getByTitle('boom: something failed')).toBeInTheDocument();
  await user.click(rows()[0]);
  expect(detail()).toHaveTextContent('boom: something failed');
  expect(detail()).toHaveTextContent('Events 5−3.00 msbefore the span+5.00 mscache miss');
  expect(detail()).toHaveTextContent('3 more were dropped by the sender.');
  expect(within(detail()).getAllByRole('link', { hidden: true })[0]).toHaveAttribute(
    'href',
    '/trace/9516e154ccab4d8696f38fbf968f7943?span=5894d59c93698b7e'
  );
});

it('explains what is odd about a span', async () => {
  const { user } = show({ trace: orphans });
  await user.click(rows()[0]);
  expect(within(detail()).getByText(/The parent of this span is not in the trace/)).toBeInTheDocument();
});

it('shows attribute values that are URLs as links, and never runs others', async () => {
  const [span] = hotrod.spans;
  const attributes: Span['attributes'] = [
    { key: 'good', value: { type: 'string', value: 'https://example.com/x' } },
    { key: 'bad', value: { type: 'string', value: 'javascript:alert(1)' } },
  ];
  const { user } = show({ trace: { traceId: hotrod.traceId, spans: [{ ...span, attributes, links: [] }] } });
  await user.click(rows()[0]);
  const links = within(detail()).getAllByRole('link', { hidden: true });
  expect(links.map((link) => link.getAttribute('href'))).toEqual(['https://example.com/x']);
});

it('resizes the name column with the keyboard', () => {
  show();
  const handle = screen.getByLabelText('Width of the name column');
  fireEvent.keyDown(handle, { key: 'ArrowRight' });
  expect(handle).toHaveAttribute('aria-valuenow', '40');
});
