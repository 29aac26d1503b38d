import {
  SceneObjectBase,
  type SceneObjectState,
  SceneObjectUrlSyncConfig,
  type SceneObjectUrlValue,
  type SceneObjectUrlValues,
} from '@grafana/scenes';
import { readServiceId } from '../../../servicegraph/model';
import {
  type FocusDirection,
  type GraphScope,
  MOST_FOCUS_HOPS,
  parseSelector,
  SelectorError,
  type ServerFocus,
} from '../../../servicegraph/scope';

/** What is asked of the metrics data source; what is not set is not limited. All of it is in the URL. */
export interface MapScopeState extends SceneObjectState {
  /** The so many busiest calls */
  top?: number;
  /** req/s */
  minRate?: number;
  /** Service.id or plain name; '' while none is chosen, which limits nothing yet */
  around?: string;
  hops: number;
  direction: FocusDirection;
  /** PromQL selector over the labels of the calls; '' for all */
  filter: string;
  /** Dimensions, without prefix, that tell services of one name apart */
  identity: string[];
  percentiles: boolean;
  /** Those that the page shows, which has them in its own part of the URL; none: all */
  namespaces?: readonly string[];
}

export const DEFAULT_TOP_CALLS = 500;
const MOST_TOP_CALLS = 100_000;
const DIRECTIONS: readonly FocusDirection[] = ['both', 'up', 'down'];
/** URL parameters; the prefix keeps them apart from those of the page around. */
const PARAMS = {
  top: 'map-top',
  minRate: 'map-min-rate',
  around: 'map-around',
  hops: 'map-hops',
  direction: 'map-direction',
  filter: 'map-filter',
  identity: 'map-by',
  percentiles: 'map-percentiles',
} as const;

export const WHOLE_GRAPH: Omit<MapScopeState, 'key' | 'namespaces'> = {
  top: undefined,
  minRate: undefined,
  around: undefined,
  hops: 1,
  direction: 'both',
  filter: '',
  identity: [],
  percentiles: true,
};

function textOf(value: SceneObjectUrlValue): string | undefined {
  const text = Array.isArray(value) ? value[0] : value;
  return text === null || text === '' ? undefined : text;
}

function numberOf(value: SceneObjectUrlValue, most: number): number | undefined {
  const number = Number(textOf(value) ?? NaN);
  return number > 0 ? Math.min(most, number) : undefined;
}

/** Which part of the service graph a page asks for. */
export class MapScope extends SceneObjectBase<MapScopeState> {
  protected override _urlSync = new SceneObjectUrlSyncConfig(this, { keys: Object.values(PARAMS) });

  private readonly isInUrl: boolean;

  /** @param isInUrl false where a page decides what is asked for, and its address does not */
  constructor(state: Partial<MapScopeState> = {}, { isInUrl = true } = {}) {
    super({ ...WHOLE_GRAPH, ...state });
    this.isInUrl = isInUrl;
  }

  getUrlState() {
    if (!this.isInUrl) {
      return {};
    }
    const { top, minRate, around, hops, direction, filter, identity, percentiles } = this.state;
    return {
      [PARAMS.top]: top === undefined ? undefined : String(top),
      [PARAMS.minRate]: minRate === undefined ? undefined : String(minRate),
      [PARAMS.around]: around || undefined,
      [PARAMS.hops]: around && hops !== 1 ? String(hops) : undefined,
      [PARAMS.direction]: around && direction !== 'both' ? direction : undefined,
      [PARAMS.filter]: filter === '' ? undefined : filter,
      [PARAMS.identity]: identity.length > 0 ? identity : undefined,
      [PARAMS.percentiles]: percentiles ? undefined : 'off',
    };
  }

  /** @param changed only what is other than before */
  updateFromUrl(changed: SceneObjectUrlValues) {
    if (!this.isInUrl) {
      return;
    }
    const values: SceneObjectUrlValues = { ...this.getUrlState(), ...changed };
    const top = numberOf(values[PARAMS.top], MOST_TOP_CALLS);
    const direction = textOf(values[PARAMS.direction]);
    const identity = values[PARAMS.identity];
    this.setState({
      top: top && Math.ceil(top),
      minRate: numberOf(values[PARAMS.minRate], Number.MAX_VALUE),
      around: textOf(values[PARAMS.around]),
      hops: Math.max(1, Math.floor(numberOf(values[PARAMS.hops], MOST_FOCUS_HOPS) ?? 1)),
      direction: DIRECTIONS.find((known) => known === direction) ?? 'both',
      filter: textOf(values[PARAMS.filter]) ?? '',
      identity: Array.isArray(identity) ? identity : identity ? [identity] : [],
      percentiles: textOf(values[PARAMS.percentiles]) !== 'off',
    });
  }

  /** Asks again only when they are others. */
  showNamespaces(namespaces: string[]) {
    if (JSON.stringify(namespaces) !== JSON.stringify(this.state.namespaces ?? [])) {
      this.setState({ namespaces });
    }
  }

  /** A step that the browser's back button takes back. */
  change = (patch: Partial<MapScopeState>) => this._urlSync.performBrowserHistoryAction(() => this.setState(patch));
}

export function isWholeGraph({ top, minRate, around, filter }: MapScopeState): boolean {
  return top === undefined && minRate === undefined && !around && filter === '';
}

/** Text for a filter that cannot be read; undefined for one that can. */
export function filterProblem(filter: string): string | undefined {
  try {
    parseSelector(filter);
    return undefined;
  } catch (error) {
    return error instanceof SelectorError ? error.message : String(error);
  }
}

/** @throws SelectorError for a filter that cannot be read */
export function graphScopeOf({
  top,
  minRate,
  filter,
  percentiles,
  around,
  namespaces = [],
}: MapScopeState): GraphScope {
  const matchers = parseSelector(filter);
  return {
    ...(matchers.length > 0 ? { selectors: [matchers] } : {}),
    // The way from a service to its neighbours may lead through other namespaces.
    ...(namespaces.length > 0 && !around ? { namespaces } : {}),
    reduction: {
      ...(top === undefined ? {} : { topCalls: top }),
      ...(minRate === undefined ? {} : { minRate }),
      ...(percentiles ? {} : { percentiles: false }),
    },
  };
}

export function serverFocusOf({ around, hops, direction }: MapScopeState): ServerFocus | undefined {
  if (!around) {
    return undefined;
  }
  const { name, namespace } = readServiceId(around);
  return { service: name, namespace, hops, direction };
}
