import {
  SceneObjectBase,
  type SceneObjectState,
  SceneObjectUrlSyncConfig,
  type SceneObjectUrlValues,
} from '@grafana/scenes';
import { type Comparison, comparisonFromUrl, comparisonToUrl } from '../../../../servicegraph/time-ranges';
import { CHANGE_ORDERS, type ChangeOrder } from '../../../../views/service-map/compare/change-order';
import { COMPARED_STATS, type ComparedStat } from '../../../../views/service-map/compare/change-text';

export interface MapComparisonState extends SceneObjectState {
  /** The window that is compared with; undefined: nothing is compared */
  comparison?: Comparison;
  compared: ComparedStat;
  /** Of the list of changes */
  order: ChangeOrder;
}

const PARAMS = { comparison: 'map-compare', compared: 'map-change', order: 'map-order' } as const;

function textOf(value: SceneObjectUrlValues[string]): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** What the map is compared with. All of it is in the URL. */
export class MapComparison extends SceneObjectBase<MapComparisonState> {
  protected override _urlSync = new SceneObjectUrlSyncConfig(this, { keys: Object.values(PARAMS) });

  constructor(state: Partial<MapComparisonState> = {}) {
    super({ compared: 'largest', order: 'cause', ...state });
  }

  getUrlState() {
    const { comparison, compared, order } = this.state;
    return {
      [PARAMS.comparison]: comparison && comparisonToUrl(comparison),
      [PARAMS.compared]: comparison && compared !== 'largest' ? compared : undefined,
      [PARAMS.order]: comparison && order !== 'cause' ? order : undefined,
    };
  }

  /** @param changed only what is other than before */
  updateFromUrl(changed: SceneObjectUrlValues) {
    const values: SceneObjectUrlValues = { ...this.getUrlState(), ...changed };
    const text = textOf(values[PARAMS.comparison]);
    const { comparison } = this.state;
    const isSame = text === (comparison && comparisonToUrl(comparison));
    const compared = textOf(values[PARAMS.compared]);
    const order = textOf(values[PARAMS.order]);
    this.setState({
      // The same object, so that the same question is not asked again.
      comparison: isSame ? comparison : comparisonFromUrl(text),
      compared: COMPARED_STATS.find((known) => known === compared) ?? 'largest',
      order: CHANGE_ORDERS.find((known) => known === order) ?? 'cause',
    });
  }

  /** A step that the browser's back button takes back. */
  change = (patch: Partial<MapComparisonState>) =>
    this._urlSync.performBrowserHistoryAction(() => this.setState(patch));
}
