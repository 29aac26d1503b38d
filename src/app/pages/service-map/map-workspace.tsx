import React, { useMemo } from 'react';
import { css } from '@emotion/css';
import { t } from '@grafana/i18n';
import { sceneGraph } from '@grafana/scenes';
import { Alert, Button, LoadingBar } from '@grafana/ui';
import { focusOn } from '../../../servicegraph/focus';
import { isComparable } from '../../../servicegraph/load-comparison';
import { type ServiceGraph } from '../../../servicegraph/model';
import { type GraphPart } from '../../../servicegraph/part-queries';
import { refusalOf } from '../../../servicegraph/refusal';
import { type Replay } from '../../../servicegraph/replay';
import { type EpochRange } from '../../../servicegraph/time-ranges';
import { changedGraph, changePaint } from '../../../views/service-map/compare/change-paint';
import { REPLAY_HEIGHT, ReplayBar } from '../../../views/service-map/replay/replay-bar';
import { ServiceMap, type ServiceMapProps } from '../../../views/service-map/service-map';
import { linkContext } from '../../link-context';
import { COMPARISON_WIDTH, ComparisonPanel } from './compare/comparison-panel';
import { type MapComparison } from './compare/map-comparison';
import { useComparison } from './compare/use-comparison';
import { type GraphSource } from './graph-source';
import { Remedies } from './remedies';
import { PartDetails } from './side-panel/part-details';
import { useOperationsSource } from './side-panel/operations-source';
import { type PartSource } from './side-panel/part-source';
import { type MapReplay } from './replay/map-replay';
import { useReplay } from './replay/use-replay';
import { useReplayPosition } from './replay/use-replay-position';

interface MapWorkspaceProps extends Omit<ServiceMapProps, 'graph' | 'paint'> {
  source: GraphSource;
  comparison: MapComparison;
  replay: MapReplay;
  /** The part of a graph that the page's filters let through */
  part(graph: ServiceGraph): ServiceGraph;
}

/** Beside less map than this the list of changes would be all that there is. */
const LEAST_MAP_WIDTH = 360;

/** The map as it is, as it changed against another time, or as it was step by step. */
export function MapWorkspace(props: MapWorkspaceProps) {
  const { source, comparison, replay, part, width, height, focus, selected, onSelect, ...map } = props;
  const { graph, range, dialect } = source.useState();
  const { comparison: window, compared } = comparison.useState();
  const { isOn } = replay.useState();
  const compare = useComparison(source, isOn ? undefined : window);
  const history = useReplay(source, isOn);
  const position = useReplayPosition(replay, history.value);
  const { value: changes } = compare;
  const paint = useMemo(
    () => (changes && isComparable(changes) ? changePaint(changes, compared) : undefined),
    [changes, compared]
  );
  const whole = useMemo(
    () => position?.graph ?? (changes && isComparable(changes) ? changedGraph(changes, compared) : graph),
    [position?.graph, changes, compared, graph]
  );
  const shown = useMemo(() => whole && part(whole), [whole, part]);
  const listed = useMemo(() => (shown && focus ? focusOn(shown, focus.id, focus.hops) : shown), [shown, focus]);
  const details = useMemo(() => {
    const { dataSourceUid: uid } = source;
    if (!range || !dialect || !graph) {
      return undefined;
    }
    const called = new Set(graph.calls.map(({ target }) => target));
    const asked: PartSource = { uid, dialect, range };
    return function Details(of: GraphPart, operation?: string) {
      return (
        <PartDetails
          part={of}
          operation={operation}
          source={asked}
          hasCallers={of.kind === 'call' || called.has(of.service.id)}
          context={linkContext(source)}
          timeZone={sceneGraph.getTimeRange(source).getTimeZone()}
        />
      );
    };
  }, [source, graph, range, dialect]);
  const operations = useOperationsSource(source);
  const isCompared = window !== undefined && !isOn;
  const listWidth = isCompared && width - COMPARISON_WIDTH >= LEAST_MAP_WIDTH ? COMPARISON_WIDTH : 0;
  const mapHeight = isOn ? height - REPLAY_HEIGHT : height;
  return (
    <div className={styles.row}>
      {isCompared && (
        <div className={listWidth > 0 ? undefined : styles.over}>
          <ComparisonPanel
            source={source}
            model={comparison}
            answer={compare}
            range={range}
            shown={listed}
            height={height}
            selected={selected}
            onSelect={onSelect}
          />
        </div>
      )}
      <div>
        <ServiceMap
          {...map}
          graph={shown}
          paint={paint}
          range={position && history.value ? stepRange(history.value, position.shownIndex) : map.range}
          percentilesLoading={isOn ? history.isLoading : map.percentilesLoading}
          details={details}
          // Those of a step of the replay are not asked for.
          operations={isOn ? undefined : operations}
          width={width - listWidth}
          height={mapHeight}
          focus={focus}
          selected={selected}
          onSelect={onSelect}
        />
        {isOn && (
          <div style={{ width, height: REPLAY_HEIGHT }}>
            {position && history.value ? (
              <ReplayBar
                replay={history.value}
                index={position.index}
                onIndex={position.goTo}
                isPlaying={position.isPlaying}
                onPlay={position.play}
                isShown={position.isShown}
                isLoading={history.isLoading}
                timeZone={sceneGraph.getTimeRange(source).getTimeZone()}
                onClose={() => replay.turn(false)}
              />
            ) : (
              <ReplayWaiting
                source={source}
                error={history.error}
                onRetry={history.retry}
                onClose={() => replay.turn(false)}
              />
            )}
          </div>
        )}
      </div>
    </div>
  );
}

/** The window that the numbers of a step are from */
function stepRange({ times, step }: Replay, index: number): EpochRange {
  return { from: times[index] - step * 1000, to: times[index] };
}

interface ReplayWaitingProps {
  source: GraphSource;
  error?: string;
  onRetry(): void;
  onClose(): void;
}

function ReplayWaiting({ source, error, onRetry, onClose }: ReplayWaitingProps) {
  const refused = refusalOf(error);
  return error ? (
    <Alert
      severity="error"
      title={`${t('traceatlas.service-map.replay.failed', 'The replay could not be loaded')}: ${error}`}
      onRemove={onClose}
      action={
        refused ? (
          <Remedies source={source} remedies={refused.remedies} />
        ) : (
          <Button size="sm" variant="secondary" onClick={onRetry}>
            {t('traceatlas.service.retry', 'Try again')}
          </Button>
        )
      }
    />
  ) : (
    <div role="status">
      <LoadingBar width={300} />
      {t('traceatlas.service-map.replay.loading', 'Loading the steps of the time range…')}
    </div>
  );
}

const styles = {
  row: css({ display: 'flex', position: 'relative' }),
  over: css({ position: 'absolute', zIndex: 1, left: 0, top: 0 }),
};
