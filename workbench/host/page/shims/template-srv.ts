import { type ScopedVars } from '@grafana/data';
import { type TemplateSrv } from '@grafana/runtime';
import {
  EmbeddedScene,
  SceneFlexLayout,
  type SceneObject,
  sceneGraph,
  type VariableCustomFormatterFn,
} from '@grafana/scenes';

/** For pages without a scene, such as Explore: knows the scoped variables and Grafana's macros of data links. */
const noScene = new EmbeddedScene({ body: new SceneFlexLayout({ children: [] }) });

/** The scene that a query belongs to, else the one on screen: Scenes keeps that where Grafana reads it as well. */
function activeScene(scopedVars?: ScopedVars): SceneObject {
  const scoped: unknown = scopedVars?.__sceneObject?.value;
  const owner: unknown = isObject(scoped) ? scoped.valueOf() : undefined;
  return [owner, window.__grafanaSceneContext].find(isActiveScene) ?? noScene;
}

/** The plugin brings its own copy of Scenes, so its objects are known by what they have, not by their class. */
function isActiveScene(value: unknown): value is SceneObject {
  return isObject(value) && 'state' in value && 'isActive' in value && value.isActive === true;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function toFormat(format?: string | Function): string | VariableCustomFormatterFn | undefined {
  return typeof format === 'function' ? (value, ...rest) => String(format(value, ...rest)) : format;
}

export const templateSrv: TemplateSrv = {
  getVariables: () => [],
  replace: (target, scopedVars, format) =>
    sceneGraph.interpolate(activeScene(scopedVars), target, scopedVars, toFormat(format)),
  containsTemplate: (target = '') => /\$\w+|\[\[\w+|\$\{\w+/.test(target),
  updateTimeRange: () => undefined,
};
