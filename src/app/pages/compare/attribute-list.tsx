import { css } from '@emotion/css';
import React, { useState } from 'react';
import { formattedValueToString, getValueFormat, type GrafanaTheme2 } from '@grafana/data';
import { Trans } from '@grafana/i18n';
import { Button, Tooltip, useStyles2 } from '@grafana/ui';
import { t } from '../../../i18n/translate';
import { selectedSpansQuery, type ParsedComparison } from '../../../links/compare/compare-query';
import { valueKey } from '../../../links/compare/counts';
import { type RankedAttribute, type RankedValue } from '../../../links/compare/rank-attributes';
import { type LinkContext, searchUrl } from '../../../links/urls';
import { testIds } from '../../../test-ids';
import { type StaticValue } from '../../../traceql/ast';
import { Link } from '../../../views/shared/link';

interface Props {
  attributes: readonly RankedAttribute[];
  comparison: ParsedComparison;
  context: LinkContext;
}

const FIRST_ATTRIBUTES = 12;
const FIRST_VALUES = 4;

/** The attributes in the order of how much they tell, each with its values: share in the selection and in the rest. */
export function AttributeList({ attributes, comparison, context }: Props) {
  const styles = useStyles2(getStyles);
  const [isWhole, setWhole] = useState(false);
  const telling = attributes.filter(({ score, isInSelection }) => score > 0 && !isInSelection);
  const shown = isWhole ? attributes : telling.slice(0, FIRST_ATTRIBUTES);
  const more = attributes.length - shown.length;
  return (
    <div>
      {telling.length === 0 && (
        <p className={styles.hint}>
          <Trans i18nKey="traceatlas.compare.nothing-telling">
            No attribute differs more than chance would explain. A longer time range gives more spans to compare.
          </Trans>
        </p>
      )}
      {shown.length > 0 && (
        <div className={styles.legend}>
          <span className={styles.selectionBar} aria-hidden />
          <Trans i18nKey="traceatlas.compare.legend-selection">selected spans</Trans>
          <span className={styles.baselineBar} aria-hidden />
          <Trans i18nKey="traceatlas.compare.legend-baseline">the other spans</Trans>
        </div>
      )}
      <ol className={styles.list} data-testid={testIds.compare.attributes}>
        {shown.map((attribute) => (
          <li key={attribute.attribute} data-testid={testIds.compare.attribute}>
            <Attribute attribute={attribute} comparison={comparison} context={context} />
          </li>
        ))}
      </ol>
      {(more > 0 || isWhole) && (
        <Button size="sm" variant="secondary" fill="text" onClick={() => setWhole(!isWhole)}>
          {isWhole
            ? t('traceatlas.compare.fewer', 'Only what tells most')
            : t('traceatlas.compare.more', 'Show {{count}} more attributes', { count: more })}
        </Button>
      )}
    </div>
  );
}

interface AttributeProps {
  attribute: RankedAttribute;
  comparison: ParsedComparison;
  context: LinkContext;
}

function Attribute({ attribute: { attribute, score, isInSelection, values }, comparison, context }: AttributeProps) {
  const styles = useStyles2(getStyles);
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? values : values.slice(0, FIRST_VALUES);
  return (
    <section aria-label={attribute} className={styles.attribute}>
      <div className={styles.head}>
        <h3 className={styles.name}>{attribute}</h3>
        {isInSelection ? (
          <span className={styles.hint}>
            <Trans i18nKey="traceatlas.compare.in-selection">the selection asks for it</Trans>
          </span>
        ) : (
          <Tooltip
            content={t(
              'traceatlas.compare.score-hint',
              'At least this much of the difference is no chance (95 % confidence interval).'
            )}
          >
            <span className={styles.hint} tabIndex={0}>
              {t('traceatlas.compare.score', 'differs by at least {{share}}', { share: percent(score) })}
            </span>
          </Tooltip>
        )}
      </div>
      <table className={styles.table}>
        <thead className={styles.spoken}>
          <tr>
            <th>{t('traceatlas.compare.value', 'Value')}</th>
            <th>{t('traceatlas.compare.share-selection', 'Share of the selected spans')}</th>
            <th>{t('traceatlas.compare.share-baseline', 'Share of the other spans')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((value) => (
            <ValueRow
              key={valueKey(value.value)}
              attribute={attribute}
              value={value}
              comparison={comparison}
              context={context}
            />
          ))}
        </tbody>
      </table>
      {values.length > FIRST_VALUES && (
        <Button size="sm" fill="text" variant="secondary" onClick={() => setWhole(!isWhole)}>
          {isWhole
            ? t('traceatlas.compare.fewer-values', 'Fewer values')
            : t('traceatlas.compare.more-values', '{{count}} more values', { count: values.length - FIRST_VALUES })}
        </Button>
      )}
    </section>
  );
}

