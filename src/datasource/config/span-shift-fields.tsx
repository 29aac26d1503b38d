import React from 'react';
import { t } from '@grafana/i18n';
import { IntervalField } from './interval-field';

interface SpanShifts {
  spanStartTimeShift?: string;
  spanEndTimeShift?: string;
}

interface SpanShiftFieldsProps {
  id: string;
  shifts: SpanShifts;
  /** What applies without a shift of one's own */
  placeholders: { start: string; end: string };
  onChange: (patch: SpanShifts) => void;
}

/** By how much the range of a linked query reaches beyond the span. */
export function SpanShiftFields({ id, shifts, placeholders, onChange }: SpanShiftFieldsProps) {
  return (
    <>
      <IntervalField
        id={`${id}-start`}
        label={t('traceatlas.datasource.config.span-start-shift', 'Span start time shift')}
        description={t('traceatlas.datasource.config.span-start-shift-description', 'Added to the start of the span')}
        value={shifts.spanStartTimeShift}
        placeholder={placeholders.start}
        onChange={(spanStartTimeShift) => onChange({ spanStartTimeShift })}
      />
      <IntervalField
        id={`${id}-end`}
        label={t('traceatlas.datasource.config.span-end-shift', 'Span end time shift')}
        description={t('traceatlas.datasource.config.span-end-shift-description', 'Added to the end of the span')}
        value={shifts.spanEndTimeShift}
        placeholder={placeholders.end}
        onChange={(spanEndTimeShift) => onChange({ spanEndTimeShift })}
      />
    </>
  );
}
