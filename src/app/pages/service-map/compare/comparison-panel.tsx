import React, { type ReactNode } from 'react';
import { css } from '@emotion/css';
import { dateTime, dateTimeFormat, type GrafanaTheme2, type TimeRange } from '@grafana/data';
import { Trans } from '@grafana/i18n';
import { Alert, Button, Combobox, IconButton, LoadingBar, TimeRangeInput, Toggletip, useStyles2 } from '@grafana/ui';
import { t } from '../../../../i18n/translate';
import { isComparable, type LoadedComparison } from '../../../../servicegraph/load-comparison';
import { type ServiceGraph } from '../../../../servicegraph/model';
import { refusalOf } from '../../../../servicegraph/refusal';
import { type Comparison, comparisonRange, type EpochRange } from '../../../../servicegraph/time-ranges';
import { testIds } from '../../../../test-ids';
import { ChangeList } from '../../../../views/service-map/compare/change-list';
import { CHANGE_ORDERS, type ChangeOrder } from '../../../../views/service-map/compare/change-order';
import { COMPARED_STATS, type ComparedStat, statName } from '../../../../views/service-map/compare/change-text';
import { orderName } from '../../../../views/service-map/compare/order-text';
import { type Selection } from '../../../../views/service-map/selection';
import { type Answer } from '../../../use-answer';
import { type GraphSource } from '../graph-source';
import { Remedies } from '../remedies';
import { FewSamplesAlert } from './few-samples-alert';
import { type MapComparison } from './map-comparison';

export const COMPARISON_WIDTH = 320;

interface ComparisonPanelProps {
  source: GraphSource;
  model: MapComparison;
  answer: Answer<LoadedComparison>;
  /** Of the graph on screen */
  range?: EpochRange;
  /** What the map shows of the comparison */
  shown?: ServiceGraph;
  height: number;
  selected?: Selection;
  onSelect(selection: Selection): void;
}

function windowName(kind: Comparison['kind']): string {
  switch (kind) {
    case 'before':
      return t('traceatlas.service-map.compare.window-before', 'The time right before');
    case 'yesterday':
      return t('traceatlas.service-map.compare.window-yesterday', 'The same time yesterday');
    case 'last-week':
      return t('traceatlas.service-map.compare.window-last-week', 'The same time last week');
    case 'chosen':
      return t('traceatlas.service-map.compare.window-chosen', 'Another time…');
  }
}

function comparedName(stat: ComparedStat): string {
  return stat === 'largest'
    ? t('traceatlas.service-map.compare.largest', 'What changed most')
    : stat === 'rate'
      ? t('traceatlas.service-map.compare.rate', 'Request rate')
      : stat === 'errors'
        ? t('traceatlas.service-map.compare.errors', 'Share of failed requests')
        : t('traceatlas.service-map.compare.latency', 'Latency, {{stat}}', { stat: statName(stat) });
}

/** "10:00 – 11:00", with the day where it is another one than today's. */
export function rangeText({ from, to }: EpochRange): string {
  const day = (time: number) => dateTimeFormat(time, { format: 'YYYY-MM-DD' });
  const clock = (time: number) => dateTimeFormat(time, { format: 'HH:mm' });
  const end = day(from) === day(to) ? clock(to) : `${day(to)} ${clock(to)}`;
  return `${day(from)} ${clock(from)} – ${end}`;
}

function timeRangeOf({ from, to }: EpochRange): TimeRange {
  const [start, end] = [dateTime(from), dateTime(to)];
  return { from: start, to: end, raw: { from: start, to: end } };
}

/** What there is to wait for: all of the window, or what is still missing of it */
function loadingText(value: LoadedComparison | undefined, window: EpochRange | undefined): string {
  const isThere = value !== undefined && window?.from === value.range.from && window.to === value.range.to;
  return isThere
    ? t('traceatlas.service-map.compare.loading-rest', 'Percentiles of the earlier window are loading…')
    : t('traceatlas.service-map.compare.loading', 'Loading the earlier window…');
}

