import { type ScopedVars } from '@grafana/data';
import { type TemplateSrv } from '@grafana/runtime';
import { SceneObjectBase, type SceneObject, sceneGraph, type VariableCustomFormatterFn } from '@grafana/scenes';
import { interpolateScopedVars } from './scoped-vars';

/** Scenes puts the active scene there; Grafana's own service reads it as well. */
function activeScene(scopedVars?: ScopedVars): SceneObject | undefined {
  const scoped: unknown = scopedVars?.__sceneObject?.value;
  const scene = typeof scoped === 'object' && scoped !== null ? Reflect.get(scoped, 'valueOf')?.call(scoped) : undefined;
  for (const candidate of [scene, window.__grafanaSceneContext]) {
    // the plugin brings its own copy of Scenes, so its objects are recognised by what they can do
    if (candidate instanceof SceneObjectBase || isSceneObject(candidate)) {
      return candidate;
    }
  }
  return undefined;
}

function isSceneObject(value: unknown): value is SceneObject {
  return typeof value === 'object' && value !== null && 'state' in value && 'isActive' in value && value.isActive === true;
}

export const templateSrv: TemplateSrv = {
  getVariables: () => [],
  replace(target = '', scopedVars, format) {
    const scene = activeScene(scopedVars);
    const custom: VariableCustomFormatterFn | undefined =
      typeof format === 'function' ? (value, ...rest) => String(format(value, ...rest)) : undefined;
    return scene
      ? sceneGraph.interpolate(scene, target, scopedVars, custom ?? (typeof format === 'string' ? format : undefined))
      : interpolateScopedVars(target, scopedVars ?? {}, format);
  },
  containsTemplate: (target = '') => /\$\w+|\[\[\w+|\$\{\w+/.test(target),
  updateTimeRange: () => undefined,
};
