import { t } from '../../../i18n/translate';
import { type Detail, type Service } from '../../../servicegraph/model';
import { formatErrorShare, formatRate } from '../format-stats';

/** What is to be read beside a service's numbers: its own view of its errors, and the calls that are not shown. */
export function serviceDetails({ details = [], stats, reported, leftOut }: Service): Detail[] {
  const own = reported && formatErrorShare(reported);
  const [incoming, outgoing] = [formatRate(leftOut?.incoming), formatRate(leftOut?.outgoing)];
  return [
    ...details,
    // Callers count what they gave up on, too.
    ...(own !== undefined && own !== formatErrorShare(stats)
      ? [{ label: t('traceatlas.service-map.stats.own-errors', 'Errors by its own account'), text: own }]
      : []),
    ...(leftOut?.incoming && incoming !== undefined
      ? [{ label: t('traceatlas.service-map.stats.left-out-incoming', 'From calls not shown'), text: incoming }]
      : []),
    ...(leftOut?.outgoing && outgoing !== undefined
      ? [{ label: t('traceatlas.service-map.stats.left-out-outgoing', 'To calls not shown'), text: outgoing }]
      : []),
  ];
}