/** What the map is compared with and what changed, beside the map. */
export function ComparisonPanel(props: ComparisonPanelProps) {
  const { source, model, answer, range, height, shown, selected, onSelect } = props;
  const { comparison, compared, order } = model.useState();
  const refused = refusalOf(answer.error);
  const styles = useStyles2(getStyles);
  const { value } = answer;
  if (!comparison) {
    return null;
  }
  const choose = (kind: Comparison['kind']) =>
    model.change({
      comparison: kind !== 'chosen' ? { kind } : range && { kind, range: comparisonRange({ kind: 'before' }, range) },
    });
  return (
    <section
      className={styles.panel}
      style={{ height }}
      data-testid={testIds.serviceMap.comparison}
      aria-label={t('traceatlas.service-map.compare.title', 'Comparison')}
      aria-busy={answer.isLoading}
    >
      {answer.isLoading && (
        <div className={styles.loading}>
          <LoadingBar width={COMPARISON_WIDTH} />
        </div>
      )}
      <header className={styles.header}>
        <h4 className={styles.title}>
          <Trans i18nKey="traceatlas.service-map.compare.changes">Changes</Trans>
        </h4>
        <OrderHelp />
        <span className={styles.spacer} />
        <IconButton
          name="times"
          size="lg"
          tooltip={t('traceatlas.service-map.compare.close', 'Stop comparing')}
          onClick={() => model.change({ comparison: undefined })}
        />
      </header>
      <Labelled text={t('traceatlas.service-map.compare.with', 'Compared with')} htmlFor="map-compare-with">
        <Combobox<Comparison['kind']>
          id="map-compare-with"
          data-testid={testIds.serviceMap.compareWith}
          options={(['before', 'yesterday', 'last-week', 'chosen'] as const).map((kind) => ({
            value: kind,
            label: windowName(kind),
          }))}
          value={comparison.kind}
          onChange={({ value: kind }) => choose(kind)}
        />
      </Labelled>
      {comparison.kind === 'chosen' ? (
        <TimeRangeInput
          value={timeRangeOf(comparison.range)}
          onChange={({ from, to }) =>
            model.change({ comparison: { kind: 'chosen', range: { from: from.valueOf(), to: to.valueOf() } } })
          }
        />
      ) : (
        value && <div className={styles.hint}>{rangeText(value.range)}</div>
      )}
      <Labelled text={t('traceatlas.service-map.compare.colours', 'Colours show')} htmlFor="map-compare-what">
        <Combobox<ComparedStat>
          id="map-compare-what"
          options={COMPARED_STATS.map((stat) => ({ value: stat, label: comparedName(stat) }))}
          value={compared}
          onChange={({ value: stat }) => model.change({ compared: stat })}
        />
      </Labelled>
      <Labelled text={t('traceatlas.service-map.compare.sorted', 'Sorted by')} htmlFor="map-compare-order">
        <Combobox<ChangeOrder>
          id="map-compare-order"
          data-testid={testIds.serviceMap.changeOrder}
          options={CHANGE_ORDERS.map((value) => ({ value, label: orderName(value) }))}
          value={order}
          onChange={({ value }) => model.change({ order: value })}
        />
      </Labelled>
      <div className={styles.hint} role="status">
        {answer.isLoading && loadingText(value, range && comparisonRange(comparison, range))}
      </div>
      {answer.error && (
        <Alert
          severity="error"
          title={t('traceatlas.service-map.compare.failed', 'The earlier window could not be loaded')}
        >
          <p>{answer.error}</p>
          {refused ? (
            <Remedies source={source} remedies={refused.remedies} />
          ) : (
            <Button size="sm" variant="secondary" onClick={answer.retry}>
              <Trans i18nKey="traceatlas.service.retry">Try again</Trans>
            </Button>
          )}
        </Alert>
      )}
      {value && !isComparable(value) && <NotComparable source={source} comparison={comparison} value={value} />}
      {value && isComparable(value) && value.isPart && (
        <div className={styles.hint}>
          <Trans i18nKey="traceatlas.service-map.compare.part">
            Only the busiest calls are loaded, so what is new or gone cannot be told.
          </Trans>
        </div>
      )}
      {value && isComparable(value) && shown && (
        <ChangeList
          comparison={value}
          shown={shown}
          compared={compared}
          order={order}
          selected={selected}
          onSelect={onSelect}
        />
      )}
    </section>
  );
}

