import React, { useMemo } from 'react';
import { ConstantVariable, EmbeddedScene, type SceneObject, SceneTimeRange, SceneVariableSet } from '@grafana/scenes';
import { VARIABLES } from '../../constants';
import { serviceId } from '../../servicegraph/model';
import { LatencySection } from '../pages/service/latency-section';
import { latencyQueries } from '../pages/service/service-source';
import { MetricsLoader } from '../pages/service/metrics-loader';
import { ServiceMapObject } from '../pages/service-map/service-map-scene-object';

/** What another app says of a service. */
export interface ExposedServiceProps {
  service: string;
  namespace?: string;
  /** Grafana's URL form: `now-1h`, or a date */
  from?: string;
  to?: string;
  /** uid of a Tempo data source */
  tempo?: string;
  /** uid of a PromQL data source */
  prometheus?: string;
}

function sceneOf(body: SceneObject, { from = 'now-1h', to = 'now', tempo, prometheus }: ExposedServiceProps) {
  return new EmbeddedScene({
    $timeRange: new SceneTimeRange({ from, to }),
    $variables: new SceneVariableSet({
      variables: [
        new ConstantVariable({ name: VARIABLES.tempo, value: tempo ?? '' }),
        new ConstantVariable({ name: VARIABLES.prometheus, value: prometheus ?? '' }),
      ],
    }),
    body,
  });
}

export interface ExposedMapProps extends ExposedServiceProps {
  /** px */
  height?: number;
}

const MAP_HEIGHT = 400;

/** The service with its callers and callees. */
export function ExposedServiceMap(props: ExposedMapProps) {
  const { service, namespace, from, to, tempo, prometheus, height = MAP_HEIGHT } = props;
  const scene = useMemo(() => {
    const map = new ServiceMapObject();
    map.setState({ focus: { id: serviceId(service, namespace), hops: 1 }, height });
    return sceneOf(map, { service, from, to, tempo, prometheus });
  }, [service, namespace, from, to, tempo, prometheus, height]);
  return <scene.Component model={scene} />;
}

/** Latency of the service with its exemplars, as chart and table. */
export function ExposedExemplars({ service, namespace, from, to, tempo, prometheus }: ExposedServiceProps) {
  const scene = useMemo(() => {
    const body = new MetricsLoader(
      (metrics) =>
        new LatencySection(
          latencyQueries(metrics ? { kind: 'promql', metrics } : { kind: 'traceql' }, { service, namespace }),
          { service, namespace }
        )
    );
    return sceneOf(body, { service, from, to, tempo, prometheus });
  }, [service, namespace, from, to, tempo, prometheus]);
  return <scene.Component model={scene} />;
}
