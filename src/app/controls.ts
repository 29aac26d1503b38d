import {
  SceneControlsSpacer,
  type SceneObject,
  SceneRefreshPicker,
  SceneTimePicker,
  VariableValueSelectors,
} from '@grafana/scenes';

/** Time picker and refresh, at the right end of a page's controls. */
function timeControls(): SceneObject[] {
  return [new SceneTimePicker({ isOnCanvas: true }), new SceneRefreshPicker({ isOnCanvas: true })];
}

/** The usual row of controls: variables at the left, time at the right. */
export function pageControls(...extra: SceneObject[]): SceneObject[] {
  return [new VariableValueSelectors({}), ...extra, new SceneControlsSpacer(), ...timeControls()];
}
