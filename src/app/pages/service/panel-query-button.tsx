import React from 'react';
import { type SceneComponentProps, SceneObjectBase, type SceneObjectState } from '@grafana/scenes';
import { VARIABLES } from '../../../constants';
import { linkContext } from '../../link-context';
import { QueryButton } from '../../query-button';
import { type PanelQueries } from './service-source';

interface PanelQueryButtonState extends SceneObjectState {
  asked: PanelQueries;
}

/** In the header of a panel: its queries. */
export class PanelQueryButton extends SceneObjectBase<PanelQueryButtonState> {
  static Component = function PanelQueryButtonRenderer({ model }: SceneComponentProps<PanelQueryButton>) {
    const { asked } = model.useState();
    const { tempo, prometheus, from = 'now-1h', to = 'now' } = linkContext(model);
    return (
      <QueryButton
        dataSourceUid={asked.variable === VARIABLES.tempo ? tempo : prometheus}
        queries={asked.queries}
        from={from}
        to={to}
      />
    );
  };
}
