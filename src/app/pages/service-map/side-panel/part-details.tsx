import React, { useCallback, useMemo, useState } from 'react';
import { css } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { Trans } from '@grafana/i18n';
import { Button, useStyles2, useTheme2 } from '@grafana/ui';
import { t } from '../../../../i18n/translate';
import { type ExemplarPoint } from '../../../../links/exemplar-points';
import { type LinkContext } from '../../../../links/urls';
import { type GraphPart } from '../../../../servicegraph/part-queries';
import { formatErrorShare, formatLatency, formatRate } from '../../../../views/service-map/format-stats';
import { Sparkline } from '../../../../views/shared/sparkline';
import { ExemplarDrawer } from '../../../exemplar-drawer';
import { useAnswer } from '../../../use-answer';
import { PartOperations } from './part-operations';
import { loadHistory, type PartSource } from './part-source';

interface PartDetailsProps {
  part: GraphPart;
  /** The operation that was chosen on the map */
  operation?: string;
  source: PartSource;
  /** Whether anything calls the service */
  hasCallers: boolean;
  context: LinkContext;
  timeZone?: string;
}

/** The same value as long as it means the same, so that it is not asked for again. */
function useSame<T>(value: T, key: string): T {
  // eslint-disable-next-line react-hooks/exhaustive-deps
  return useMemo(() => value, [key]);
}

function partKey(part: GraphPart): string {
  return part.kind === 'call' ? part.call.id : part.service.id;
}

/** The course of the numbers of one service or call, requests to look at, and its operations. */
export function PartDetails({ part, operation, source, hasCallers, context, timeZone }: PartDetailsProps) {
  const same = useSame(part, partKey(part));
  return (
    <>
      <History part={same} source={source} hasCallers={hasCallers} context={context} timeZone={timeZone} />
      <PartOperations part={same} picked={operation} source={source} context={context} />
    </>
  );
}

function History({ part, source, hasCallers, context, timeZone }: PartDetailsProps) {
  const styles = useStyles2(getStyles);
  const { colors } = useTheme2();
  const [opened, setOpened] = useState<ExemplarPoint>();
  const ask = useCallback(
    (signal: AbortSignal) => loadHistory(source, part, hasCallers, signal),
    [source, part, hasCallers]
  );
  const { value, error, isLoading, retry } = useAnswer(ask, true);
  const pointText = ({ latency, timeMs, operation, isError }: ExemplarPoint) =>
    [
      formatLatency(latency),
      operation,
      isError ? t('traceatlas.exemplar.failed', 'failed') : undefined,
      dateTimeFormat(timeMs, { timeZone, format: 'HH:mm:ss' }),
    ]
      .filter(Boolean)
      .join(' · ');
  if (error && !value) {
    return (
      <div className={styles.problem} role="alert">
        {t('traceatlas.service-map.history.failed', 'The course of the numbers could not be loaded: {{error}}', {
          error,
        })}
        <Button size="sm" fill="text" onClick={retry}>
          <Trans i18nKey="traceatlas.service.retry">Try again</Trans>
        </Button>
      </div>
    );
  }
  const { times = [], rate = [], errors = [], p95 = [], points = [] } = value ?? {};
  return (
    <div className={styles.lines} aria-busy={isLoading}>
      <Sparkline
        label={t('traceatlas.service-map.stats.rate', 'Rate')}
        times={times}
        values={rate}
        isLoading={isLoading}
        format={formatRate}
        colour={colors.primary.text}
      />
      <Sparkline
        label={t('traceatlas.service-map.stats.errors', 'Errors')}
        times={times}
        values={errors}
        isLoading={isLoading}
        format={(share) => formatErrorShare({ rate: 1, errorRate: share })}
        colour={colors.error.text}
        atLeast={0.05}
      />
      <Sparkline
        label={
          points.length > 0
            ? t('traceatlas.service-map.history.p95-exemplars', 'p95 and single requests')
            : t('traceatlas.service-map.history.p95', 'p95')
        }
        times={times}
        values={p95}
        isLoading={isLoading}
        format={formatLatency}
        colour={colors.warning.text}
        points={points}
        pointText={pointText}
        onPoint={setOpened}
      />
      {opened && (
        <ExemplarDrawer point={opened} context={context} timeZone={timeZone} onClose={() => setOpened(undefined)} />
      )}
    </div>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    lines: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(0.5) }),
    problem: css({ color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
  };
}
