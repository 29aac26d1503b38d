import { getDataSourceSrv } from '@grafana/runtime';
import { sceneGraph, type SceneObject } from '@grafana/scenes';
import { VARIABLES } from '../../../constants';
import { createLazyTempoClient } from '../../../datasource/http/lazy-tempo-client';
import { type ServiceGraph } from '../../../servicegraph/model';
import { sampleServiceGraph } from '../../../servicegraph/sample';
import { type EpochRange } from '../../../servicegraph/time-ranges';

/** The graph of some traces of the page's Tempo data source, ours or Grafana's own; undefined when there are none. */
export async function sampledGraph(
  object: SceneObject,
  range: EpochRange,
  signal: AbortSignal
): Promise<ServiceGraph | undefined> {
  const uid = sceneGraph.lookupVariable(VARIABLES.tempo, object)?.getValue();
  const instance = typeof uid === 'string' && uid !== '' ? getDataSourceSrv().getInstanceSettings(uid) : undefined;
  if (!instance) {
    return undefined;
  }
  try {
    const graph = await sampleServiceGraph(createLazyTempoClient(instance), range, {}, signal);
    return graph.services.length > 0 ? graph : undefined;
  } catch (error) {
    if (signal.aborted) {
      throw error;
    }
    // The page says what is missing for a whole graph; that there is no sample either adds nothing.
    return undefined;
  }
}