interface ValueRowProps extends Omit<AttributeProps, 'attribute'> {
  attribute: string;
  value: RankedValue;
}

function ValueRow({ attribute, value, comparison, context }: ValueRowProps) {
  const styles = useStyles2(getStyles);
  const { selectionFrom, selectionTo } = comparison;
  const query = selectedSpansQuery(comparison, { attribute, operator: '=', value: value.value });
  const range =
    selectionFrom === undefined || selectionTo === undefined ? {} : { from: selectionFrom, to: selectionTo };
  return (
    <tr data-testid={testIds.compare.value}>
      <td className={styles.value}>
        <Link href={searchUrl(query, { ...context, ...range })}>{textOf(value.value)}</Link>
      </td>
      <Share className={styles.selectionBar} share={value.selectionShare} count={value.selection} />
      <Share className={styles.baselineBar} share={value.baselineShare} count={value.baseline} />
    </tr>
  );
}

function Share({ className, share, count }: { className: string; share?: number; count?: number }) {
  const styles = useStyles2(getStyles);
  return (
    <td className={styles.share}>
      <div className={styles.barCell}>
        <div className={styles.track}>
          {share !== undefined && share > 0 && <div className={className} style={{ width: `${share * 100}%` }} />}
        </div>
        <span className={styles.number}>
          {share === undefined ? t('traceatlas.compare.unknown', 'not counted') : percent(share)}
          {count !== undefined && <span className={styles.hint}> ({count.toLocaleString()})</span>}
        </span>
      </div>
    </td>
  );
}

function textOf(value: StaticValue): string {
  if (value.valueType === 'nil') {
    return 'nil';
  }
  return value.value === '' ? t('traceatlas.compare.empty-text', '(empty)') : String(value.value);
}

function percent(share: number): string {
  return formattedValueToString(getValueFormat('percentunit')(share, share > 0 && share < 0.1 ? 1 : 0));
}

function getStyles(theme: GrafanaTheme2) {
  const bar = { height: 10, minWidth: 1, borderRadius: theme.shape.radius.default };
  return {
    list: css({ listStyle: 'none', display: 'flex', flexDirection: 'column', gap: theme.spacing(1) }),
    attribute: css({
      border: `1px solid ${theme.colors.border.weak}`,
      borderRadius: theme.shape.radius.default,
      background: theme.colors.background.primary,
      padding: theme.spacing(1, 1.5),
    }),
    head: css({ display: 'flex', alignItems: 'baseline', gap: theme.spacing(1.5), flexWrap: 'wrap' }),
    name: css({ ...theme.typography.body, fontWeight: theme.typography.fontWeightMedium, margin: 0 }),
    hint: css({ ...theme.typography.bodySmall, color: theme.colors.text.secondary }),
    legend: css({
      ...theme.typography.bodySmall,
      display: 'flex',
      alignItems: 'center',
      gap: theme.spacing(1),
      marginBottom: theme.spacing(1),
      '> span[aria-hidden]': { width: 16, display: 'inline-block' },
    }),
    table: css({ width: '100%', tableLayout: 'fixed' }),
    spoken: css({ position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)' }),
    value: css({
      width: '34%',
      overflow: 'hidden',
      textOverflow: 'ellipsis',
      paddingRight: theme.spacing(2),
      overflowWrap: 'anywhere',
    }),
    share: css({ width: '33%', paddingRight: theme.spacing(2) }),
    barCell: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(1) }),
    track: css({ flexGrow: 1, background: theme.colors.background.secondary }),
    number: css({ ...theme.typography.bodySmall, minWidth: 110, textAlign: 'right', whiteSpace: 'nowrap' }),
    selectionBar: css({ ...bar, background: theme.visualization.getColorByName('orange') }),
    baselineBar: css({ ...bar, background: theme.visualization.getColorByName('blue') }),
  };
}
