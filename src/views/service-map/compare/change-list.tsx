import React, { useMemo, useState } from 'react';
import { css, cx } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { Trans } from '@grafana/i18n';
import { Button, RadioButtonGroup, useStyles2, useTheme2 } from '@grafana/ui';
import { t } from '../../../i18n/translate';
import { type GraphComparison } from '../../../servicegraph/compare';
import { type ServiceGraph } from '../../../servicegraph/model';
import { testIds } from '../../../test-ids';
import { moveFocus } from '../../shared/move-focus';
import { paletteOf, type Surface } from '../drawing/palette';
import { isBroken } from '../drawing/paint-style';
import { sameSelection, type Selection } from '../selection';
import { type ChangeOrder, explainer } from './change-order';
import { changeTone } from './change-paint';
import { type ChangeKind, type ChangeRow, changeRows } from './change-rows';
import {
  beforeToNow,
  changeName,
  changeText,
  type ComparedStat,
  formatStat,
  presenceText,
  shownStat,
  statName,
} from './change-text';
import { orderName, reasonText } from './order-text';

interface ChangeListProps {
  comparison: GraphComparison;
  /** Of what is on the map, only that is listed */
  shown: Pick<ServiceGraph, 'services' | 'calls'>;
  compared: ComparedStat;
  order?: ChangeOrder;
  surface?: Surface;
  selected?: Selection;
  onSelect(selection: Selection): void;
}

const PAGE = 100;

/** Services or calls by the size of their change, with the values before and now, and why they stand where they do. */
export function ChangeList(props: ChangeListProps) {
  const { comparison, shown, compared, order = 'cause', surface = 'canvas', selected, onSelect } = props;
  const styles = useStyles2(getStyles);
  const [kind, setKind] = useState<ChangeKind>('service');
  const [most, setMost] = useState(PAGE);
  const rows = useMemo(
    () => ({
      service: changeRows(comparison, shown, 'service', { compared, order }),
      call: changeRows(comparison, shown, 'call', { compared, order }),
    }),
    [comparison, shown, compared, order]
  );
  const explain = useMemo(() => explainer(comparison), [comparison]);
  const list = rows[kind];
  const largest = Math.max(
    ...list
      .slice(0, 1)
      .concat(list.slice(-1))
      .map(({ size = 0 }) => Math.abs(size))
  );
  const current = Math.max(
    0,
    list.findIndex(({ selection }) => sameSelection(selection, selected))
  );
  return (
    <>
      <div>
        <RadioButtonGroup<ChangeKind>
          size="sm"
          fullWidth
          value={kind}
          onChange={setKind}
          aria-label={t('traceatlas.service-map.compare.listed', 'Listed')}
          options={[
            {
              value: 'service',
              label: t('traceatlas.service-map.compare.services', 'Services ({{count}})', {
                count: rows.service.length,
              }),
            },
            {
              value: 'call',
              label: t('traceatlas.service-map.compare.calls', 'Calls ({{count}})', { count: rows.call.length }),
            },
          ]}
        />
      </div>
      {list.length === 0 ? (
        <p className={styles.none} role="status">
          <Trans i18nKey="traceatlas.service-map.compare.none">Nothing changed beyond chance.</Trans>
        </p>
      ) : (
        <ol
          className={styles.list}
          data-testid={testIds.serviceMap.changes}
          aria-label={t('traceatlas.service-map.compare.list-sorted', 'Changes, {{order}}', {
            order: orderName(order),
          })}
          onKeyDown={(event) => moveFocus(event, 'ArrowUp', 'ArrowDown')}
        >
          {list.slice(0, Math.max(most, current + 1)).map((row, index) => (
            <li key={row.change.id}>
              <ChangeButton
                row={row}
                compared={compared}
                reason={reasonText(row.change, { order, compared, explain })}
                surface={surface}
                share={largest > 0 ? Math.abs(row.size ?? 0) / largest : 0}
                isSelected={sameSelection(row.selection, selected)}
                isTabStop={index === current}
                onSelect={onSelect}
              />
            </li>
          ))}
        </ol>
      )}
      {list.length > most && (
        <Button size="sm" variant="secondary" fill="text" onClick={() => setMost(most + PAGE)}>
          {t('traceatlas.service-map.compare.more', 'Show more ({{count}})', { count: list.length - most })}
        </Button>
      )}
    </>
  );
}

