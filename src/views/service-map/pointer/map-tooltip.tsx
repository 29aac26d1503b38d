import React, { useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { getPortalContainer, useStyles2 } from '@grafana/ui';
import { testIds } from '../../../test-ids';
import { type Pointed } from './hit-test';
import { kindNames, servicesText } from '../kind-names';
import { type MapModel } from '../model/map-types';
import { type OperationsState } from '../operations/operations-state';
import { StatsList } from '../side-panel/stats-list';
import { type Point, type Size } from '../viewport/viewport';

interface MapTooltipProps {
  model: MapModel;
  pointed: Pointed;
  operations?: Pick<OperationsState, 'of'>;
  /** px of the map */
  at: Point;
  /** px of the map */
  size: Size;
}

const WIDTH = 280;
const DISTANCE = 14;
const MARGIN = 4;

/** Beside a place of the window, wholly in it */
export function tooltipPlace(at: Point, box: Size, window: Size): { left: number; top: number } {
  const isBelow = at.y + DISTANCE + box.height + MARGIN <= window.height;
  return {
    left: Math.max(MARGIN, Math.min(at.x + DISTANCE, window.width - box.width - MARGIN)),
    top: isBelow ? at.y + DISTANCE : Math.max(MARGIN, at.y - DISTANCE - box.height),
  };
}

/** Numbers of what the pointer is on. Small panels would cut it off, so it is over all that is on the page. */
export function MapTooltip({ model, pointed, operations, at, size }: MapTooltipProps) {
  const styles = useStyles2(getStyles);
  const map = useRef<HTMLDivElement>(null);
  const box = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<{ left: number; top: number }>();
  const { x, y } = at;
  useLayoutEffect(() => {
    if (map.current && box.current) {
      const corner = map.current.getBoundingClientRect();
      const seen = { width: window.innerWidth, height: window.innerHeight };
      setPlace(tooltipPlace({ x: corner.left + x, y: corner.top + y }, box.current.getBoundingClientRect(), seen));
    }
  }, [x, y, size, pointed]);
  const content = contentOf(model, pointed, operations);
  return content ? (
    <>
      <div ref={map} className={styles.map} />
      {createPortal(
        <div
          ref={box}
          className={styles.box}
          style={{ width: WIDTH, visibility: place ? undefined : 'hidden', ...place }}
          data-testid={testIds.serviceMap.tooltip}
          role="presentation"
        >
          <div className={styles.title}>{content.title}</div>
          <div className={styles.subtitle}>{content.subtitle}</div>
          <StatsList stats={content.stats} details={content.details} />
        </div>,
        // In full screen nothing else is to be seen.
        document.fullscreenElement ?? getPortalContainer()
      )}
    </>
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
    map: css({ position: 'absolute', inset: 0, pointerEvents: 'none' }),
    box: css({
      position: 'fixed',
      pointerEvents: 'none',
      zIndex: theme.zIndex.tooltip,
      maxWidth: '100%',
      color: theme.colors.text.primary,
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
