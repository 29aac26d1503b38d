import React from 'react';
import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { testIds } from '../../test-ids';
import { type Pointed } from './hit-test';
import { kindNames, servicesText } from './kind-names';
import { type MapModel } from './map-types';
import { type OperationsState } from './operations/operations-state';
import { StatsList } from './stats-list';
import { type Point, type Size } from './viewport';

interface MapTooltipProps {
  model: MapModel;
  pointed: Pointed;
  operations?: Pick<OperationsState, 'of'>;
  at: Point;
  size: Size;
}

const WIDTH = 280;
const ROOM = 150;
const DISTANCE = 14;

/** Numbers of what the pointer is on. */
export function MapTooltip({ model, pointed, operations, at, size }: MapTooltipProps) {
  const styles = useStyles2(getStyles);
  const left = Math.max(4, Math.min(at.x + DISTANCE, size.width - WIDTH - 4));
  const below = at.y + DISTANCE + ROOM < size.height;
  const place = below ? { top: at.y + DISTANCE } : { bottom: size.height - at.y + DISTANCE };
  const content = contentOf(model, pointed, operations);
  return content ? (
    <div
      className={styles.box}
      style={{ left, width: WIDTH, ...place }}
      data-testid={testIds.serviceMap.tooltip}
      role="presentation"
    >
      <div className={styles.title}>{content.title}</div>
      <div className={styles.subtitle}>{content.subtitle}</div>
      <StatsList stats={content.stats} details={content.details} />
    </div>
  ) : null;
}

function contentOf(model: MapModel, pointed: Pointed, operations?: Pick<OperationsState, 'of'>) {
  if (pointed.kind === 'group') {
    const group = model.groups.find(({ id }) => id === pointed.id);
    return (
      group && { title: group.name, subtitle: servicesText(group.services), stats: group.stats, details: undefined }
    );
  }
  if (pointed.kind === 'service') {
    const service = model.nodeById.get(pointed.id)?.service;
    const known = service && operations?.of(service);
    const operation = Array.isArray(known) ? known.find(({ name }) => name === pointed.operation) : undefined;
    if (service && operation) {
      return { title: operation.name, subtitle: service.name, stats: operation.stats, details: undefined };
    }
    const kind = service && kindNames()[service.kind];
    return (
      service && { ...service, title: service.name, subtitle: [kind, service.namespace].filter(Boolean).join(' · ') }
    );
  }
  const edge = model.edgeById.get(pointed.id);
  return (
    edge && {
      ...edge.call,
      title: `${edge.source.service.name} → ${edge.target.service.name}`,
      subtitle: '',
    }
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    box: css({
      position: 'absolute',
      pointerEvents: 'none',
      zIndex: 1,
      padding: theme.spacing(1, 1.5),
      borderRadius: theme.shape.radius.default,
      border: `1px solid ${theme.colors.border.weak}`,
      background: theme.colors.background.elevated,
      boxShadow: theme.shadows.z3,
      fontSize: theme.typography.bodySmall.fontSize,
    }),
    title: css({ fontWeight: theme.typography.fontWeightMedium, overflowWrap: 'anywhere' }),
    subtitle: css({ color: theme.colors.text.secondary, marginBottom: theme.spacing(0.5) }),
  };
}
