import React, { useMemo, useRef, useState } from 'react';
import { css } from '@emotion/css';
import { LoadingState } from '@grafana/data';
import { t } from '@grafana/i18n';
import { config } from '@grafana/runtime';
import {
  type SceneComponentProps,
  SceneDataNode,
  sceneGraph,
  SceneObjectBase,
  type SceneObjectState,
  VizPanel,
} from '@grafana/scenes';
import { Alert, useStyles2 } from '@grafana/ui';
import { fromNodeGraphFrames } from '../../../servicegraph/from-frames';
import { toNodeGraphFrames } from '../../../servicegraph/to-frames';
import { type Selection } from '../../../views/service-map/selection';
import { type Focus, ServiceMap } from '../../../views/service-map/service-map';
import { useRemainingHeight } from '../../../views/shared/use-remaining-height';
import { useSize } from '../../../views/shared/use-size';
import { GraphHelp } from '../service-map/graph-help';
import { GraphSource } from '../service-map/graph-source';
import { pageActions } from '../service-map/page-actions';
import { coreNodeGraphFrames } from './core-frames';

interface NodeGraphObjectState extends SceneObjectState {
  source: GraphSource;
  /** Grafana's panel; absent where Grafana does not have it */
  panel?: VizPanel;
}

const CORE_PANEL = 'nodeGraph';

/** `config.panels` is deprecated, but what replaces it is not in Grafana 12. */
function corePanel(): VizPanel | undefined {
  return CORE_PANEL in config.panels
    ? new VizPanel({ pluginId: CORE_PANEL, title: '', hoverHeader: true, $data: new SceneDataNode() })
    : undefined;
}

/** The graph as frames in Grafana's own node graph panel, or in ours where there is none. */
export class NodeGraphObject extends SceneObjectBase<NodeGraphObjectState> {
  static Component = NodeGraphRenderer;

  constructor() {
    super({ source: new GraphSource(), panel: corePanel() });
    this.addActivationHandler(() => {
      const stopSource = this.state.source.activate();
      this.updatePanel();
      this._subs.add(this.state.source.subscribeToState(() => this.updatePanel()));
      return stopSource;
    });
  }

  private updatePanel() {
    const { source, panel } = this.state;
    const { graph, loading, error } = source.state;
    const node = panel?.state.$data;
    if (node instanceof SceneDataNode) {
      node.setState({
        data: {
          state: loading ? LoadingState.Loading : error ? LoadingState.Error : LoadingState.Done,
          errors: error ? [{ message: error }] : undefined,
          series: graph ? coreNodeGraphFrames(graph) : [],
          timeRange: sceneGraph.getTimeRange(this).state.value,
        },
      });
    }
  }
}

function NodeGraphRenderer({ model }: SceneComponentProps<NodeGraphObject>) {
  const { source, panel } = model.useState();
  const { graph, loading, error } = source.useState();
  const styles = useStyles2(getStyles);
  const frame = useRef<HTMLDivElement>(null);
  const height = useRemainingHeight(frame);
  const isEmpty = graph?.services.length === 0;
  return (
    <div className={styles.frame} ref={frame} style={{ height }}>
      {panel ? (
        <>
          {error && (
            <Alert severity="error" title={t('traceatlas.service-map.error', 'The service map could not be loaded')}>
              {error}
            </Alert>
          )}
          {isEmpty ? <GraphHelp hasDataSource={source.dataSourceUid !== ''} /> : <panel.Component model={panel} />}
        </>
      ) : (
        <OwnNodeGraph model={model} source={source} loading={loading} error={error} />
      )}
    </div>
  );
}

interface OwnNodeGraphProps {
  model: NodeGraphObject;
  source: GraphSource;
  loading: boolean;
  error?: string;
}

function OwnNodeGraph({ model, source, loading, error }: OwnNodeGraphProps) {
  const { graph } = source.useState();
  const styles = useStyles2(getStyles);
  const place = useRef<HTMLDivElement>(null);
  const size = useSize(place);
  const [selected, setSelected] = useState<Selection>();
  const [focus, setFocus] = useState<Focus>();
  // By way of the frames, so that the page shows exactly what a panel would get.
  const fromFrames = useMemo(() => graph && fromNodeGraphFrames(toNodeGraphFrames(graph)), [graph]);
  const actions = useMemo(() => pageActions(model), [model]);
  return (
    <div className={styles.own} ref={place}>
      {size && (
        <ServiceMap
          graph={fromFrames}
          width={size.width}
          height={size.height}
          loading={loading}
          error={error}
          latency="mean"
          empty={<GraphHelp hasDataSource={source.dataSourceUid !== ''} />}
          actions={actions}
          selected={selected}
          onSelect={setSelected}
          focus={focus}
          onFocus={setFocus}
        />
      )}
    </div>
  );
}

function getStyles() {
  return {
    frame: css({ width: '100%', display: 'flex', flexDirection: 'column' }),
    own: css({ flexGrow: 1, minHeight: 0 }),
  };
}
