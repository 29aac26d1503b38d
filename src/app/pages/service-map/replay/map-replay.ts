import {
  SceneObjectBase,
  type SceneObjectState,
  SceneObjectUrlSyncConfig,
  type SceneObjectUrlValues,
} from '@grafana/scenes';

export interface MapReplayState extends SceneObjectState {
  isOn: boolean;
  /** ms since the Unix epoch; where it stands. Undefined: at the beginning */
  at?: number;
}

const PARAM = 'map-replay';
const BEGINNING = 'on';

/** Whether and where the replay stands. All of it is in the URL. */
export class MapReplay extends SceneObjectBase<MapReplayState> {
  protected override _urlSync = new SceneObjectUrlSyncConfig(this, { keys: [PARAM] });

  constructor(state: Partial<MapReplayState> = {}) {
    super({ isOn: false, ...state });
  }

  getUrlState() {
    const { isOn, at } = this.state;
    return { [PARAM]: isOn ? (at === undefined ? BEGINNING : new Date(at).toISOString()) : undefined };
  }

  updateFromUrl(values: SceneObjectUrlValues) {
    const text = values[PARAM];
    const time = typeof text === 'string' ? Date.parse(text) : NaN;
    this.setState({
      isOn: text === BEGINNING || !Number.isNaN(time),
      at: Number.isNaN(time) ? undefined : time,
    });
  }

  /** A step that the browser's back button takes back. */
  turn = (isOn: boolean) =>
    this._urlSync.performBrowserHistoryAction(() => this.setState({ isOn, at: isOn ? this.state.at : undefined }));

  goTo = (at: number) => this.setState({ at });
}