function Labelled({ text, htmlFor, children }: { text: string; htmlFor: string; children: ReactNode }) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.labelled}>
      <label className={styles.label} htmlFor={htmlFor}>
        {text}
      </label>
      <div className={styles.choice}>{children}</div>
    </div>
  );
}

interface NotComparableProps {
  source: GraphSource;
  comparison: Comparison;
  value: LoadedComparison;
}

/** Why nothing is said to have changed. */
function NotComparable({ source, comparison, value: { fewSamples, hasEarlier, range } }: NotComparableProps) {
  const isEmpty = !hasEarlier && fewSamples?.window !== 'now' && fewSamples?.reason !== 'short';
  return isEmpty || !fewSamples ? (
    <NoEarlier range={range} />
  ) : (
    <FewSamplesAlert
      source={source}
      few={fewSamples}
      isOfPage={fewSamples.window === 'now' || comparison.kind !== 'chosen'}
    />
  );
}

function NoEarlier({ range }: { range: EpochRange }) {
  return (
    <Alert
      severity="info"
      title={t('traceatlas.service-map.compare.no-earlier', 'No data in the earlier window')}
      data-testid={testIds.serviceMap.noEarlier}
    >
      {t(
        'traceatlas.service-map.compare.no-earlier-hint',
        'There are no service graph series between {{range}}, so nothing can be said to have changed. Choose another time to compare with, or a shorter time range.',
        { range: rangeText(range) }
      )}
    </Alert>
  );
}

/** How the orders come about. */
function OrderHelp() {
  const name = t('traceatlas.service-map.compare.how-sorted', 'How the list is sorted');
  return (
    <Toggletip
      title={name}
      content={
        <>
          <p>
            <Trans i18nKey="traceatlas.service-map.compare.how-cause">
              Likely cause first: the larger a change, and the less of it comes from the services that are called, the
              higher it stands. Where a database became slow its callers are slower too, often by more, but come after
              it. Each line says how much of it comes from where; “its own” is what nothing it calls explains.
            </Trans>
          </p>
          <p>
            <Trans i18nKey="traceatlas.service-map.compare.how-size">
              Latency four times as long counts as much as 20 percentage points more failed requests, and twice as much
              as twice the latency. Request rates count half. Only what goes beyond chance counts (95% confidence): with
              few requests the line says how much that is.
            </Trans>
          </p>
          <p>
            <Trans i18nKey="traceatlas.service-map.compare.how-orders">
              Largest change: by the number on the right alone. Most waiting, most failures: by what a change adds for
              all callers together in each second, which is the request rate times the average latency or the share that
              fails.
            </Trans>
          </p>
        </>
      }
    >
      <IconButton name="info-circle" size="md" aria-label={name} />
    </Toggletip>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    panel: css({
      position: 'relative',
      width: COMPARISON_WIDTH,
      flexShrink: 0,
      display: 'flex',
      flexDirection: 'column',
      gap: theme.spacing(1),
      padding: theme.spacing(1, 1.5),
      overflow: 'auto',
      background: theme.colors.background.primary,
      borderRight: `1px solid ${theme.colors.border.weak}`,
    }),
    loading: css({ position: 'absolute', top: 0, left: 0, right: 0, overflow: 'hidden' }),
    header: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(1) }),
    title: css({ margin: 0 }),
    spacer: css({ flexGrow: 1 }),
    // Beside each other, as the list below needs the height.
    labelled: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(1) }),
    label: css({ ...theme.typography.bodySmall, color: theme.colors.text.secondary, width: 92, flexShrink: 0 }),
    choice: css({ flexGrow: 1, minWidth: 0 }),
    hint: css({ ...theme.typography.bodySmall, color: theme.colors.text.secondary }),
  };
}
