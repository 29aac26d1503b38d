import { type DataFrame, dateTime, dateTimeFormat, getValueFormat, formattedValueToString } from '@grafana/data';
import { t } from '../../i18n/translate';
import { type SliceProgress } from '../../tempo/slices/search-in-slices';

export type { SliceProgress };

/** Under this key a frame's `meta.custom` says how far its query has come. */
const PROGRESS_KEY = 'progress';

export function progressMeta(progress: SliceProgress): Record<string, unknown> {
  return { [PROGRESS_KEY]: progress };
}

/** How far the query of these frames has come; of several queries the one that is least far. Undefined when no frame says it. */
export function progressOf(frames: readonly DataFrame[], refId?: string): SliceProgress | undefined {
  return frames
    .filter((frame) => refId === undefined || frame.refId === refId)
    .flatMap((frame): SliceProgress[] => {
      const progress: unknown = frame.meta?.custom?.[PROGRESS_KEY];
      return isProgress(progress) ? [progress] : [];
    })
    .sort((a, b) => a.share - b.share)[0];
}

function isProgress(value: unknown): value is SliceProgress {
  return typeof value === 'object' && value !== null && 'coveredFrom' in value && 'share' in value && 'state' in value;
}

/** "14:05 to 15:00", with dates when it is not one day. Times in s since the Unix epoch. */
function coveredText({ coveredFrom, end }: SliceProgress, timeZone?: string): { from: string; to: string } {
  const [from, to] = [dateTime(coveredFrom * 1000), dateTime(end * 1000)];
  const oneDay =
    dateTimeFormat(from, { timeZone, format: 'YYYY-MM-DD' }) === dateTimeFormat(to, { timeZone, format: 'YYYY-MM-DD' });
  const format = oneDay ? 'HH:mm' : 'YYYY-MM-DD HH:mm';
  return { from: dateTimeFormat(from, { timeZone, format }), to: dateTimeFormat(to, { timeZone, format }) };
}

/** What is known and what is not, true also after the query was cancelled; undefined when the whole range is known. */
export function progressText(progress: SliceProgress, timeZone?: string): string | undefined {
  const { state, coveredFrom, start, end, share } = progress;
  const values = { ...coveredText(progress, timeZone), percent: Math.floor(share * 100) };
  if (coveredFrom <= start) {
    return undefined;
  }
  if (coveredFrom >= end) {
    return state === 'running'
      ? t('traceatlas.progress.begins', 'The newest part of the range is still being searched.')
      : t('traceatlas.progress.nothing', 'No part of the range was searched to its end.');
  }
  switch (state) {
    case 'running':
      return t('traceatlas.progress.running', 'Covers {{from}} to {{to}} so far, {{percent}} % of the range.', values);
    case 'stopped':
      return t('traceatlas.progress.stopped', 'Stopped: covers {{from}} to {{to}}.', values);
    case 'failed':
      return t(
        'traceatlas.progress.failed',
        'Covers {{from}} to {{to}} only: what is older could not be read.',
        values
      );
    case 'done':
      return t(
        'traceatlas.progress.limit',
        'Covers {{from}} to {{to}}: the limit was reached with the newest.',
        values
      );
  }
}

/** "1.2 GB inspected"; undefined when Tempo does not say */
export function inspectedText({ metrics: { inspectedBytes } }: SliceProgress): string | undefined {
  return inspectedBytes
    ? t('traceatlas.progress.inspected', '{{size}} inspected', {
        size: formattedValueToString(getValueFormat('decbytes')(inspectedBytes)),
      })
    : undefined;
}
