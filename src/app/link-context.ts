import { sceneGraph, type SceneObject } from '@grafana/scenes';
import { VARIABLES } from '../constants';
import { type LinkContext } from '../links/urls';

function variableValue(object: SceneObject, name: string): string | undefined {
  const value = sceneGraph.lookupVariable(name, object)?.getValue();
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** What every link of a page carries on: its time range and data sources. */
export function linkContext(object: SceneObject): LinkContext {
  const { from, to } = sceneGraph.getTimeRange(object).state;
  return {
    from,
    to,
    tempo: variableValue(object, VARIABLES.tempo),
    prometheus: variableValue(object, VARIABLES.prometheus),
  };
}
