import { useState } from 'react';
import { LoadingState, type PanelData } from '@grafana/data';
import { type TraceRow, traceRows } from './trace-rows';

export interface ShownRows {
  rows: TraceRow[];
  /** The search that the rows were found by */
  question: string | undefined;
  isOfEarlierSearch: boolean;
}

const NOTHING: ShownRows = { rows: [], question: undefined, isOfEarlierSearch: false };

/** What stays on screen while a search runs, runs once more, or fails. */
export function useShownRows(data: PanelData | undefined, hasFailed: boolean): ShownRows {
  const [seen, setSeen] = useState(data);
  const [shown, setShown] = useState(() => nextRows(NOTHING, data, hasFailed));
  if (seen !== data) {
    setSeen(data);
    setShown(nextRows(shown, data, hasFailed));
  }
  return shown;
}

/**
 * The rows of this search; those of the one before while this one has none yet, or failed without any. The same search once
 * more, as after a failure, takes nothing away before it is done: what it finds at first is a part of what is there.
 */
export function nextRows(shown: ShownRows, data: PanelData | undefined, hasFailed: boolean): ShownRows {
  const rows = traceRows(data?.series ?? []);
  const question = questionOf(data);
  const isSame = question !== undefined && question === shown.question;
  const isDone = data?.state === LoadingState.Done && !hasFailed;
  const keepsRows = isSame ? rows.length < shown.rows.length : rows.length === 0;
  const isFromBefore = !isSame || (hasFailed && rows.length === 0);
  return keepsRows && !isDone
    ? { ...shown, isOfEarlierSearch: isFromBefore && shown.rows.length > 0 }
    : { rows, question, isOfEarlierSearch: false };
}

function questionOf(data: PanelData | undefined): string | undefined {
  const { targets, range } = data?.request ?? {};
  return targets && range && JSON.stringify([targets, range.from.valueOf(), range.to.valueOf()]);
}
