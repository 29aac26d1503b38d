import React, { useMemo } from 'react';
import { usePluginLinks } from '@grafana/runtime';
import { Menu } from '@grafana/ui';
import { type Service, type ServiceCall } from '../../../servicegraph/model';

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

export function serviceContext({ name, namespace }: Service): MapMenuContext {
  return { kind: 'service', service: name, namespace };
}

export function callContext(_: ServiceCall, source: Service, target: Service): MapMenuContext {
  return {
    kind: 'call',
    service: target.name,
    namespace: target.namespace,
    caller: source.name,
    callerNamespace: source.namespace,
  };
}

/** False in a Grafana without links of other plugins */
export const hasPluginLinks = typeof usePluginLinks === 'function';

/** Links that other plugins add to the map's menu; only where `hasPluginLinks`. */
export function ExtensionItems({ pointId, context }: { pointId: string; context: MapMenuContext }) {
  const options = useMemo(() => ({ extensionPointId: pointId, context }), [pointId, context]);
  const { links } = usePluginLinks(options);
  return (
    <>
      {links.map(({ id, title, description, path, onClick, icon }) => (
        <Menu.Item key={id} label={title} description={description} url={path} onClick={onClick} icon={icon} />
      ))}
    </>
  );
}
