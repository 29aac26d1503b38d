import React, { useMemo } from 'react';
import { usePluginLinks } from '@grafana/runtime';
import { Menu } from '@grafana/ui';
import { type Pointed } from '../pointer/hit-test';
import { type MapModel } from '../model/map-types';

/** What other plugins' links are told of the place they are offered at. */
export interface MapMenuContext {
  kind: 'service' | 'call';
  /** Of the service, or of the called one */
  service: string;
  namespace?: string;
  /** Of a call */
  caller?: string;
  callerNamespace?: string;
}

/** @returns undefined for what other plugins have no links for: groups, and the map itself */
export function menuContextOf(model: MapModel, pointed: Pointed | undefined): MapMenuContext | undefined {
  if (pointed?.kind === 'service') {
    const service = model.nodeById.get(pointed.id)?.service;
    return service && { kind: 'service', service: service.name, namespace: service.namespace };
  }
  const edge = pointed?.kind === 'call' ? model.edgeById.get(pointed.id) : undefined;
  return (
    edge && {
      kind: 'call',
      service: edge.target.service.name,
      namespace: edge.target.service.namespace,
      caller: edge.source.service.name,
      callerNamespace: edge.source.service.namespace,
    }
  );
}

/** False in a Grafana without links of other plugins */
export const hasPluginLinks = typeof usePluginLinks === 'function';

interface ExtensionItemsProps {
  pointId: string;
  model: MapModel;
  pointed: Pointed;
}

/** Links that other plugins add to the map's menu; only where `hasPluginLinks`. */
export function ExtensionItems({ pointId, model, pointed }: ExtensionItemsProps) {
  // A new context would ask all plugins again.
  const options = useMemo(
    () => ({ extensionPointId: pointId, context: menuContextOf(model, pointed) }),
    [pointId, model, pointed]
  );
  const { links } = usePluginLinks(options);
  return (
    <>
      {links.map(({ id, title, description, path, onClick, icon }) => (
        <Menu.Item key={id} label={title} description={description} url={path} onClick={onClick} icon={icon} />
      ))}
    </>
  );
}
