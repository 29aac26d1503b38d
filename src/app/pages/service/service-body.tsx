import React from 'react';
import { type SceneComponentProps, type SceneObject, SceneObjectBase, type SceneObjectState } from '@grafana/scenes';

interface ServiceBodyState extends SceneObjectState {
  head: SceneObject;
  panels: SceneObject;
}

/** A row of its natural height above the panels. */
export class ServiceBody extends SceneObjectBase<ServiceBodyState> {
  static Component = function ServiceBodyRenderer({ model }: SceneComponentProps<ServiceBody>) {
    const { head, panels } = model.useState();
    return (
      <div style={{ width: '100%' }}>
        <head.Component model={head} />
        <panels.Component model={panels} />
      </div>
    );
  };
}
