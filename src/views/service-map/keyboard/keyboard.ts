import { type MapModel, type MapNode } from '../model/map-types';

export type Arrow = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown';

export function isArrow(key: string): key is Arrow {
  return ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'].includes(key);
}

/** Where the keyboard starts: the busiest service that nobody calls, else the leftmost one. */
export function firstService(model: MapModel): string | undefined {
  const traffic = (node: MapNode) =>
    (model.outgoing.get(node.service.id) ?? []).reduce((sum, { call }) => sum + (call.stats.rate ?? 0), 0);
  const entries = model.nodes.filter(
    ({ service }) => !model.incoming.has(service.id) && model.outgoing.has(service.id)
  );
  const candidates = entries.length > 0 ? entries : model.nodes;
  const [first] = [...candidates].sort(
    (a, b) => traffic(b) - traffic(a) || a.centre.x - b.centre.x || a.centre.y - b.centre.y
  );
  return first?.service.id;
}

/** Where a key leads: along the calls, or across them to the neighbours. */
export type Step = 'caller' | 'callee' | 'before' | 'after';

const STEPS: Record<'right' | 'down', Record<Arrow, Step>> = {
  right: { ArrowLeft: 'caller', ArrowRight: 'callee', ArrowUp: 'before', ArrowDown: 'after' },
  down: { ArrowUp: 'caller', ArrowDown: 'callee', ArrowLeft: 'before', ArrowRight: 'after' },
};

/** Small maps are drawn from top to bottom where there is little width. */
export function goesDown({ edges }: MapModel): boolean {
  const ahead = (axis: 'x' | 'y') =>
    edges.filter(({ source, target }) => target.centre[axis] > source.centre[axis]).length;
  return ahead('y') > ahead('x');
}

export function stepOf(model: MapModel, key: Arrow): Step {
  return STEPS[goesDown(model) ? 'down' : 'right'][key];
}

/** The end of the busiest call made or received; where there is none the service itself. */
export function nextService(model: MapModel, id: string, step: 'caller' | 'callee'): string {
  return step === 'callee'
    ? (model.outgoing.get(id)?.find(({ call }) => call.target !== id)?.call.target ?? id)
    : (model.incoming.get(id)?.find(({ call }) => call.source !== id)?.call.source ?? id);
}
