import { useState } from 'react';
import { type PanelData } from '@grafana/data';
import { type TraceRow, traceRows } from './trace-rows';

/** What stays on screen: the rows of this search, or those of the one before when this one failed without any. */
export function useShownRows(
  data: PanelData | undefined,
  hasFailed: boolean
): { rows: TraceRow[]; isOfEarlierSearch: boolean } {
  const [seen, setSeen] = useState(data);
  const [rows, setRows] = useState(() => traceRows(data?.series ?? []));
  const [isOfEarlierSearch, setIsOfEarlierSearch] = useState(false);
  if (seen !== data) {
    setSeen(data);
    const found = traceRows(data?.series ?? []);
    if (found.length === 0 && hasFailed) {
      setIsOfEarlierSearch(rows.length > 0);
    } else {
      setRows(found);
      setIsOfEarlierSearch(false);
    }
  }
  return { rows, isOfEarlierSearch };
}
