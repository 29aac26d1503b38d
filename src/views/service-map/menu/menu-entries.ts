/** What the menu of a service, a call, a group or of the map itself offers, as data. */
import { type DataLinkClickEvent, type IconName, type LinkModel } from '@grafana/data';
import { t } from '../../../i18n/translate';
import { tracesOfCall, tracesOfService } from '../../../servicegraph/traces-of';
import { type Pointed } from '../pointer/hit-test';
import { type MapActions, type MapLink } from '../map-actions';
import { type MapGroup, type MapModel, type MapNode } from '../model/map-types';
import { isFolded, type MapAction, type MapState } from '../map-state';
import { type Selection } from '../selection';
import { type Rect } from '../viewport/viewport';

export interface MenuEntry {
  key: string;
  label: string;
  icon?: IconName;
  url?: string;
  target?: LinkModel['target'];
  run?(event?: DataLinkClickEvent['e']): void;
  destructive?: boolean;
}

/** Entries between dividers */
export type MenuSections = MenuEntry[][];

export interface MenuContext {
  model: MapModel;
  state: MapState;
  actions: MapActions;
  dispatch(action: MapAction): void;
  onSelect(selection: Selection | undefined): void;
  /** Service.id */
  onFocus?(id: string): void;
  showRect(rect: Rect): void;
  fitAll(): void;
  onRelayout(): void;
  copy(text: string): void;
}

function entry(key: string, label: string, icon: IconName, run: () => void): MenuEntry {
  return { key, label, icon, run };
}

function dataLinks(links: readonly MapLink[] = []): MenuEntry[] {
  return links.map(({ title, href, target, onClick }, index) => ({
    key: `link ${index}`,
    label: title,
    icon: 'external-link-alt',
    url: onClick ? undefined : href,
    target,
    run: onClick,
  }));
}

function opened(key: string, label: string, icon: IconName, url: string | undefined): MenuEntry[] {
  return url ? [{ key, label, icon, url }] : [];
}

function copyEntry({ copy }: MenuContext, name: string): MenuEntry {
  return entry('copy', t('traceatlas.service-map.menu.copy', 'Copy name'), 'copy', () => copy(name));
}

function foldEntry({ state, dispatch }: MenuContext, group: MapGroup): MenuEntry {
  const isFoldedUp = isFolded(state, group.id);
  const label = isFoldedUp
    ? t('traceatlas.service-map.menu.expand', 'Expand {{name}}', { name: group.name })
    : t('traceatlas.service-map.menu.collapse', 'Collapse {{name}}', { name: group.name });
  return entry('fold', label, isFoldedUp ? 'expand-arrows-alt' : 'compress-arrows', () =>
    dispatch({ type: 'toggle-group', id: group.id })
  );
}

function hideEntry({ dispatch, onSelect }: MenuContext, ids: readonly string[], label: string): MenuEntry {
  return entry('hide', label, 'eye-slash', () => {
    dispatch({ type: 'hide', ids });
    onSelect(undefined);
  });
}

function othersEntry(context: MenuContext, kept: ReadonlySet<string>): MenuEntry {
  const others = context.model.nodes.flatMap(({ service }) => (kept.has(service.id) ? [] : [service.id]));
  return entry('others', t('traceatlas.service-map.menu.hide-others', 'Hide all others'), 'filter', () =>
    context.dispatch({ type: 'hide', ids: others })
  );
}

function pinEntry({ state, dispatch }: MenuContext, { service, centre }: MapNode): MenuEntry {
  return state.pinned.has(service.id)
    ? entry('pin', t('traceatlas.service-map.menu.unpin', 'Put back in its place'), 'history-alt', () =>
        dispatch({ type: 'unpin', ids: [service.id] })
      )
    : entry('pin', t('traceatlas.service-map.menu.pin', 'Pin here'), 'gf-pin', () =>
        dispatch({ type: 'pin', places: [[service.id, centre]] })
      );
}

