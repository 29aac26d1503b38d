import { css } from '@emotion/css';
import React from 'react';
import { type GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { type SceneComponentProps, SceneObjectBase, type SceneObjectState } from '@grafana/scenes';
import { useStyles2 } from '@grafana/ui';
import { serviceMapUrl, serviceUrl } from '../../../links/urls';
import { type Service, type ServiceGraph, serviceId } from '../../../servicegraph/model';
import { testIds } from '../../../test-ids';
import { linkContext } from '../../link-context';
import { GraphSource } from '../service-map/graph-source';
import { LinkButton } from '../../../views/link-button';
import { Link } from '../../../views/trace/link';

interface ServiceNeighboursState extends SceneObjectState {
  service: string;
  namespace?: string;
  source: GraphSource;
}

/** Who calls the service and whom it calls, with a way to its place on the map. */
export class ServiceNeighbours extends SceneObjectBase<ServiceNeighboursState> {
  static Component = ServiceNeighboursRenderer;

  constructor(service: string, namespace?: string) {
    super({ service, namespace, source: new GraphSource() });
    this.addActivationHandler(() => this.state.source.activate());
  }
}

interface Neighbours {
  /** Service.id on the map */
  id: string;
  callers: Service[];
  callees: Service[];
}

/** undefined when the graph does not have the service. Without a namespace the first of that name is taken. */
export function neighboursOf(graph: ServiceGraph, name: string, namespace?: string): Neighbours | undefined {
  const wanted = serviceId(name, namespace);
  const found =
    graph.services.find(({ id }) => id === wanted) ?? graph.services.find((service) => service.name === name);
  if (!found) {
    return undefined;
  }
  const byId = new Map(graph.services.map((service) => [service.id, service]));
  const others = (ids: string[]) => [...new Set(ids)].flatMap((id) => byId.get(id) ?? []);
  return {
    id: found.id,
    callers: others(graph.calls.filter(({ target }) => target === found.id).map(({ source }) => source)),
    callees: others(graph.calls.filter(({ source }) => source === found.id).map(({ target }) => target)),
  };
}

function ServiceNeighboursRenderer({ model }: SceneComponentProps<ServiceNeighbours>) {
  const { service, namespace, source } = model.useState();
  const { graph } = source.useState();
  const styles = useStyles2(getStyles);
  const context = linkContext(model);
  const neighbours = graph && neighboursOf(graph, service, namespace);
  const focus = neighbours?.id ?? serviceId(service, namespace);
  const href = (other: Service) => serviceUrl(other.name, { ...context, namespace: other.namespace });
  return (
    <div className={styles.bar} data-testid={testIds.service.neighbours}>
      <Names label={t('traceatlas.service.callers', 'Called by')} services={neighbours?.callers} href={href} />
      <Names label={t('traceatlas.service.callees', 'Calls')} services={neighbours?.callees} href={href} />
      <LinkButton
        className={styles.map}
        size="sm"
        variant="secondary"
        icon="sitemap"
        href={serviceMapUrl({ ...context, focus, selected: focus })}
      >
        {t('traceatlas.service.show-on-map', 'Show on the map')}
      </LinkButton>
    </div>
  );
}

interface NamesProps {
  label: string;
  services: Service[] | undefined;
  href: (service: Service) => string;
}

function Names({ label, services, href }: NamesProps) {
  const styles = useStyles2(getStyles);
  return services && services.length > 0 ? (
    <div className={styles.names}>
      <span className={styles.label}>{label}</span>
      {services.map((service) =>
        service.kind === 'service' ? (
          <Link key={service.id} href={href(service)}>
            {service.name}
          </Link>
        ) : (
          <span key={service.id} className={styles.plain}>
            {service.name}
          </span>
        )
      )}
    </div>
  ) : null;
}

function getStyles(theme: GrafanaTheme2) {
  return {
    bar: css({
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      gap: theme.spacing(0.5, 3),
      minHeight: theme.spacing(3),
      marginBottom: theme.spacing(1),
    }),
    names: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(0, 1.5) }),
    label: css({ ...theme.typography.bodySmall, color: theme.colors.text.secondary }),
    plain: css({ ...theme.typography.bodySmall }),
    map: css({ marginLeft: 'auto' }),
  };
}