interface ChangeButtonProps {
  row: ChangeRow;
  compared: ComparedStat;
  reason?: string;
  surface: Surface;
  /** Size by that of the largest change, 0 to 1 */
  share: number;
  isSelected: boolean;
  isTabStop: boolean;
  onSelect(selection: Selection): void;
}

function valuesText({ change }: ChangeRow, compared: ComparedStat): string {
  const stat = shownStat(change, compared) ?? 'rate';
  if (change.presence !== 'both') {
    const { rate } = change.stats;
    return formatStat('rate', change.presence === 'appeared' ? rate.now : rate.before) ?? '';
  }
  return `${statName(stat)} ${beforeToNow(stat, change.stats[stat])}`;
}

function badgeText({ change }: ChangeRow, compared: ComparedStat): string {
  const stat = shownStat(change, compared) ?? 'rate';
  return presenceText(change) ?? changeText(stat, change.stats[stat]) ?? '';
}

function ChangeButton(props: ChangeButtonProps) {
  const { row, compared, reason, surface, share, isSelected, isTabStop, onSelect } = props;
  const styles = useStyles2(getStyles);
  const tone = changeTone(row.change, compared);
  const palette = paletteOf(useTheme2(), surface);
  const colour = tone === 'ok' ? palette.edge.ok : palette.tone[tone];
  return (
    <button
      type="button"
      className={cx(styles.row, isSelected && styles.selected)}
      aria-pressed={isSelected}
      tabIndex={isTabStop ? 0 : -1}
      data-testid={testIds.serviceMap.change}
      data-service={row.selection.kind === 'service' ? changeName(row.change) : undefined}
      onClick={() => onSelect(row.selection)}
    >
      <span className={styles.first}>
        <span className={styles.name}>{changeName(row.change)}</span>
        <span className={styles.badge}>
          <span
            className={styles.dot}
            style={
              isBroken(tone)
                ? { borderColor: colour }
                : { background: colour, borderColor: colour, borderStyle: 'solid' }
            }
          />
          {badgeText(row, compared)}
        </span>
      </span>
      <span className={styles.values}>{valuesText(row, compared)}</span>
      {reason && (
        <span className={styles.values} data-testid={testIds.serviceMap.changeReason}>
          {reason}
        </span>
      )}
      <span className={styles.bar} style={{ width: `${Math.max(1, share * 100)}%`, background: colour }} aria-hidden />
    </button>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    none: css({ color: theme.colors.text.secondary, margin: 0 }),
    list: css({ listStyle: 'none', margin: theme.spacing(0, -1), overflow: 'auto', minHeight: 0, flexGrow: 1 }),
    row: css({
      display: 'flex',
      flexDirection: 'column',
      width: '100%',
      gap: theme.spacing(0.25),
      padding: theme.spacing(0.75, 1),
      textAlign: 'left',
      background: 'transparent',
      border: 'none',
      borderRadius: theme.shape.radius.default,
      '&:hover': { background: theme.colors.action.hover },
      '&:focus-visible': { outline: `2px solid ${theme.colors.primary.border}`, outlineOffset: -2 },
    }),
    selected: css({ background: theme.colors.action.selected }),
    first: css({ display: 'flex', justifyContent: 'space-between', gap: theme.spacing(1), alignItems: 'baseline' }),
    name: css({ fontWeight: theme.typography.fontWeightMedium, overflowWrap: 'anywhere' }),
    badge: css({
      whiteSpace: 'nowrap',
      fontVariantNumeric: 'tabular-nums',
      fontWeight: theme.typography.fontWeightMedium,
    }),
    dot: css({
      display: 'inline-block',
      width: 9,
      height: 9,
      marginRight: theme.spacing(0.75),
      borderRadius: theme.shape.radius.circle,
      border: '2px dashed transparent',
      boxSizing: 'border-box',
    }),
    values: css({
      color: theme.colors.text.secondary,
      fontSize: theme.typography.bodySmall.fontSize,
      fontVariantNumeric: 'tabular-nums',
    }),
    bar: css({ height: 3, borderRadius: theme.shape.radius.default }),
  };
}
