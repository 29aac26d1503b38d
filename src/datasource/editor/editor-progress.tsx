import React from 'react';
import { LoadingState, type PanelData } from '@grafana/data';
import { progressOf } from '../query/slice-progress';
import { stopQuery } from '../query/stoppable-queries';
import { QueryProgress } from './query-progress';

interface Props {
  /** What Explore or the panel shows */
  data: PanelData | undefined;
  refId: string;
}

/** The progress of one query in Explore or beside a panel. */
export function EditorProgress({ data, refId }: Props) {
  const progress = progressOf(data?.series ?? [], refId);
  const requestId = data?.request?.requestId;
  if (!data || !progress || !requestId) {
    return null;
  }
  const isRunning = data.state === LoadingState.Loading || data.state === LoadingState.Streaming;
  // Of several queries some may be ready while others run.
  return (
    <QueryProgress
      progress={progress}
      isRunning={isRunning && progress.state === 'running'}
      timeZone={data.request?.timezone}
      onStop={() => stopQuery(requestId, refId)}
    />
  );
}