function serviceSections(context: MenuContext, node: MapNode): MenuSections {
  const { model, actions, onSelect, onFocus } = context;
  const { service } = node;
  const group = model.groups[node.group];
  const neighbours = new Set([
    service.id,
    ...(model.outgoing.get(service.id) ?? []).map(({ call }) => call.target),
    ...(model.incoming.get(service.id) ?? []).map(({ call }) => call.source),
  ]);
  const page = service.kind === 'service' ? actions.serviceUrl?.(service) : undefined;
  return [
    [
      entry('details', t('traceatlas.service-map.menu.details', 'Details'), 'info-circle', () =>
        onSelect({ kind: 'service', id: service.id })
      ),
      ...opened('page', t('traceatlas.service-map.menu.page', 'Open service page'), 'chart-line', page),
      ...opened(
        'traces',
        t('traceatlas.service-map.menu.traces', 'Traces of this service'),
        'search',
        actions.tracesUrl?.(tracesOfService(service))
      ),
      ...dataLinks(actions.links?.({ kind: 'service', id: service.id })),
    ],
    [
      ...(onFocus
        ? [entry('focus', t('traceatlas.service-map.focus', 'Focus here'), 'adjust-circle', () => onFocus(service.id))]
        : []),
      pinEntry(context, node),
      hideEntry(context, [service.id], t('traceatlas.service-map.hide', 'Hide')),
      othersEntry(context, neighbours),
      ...(group ? [foldEntry(context, group)] : []),
    ],
    [copyEntry(context, service.name)],
  ];
}

function callSections(context: MenuContext, id: string): MenuSections {
  const { model, actions, onSelect } = context;
  const edge = model.edgeById.get(id);
  if (!edge) {
    return [];
  }
  const { call, source, target } = edge;
  const end = (key: string, { service }: MapNode) =>
    entry(key, service.name, 'arrow-right', () => onSelect({ kind: 'service', id: service.id }));
  return [
    [
      entry('details', t('traceatlas.service-map.menu.details', 'Details'), 'info-circle', () =>
        onSelect({ kind: 'call', id })
      ),
      ...opened(
        'traces',
        t('traceatlas.service-map.menu.call-traces', 'Traces of this call'),
        'search',
        actions.tracesUrl?.(tracesOfCall(call, source.service, target.service))
      ),
      ...dataLinks(actions.links?.({ kind: 'call', id })),
    ],
    [end('source', source), end('target', target), othersEntry(context, new Set([call.source, call.target]))],
    [copyEntry(context, `${source.service.name} → ${target.service.name}`)],
  ];
}

function groupSections(context: MenuContext, group: MapGroup): MenuSections {
  const ids = group.members.map(({ service }) => service.id);
  return [
    [
      entry('show', t('traceatlas.service-map.menu.zoom', 'Zoom to it'), 'search-plus', () =>
        context.showRect(group.box)
      ),
      foldEntry(context, group),
      entry('choose', t('traceatlas.service-map.menu.choose', 'Choose its services'), 'check-square', () =>
        context.dispatch({ type: 'choose', ids })
      ),
    ],
    [hideEntry(context, ids, t('traceatlas.service-map.hide', 'Hide')), othersEntry(context, new Set(ids))],
    [copyEntry(context, group.name)],
  ];
}

function mapSections({ state, dispatch, fitAll, onRelayout }: MenuContext): MenuSections {
  return [
    [
      entry('fit', t('traceatlas.service-map.menu.fit', 'Show everything'), 'capture', fitAll),
      entry('relayout', t('traceatlas.service-map.relayout', 'Arrange again'), 'arrow-random', onRelayout),
      ...(state.hidden.size > 0
        ? [
            entry('unhide', t('traceatlas.service-map.menu.unhide', 'Show what is hidden'), 'eye', () =>
              dispatch({ type: 'show-all' })
            ),
          ]
        : []),
      ...(state.pinned.size > 0
        ? [
            entry('unpin', t('traceatlas.service-map.unpin-all', 'Put moved services back'), 'history-alt', () =>
              dispatch({ type: 'unpin' })
            ),
          ]
        : []),
    ],
  ];
}

/** @param pointed undefined for the map itself */
export function menuSections(context: MenuContext, pointed: Pointed | undefined): MenuSections {
  const { model } = context;
  switch (pointed?.kind) {
    case 'service': {
      const node = model.nodeById.get(pointed.id);
      return node ? serviceSections(context, node) : [];
    }
    case 'call':
      return callSections(context, pointed.id);
    case 'group': {
      const group = model.groups.find(({ id }) => id === pointed.id);
      return group ? groupSections(context, group) : [];
    }
    case undefined:
      return mapSections(context);
  }
}

/** What the menu is of; long names are cut by its style. */
export function menuTitle(model: MapModel, pointed: Pointed | undefined): string {
  switch (pointed?.kind) {
    case 'service':
      return model.nodeById.get(pointed.id)?.service.name ?? '';
    case 'call': {
      const edge = model.edgeById.get(pointed.id);
      return edge ? `${edge.source.service.name} → ${edge.target.service.name}` : '';
    }
    case 'group':
      return model.groups.find(({ id }) => id === pointed.id)?.name ?? '';
    case undefined:
      return '';
  }
}
