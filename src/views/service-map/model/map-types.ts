/** What the map draws and what can be pointed at. */
import { type RequestStats, type Service, type ServiceCall } from '../../../servicegraph/model';
import { type Remainder } from '../../../servicegraph/remainder';
import { type CallWay } from './call-way';
import { type PaintStyle, type Tone } from '../drawing/paint-style';
import { type CallRouter } from '../routes/call-router';
import { type Point, type Rect } from '../viewport/viewport';

export interface MapNode {
  service: Service;
  /** Centre and card, px of the world */
  centre: Point;
  card: Rect;
  /** Index in the layout */
  index: number;
  tone: Tone;
  /** Part of the ring in the tone's colour, 0 to 1 */
  ring?: number;
  /** Index in `MapModel.groups`, -1 for none */
  group: number;
}

export interface MapEdge {
  call: ServiceCall;
  /** How many calls are drawn as this one, which cannot be selected then; absent for a single one */
  calls?: number;
  source: MapNode;
  target: MapNode;
  readonly way: CallWay;
  tone: Tone;
  /** px of the world */
  width: number;
  /** Between two boxes: crosses what lies between them */
  betweenGroups: boolean;
}

export interface MapGroup {
  /** The same after every refresh as long as the group is the same */
  id: string;
  name: string;
  box: Rect;
  /** Its members, the busiest first */
  members: MapNode[];
  services: number;
  /** Of a remainder: whose neighbours they are. `stats` are then those of the calls between them and that service. */
  remainder?: Remainder;
  /** Sums over its members; percentiles are absent, as they cannot be summed */
  stats: RequestStats;
  tone: Tone;
}

/** The calls between two boxes as one line. */
export interface Trunk {
  /** Indices in `MapModel.groups` */
  a: number;
  b: number;
  from: Point;
  to: Point;
  /** Calls in it, by those in the thickest */
  share: number;
  tone: Tone;
}

export interface MapModel {
  nodes: MapNode[];
  edges: MapEdge[];
  readonly groups: MapGroup[];
  /** Whether there are groups beside remainders */
  hasGroups: boolean;
  /** MapGroup.id of the groups that are remainders */
  remainderIds: readonly string[];
  /** The strongest connections of each box */
  readonly trunks: Trunk[];
  readonly nodeById: ReadonlyMap<string, MapNode>;
  readonly edgeById: ReadonlyMap<string, MapEdge>;
  /** Edges out of and into each service, the busiest first */
  readonly outgoing: ReadonlyMap<string, MapEdge[]>;
  readonly incoming: ReadonlyMap<string, MapEdge[]>;
  bounds: Rect;
  /** Finds ways around its cards */
  readonly router: CallRouter;
  /** What its tones mean */
  paint: PaintStyle;
}
