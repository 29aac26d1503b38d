import React, {
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { css } from '@emotion/css';
import { t } from '@grafana/i18n';
import { useStyles2, useTheme2 } from '@grafana/ui';
import { testIds } from '../../test-ids';
import { CanvasPainter } from './drawing/canvas-painter';
import { type Overlay, type Scene } from './drawing/draw-map';
import { type CallLabel } from './drawing/draw-view';
import { draggedOverlay } from './pointer/drag';
import { foldedMap } from './model/folded-map';
import { type LatencyKey } from './format-stats';
import { mapKeyDown } from './keyboard/keyboard-actions';
import { cursorOf, type KeyContext } from './keyboard/keyboard-places';
import { groupOf } from './keyboard/keyboard-walk';
import { KeysHelp } from './keyboard/keys-help';
import { kindNames } from './kind-names';
import { detailAt } from './drawing/level-of-detail';
import { type MapActions } from './map-actions';
import { CONTROLS_CORNER, MapControls } from './controls/map-controls';
import { type MapModel } from './model/map-types';
import { foldedIds, type MapAction, type MapState } from './map-state';
import { MapTooltip } from './pointer/map-tooltip';
import { MapMenu } from './menu/map-menu';
import { useMapMenu } from './menu/use-map-menu';
import { MiniMap } from './viewport/mini-map';
import { type OperationsSource } from './operations/operations-state';
import { OperationsStatus } from './operations/operations-status';
import { useOperations } from './operations/use-operations';
import { type PaintStyle } from './drawing/paint-style';
import { paletteOf, type Surface } from './drawing/palette';
import { type RateSize } from './drawing/rate-size';
import { highlightAsDrawn, highlightOf, type Selection } from './selection';
import { SeveralBar } from './controls/several-bar';
import { usePixelRatio } from './drawing/use-pixel-ratio';
import { useMapPointer } from './pointer/use-map-pointer';
import { type WheelMode } from './pointer/use-pointer';
import { useRevealSelected, useRevealUnfolded } from './viewport/use-reveal';
import { useSettled } from './use-settled';
import { useStable } from './use-stable';
import { useViewport } from './viewport/use-viewport';
import { useWarmUp } from './drawing/use-warm-up';
import { type Size, toScreen } from './viewport/viewport';

export interface MapCanvasProps {
  model: MapModel;
  layoutId: unknown;
  size: Size;
  surface: Surface;
  latency: LatencyKey;
  paint: PaintStyle;
  wheel: WheelMode;
  selected?: Selection;
  matches: ReadonlySet<string>;
  state: MapState;
  dispatch(action: MapAction): void;
  /** id of the element that describes the map to screen readers */
  describedBy: string;
  onSelect(selection: Selection | undefined): void;
  onRelayout(): void;
  onFullScreen?(): void;
  callLabel?: CallLabel;
  sizeOf?: RateSize;
  operations?: OperationsSource;
  showControls?: boolean;
  showMiniMap?: boolean;
  actions: MapActions;
  /** Service.id */
  onFocus?(id: string): void;
  /** Where other plugins may add links to the menu */
  extensionPointId?: string;
  /** Unseen, as there is no graph yet */
  isRehearsal?: boolean;
  /** More things over the map, e.g. a time slider */
  overlays?: ReactNode;
}

/** A first look at a larger map shows all of it rather than names that can be read. */
const READABLE_SERVICES = 60;
/** Smaller maps are seen as a whole. */
const MINI_MAP_SERVICES = 25;
const NO_GROUPS: MapModel['groups'] = [];

/** The drawn map with everything that a pointer or the keyboard can do in it. */
export function MapCanvas(props: MapCanvasProps) {
  const { model, layoutId, size, surface, latency, paint, wheel, selected, matches, state, dispatch, onSelect } = props;
  const { callLabel, sizeOf, showControls = true, showMiniMap = true, isRehearsal = false } = props;
  const theme = useTheme2();
  const styles = useStyles2(getStyles);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [showsKeys, setShowsKeys] = useState(false);
  const pixelRatio = usePixelRatio();
  const controls = useViewport({
    bounds: model.bounds,
    cards: model.nodes,
    corner: showControls ? CONTROLS_CORNER : undefined,
    layoutId,
    size,
    readable: model.nodes.length <= READABLE_SERVICES,
  });
  const { store } = controls;
  const { collapsed, unfolded } = state;
  const map = useMemo(
    () => foldedMap(model, foldedIds({ collapsed, unfolded }, model.remainderIds)),
    [model, collapsed, unfolded]
  );
  const palette = useMemo(() => paletteOf(theme, surface), [theme, surface]);
  const names = useMemo(() => kindNames(), []);
  const { operations, retryOperations } = useOperations({ source: props.operations, store, map, size });
  const scene = useMemo(
    (): Scene => ({
      map,
      palette,
      latency,
      paint,
      kindNames: names,
      matches,
      pinned: new Set(state.pinned.keys()),
      callLabel,
      sizeOf,
      operations,
    }),
    [map, palette, latency, paint, names, matches, state.pinned, callLabel, sizeOf, operations]
  );
  useWarmUp(isRehearsal, scene);
  // For what stands beside the map
  const settled = useSettled(model, model.nodes.length <= MINI_MAP_SERVICES);

  const { pointer, pointedAt, groupUnder, hover, drag, frame, worldOf } = useMapPointer({
    element: canvas,
    model,
    map,
    state,
    dispatch,
    controls,
    wheel,
    operations,
    onSelect,
  });
  const menu = useMapMenu({
    element: canvas,
    model,
    selected: cursorOf({ map, state, selected }),
    pointedAt: (at) => pointedAt(at) ?? groupUnder(at),
    toScreen: (point) => toScreen(store.get(), point),
  });

  useRevealSelected(model, selected, controls, size);
  useRevealUnfolded(map, unfolded, controls, size);

  const [painter] = useState(() => new CanvasPainter());
  useLayoutEffect(() => () => painter.stop(), [painter]);
  useLayoutEffect(() => {
    painter.of(canvas.current)?.show(scene, { viewport: store.get(), size, pixelRatio });
  }, [painter, scene, store, size, pixelRatio]);
  useEffect(() => store.subscribe((viewport) => painter.of(canvas.current)?.look(viewport)), [painter, store]);

  const hovered = hover && hover.pointed.kind !== 'group' ? hover.pointed : undefined;
  useLayoutEffect(() => {
    const shown = hovered ?? selected;
    const overlay: Overlay = {
      highlight: highlightAsDrawn(highlightOf(model, shown, hovered !== undefined), map),
      hovered,
      selected,
      several: state.several,
      group: groupOf(map, state.group)?.box,
      frame,
    };
    painter.of(canvas.current)?.lay(drag ? draggedOverlay(model, overlay, drag.id, worldOf(drag.by)) : overlay);
    // `worldOf` reads the zoom of the moment.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [painter, model, map, hovered, selected, state.several, state.group, frame, drag]);

  const toggleKeys = useStable(() => setShowsKeys(!showsKeys));
  const onKeyDown = (event: KeyboardEvent) => {
    if (menu.onMenuKey(event)) {
      event.preventDefault();
      return;
    }
    const context: KeyContext = {
      map,
      state,
      selected,
      controls,
      dispatch,
      onSelect,
      size,
      asGroups: detailAt(store.get().k) === 'group' && model.hasGroups,
      onFullScreen: props.onFullScreen,
      onHelp: () => setShowsKeys(true),
    };
    if (mapKeyDown(event, context)) {
      event.preventDefault();
    }
  };

  return (
    <div className={styles.frame} style={{ width: size.width, height: size.height }}>
      <canvas
        ref={canvas}
        className={styles.canvas}
        // There is no map yet to be found in a rehearsal.
        data-testid={isRehearsal ? undefined : testIds.serviceMap.canvas}
        style={{
          width: size.width,
          height: size.height,
          cursor: drag ? 'grabbing' : hover ? 'pointer' : 'grab',
          // Unlike what is beside it: browsers keep no memory ready for what is hidden, and an empty canvas shows nothing.
          visibility: isRehearsal ? 'visible' : undefined,
        }}
        width={Math.round(size.width * pixelRatio)}
        height={Math.round(size.height * pixelRatio)}
        tabIndex={isRehearsal ? -1 : 0}
        role="application"
        aria-label={t('traceatlas.service-map.canvas-label', 'Service map')}
        aria-describedby={props.describedBy}
        onKeyDown={onKeyDown}
        onContextMenu={menu.onContextMenu}
        {...pointer}
      />
      <SeveralBar model={model} state={state} dispatch={dispatch} />
      {showMiniMap && settled && settled.nodes.length > MINI_MAP_SERVICES && (
        <MiniMap model={settled} palette={palette} size={size} controls={controls} />
      )}
      {showControls && (
        <MapControls
          controls={controls}
          groups={settled?.groups ?? NO_GROUPS}
          state={state}
          dispatch={dispatch}
          onRelayout={props.onRelayout}
          onFullScreen={props.onFullScreen}
          isHelpOpen={showsKeys}
          onHelp={toggleKeys}
        />
      )}
      {showsKeys && (
        <KeysHelp
          onClose={() => {
            setShowsKeys(false);
            canvas.current?.focus();
          }}
        />
      )}
      {props.operations && <OperationsStatus operations={operations} onRetry={retryOperations} />}
      {props.overlays}
      {menu.menu && (
        <MapMenu
          {...menu.menu}
          model={model}
          state={state}
          actions={props.actions}
          dispatch={dispatch}
          onSelect={onSelect}
          onFocus={props.onFocus}
          showRect={controls.showRect}
          fitAll={controls.fitAll}
          onRelayout={props.onRelayout}
          extensionPointId={props.extensionPointId}
          onClose={menu.close}
        />
      )}
      {hover && !drag && !menu.menu && (
        <MapTooltip model={model} pointed={hover.pointed} operations={operations} at={hover.at} size={size} />
      )}
    </div>
  );
}

function getStyles() {
  return {
    frame: css({ position: 'relative', overflow: 'hidden' }),
    canvas: css({ display: 'block', touchAction: 'none', '&:focus-visible': { outlineOffset: -2 } }),
  };
}
