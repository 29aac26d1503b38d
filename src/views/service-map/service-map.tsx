import React, { useEffect, useMemo, useRef } from 'react';
import { css } from '@emotion/css';
import { type GrafanaTheme2 } from '@grafana/data';
import { Alert, LoadingBar, useStyles2 } from '@grafana/ui';
import { t } from '../../i18n/translate';
import { focusOn } from '../../servicegraph/focus';
import { prepareLayoutWorker } from '../../servicegraph/layout/spare-worker';
import { type ServiceGraph } from '../../servicegraph/model';
import { testIds } from '../../test-ids';
import { EmptyMap } from './controls/empty-map';
import { type Surface } from './drawing/palette';
import { LoadedMap } from './loaded-map';
import { type ServiceMapProps } from './service-map-props';
import { useFullScreen } from './viewport/use-full-screen';

export { type Focus, type ServiceMapProps } from './service-map-props';

const EMPTY_GRAPH: ServiceGraph = { services: [], calls: [], notices: [] };

/** A service graph to look at, move in, search, and act on. */
export function ServiceMap(props: ServiceMapProps) {
  const { graph, error, loading, focus, surface = 'primary' } = props;
  const root = useRef<HTMLDivElement>(null);
  const fullScreen = useFullScreen(root);
  const { width, height } = fullScreen.size ?? props;
  const styles = useStyles2(getStyles, surface);
  const isWaiting = graph === undefined;
  // All parts are there unseen while the data is under way, which then only has to be drawn.
  const isRehearsal = isWaiting && loading === true && !error;
  useEffect(() => {
    if (isWaiting) {
      prepareLayoutWorker();
    }
  }, [isWaiting]);
  const shown = useMemo(
    () => (graph && focus ? focusOn(graph, focus.id, focus.hops) : (graph ?? EMPTY_GRAPH)),
    [graph, focus]
  );
  return (
    <div
      ref={root}
      className={styles.root}
      style={{ width, height }}
      data-testid={testIds.serviceMap.root}
      aria-busy={loading}
    >
      {loading && (
        <div className={styles.loading}>
          <LoadingBar width={width} />
        </div>
      )}
      {error && (
        <Alert
          severity="error"
          title={t('traceatlas.service-map.error', 'The service map could not be loaded')}
          data-testid={testIds.serviceMap.error}
        >
          {error}
        </Alert>
      )}
      {isRehearsal || shown.services.length > 0 ? (
        <div className={isRehearsal ? styles.unseen : styles.parts} aria-hidden={isRehearsal || undefined}>
          <LoadedMap
            {...props}
            width={width}
            height={height}
            graph={shown}
            onFullScreen={fullScreen.toggle}
            isRehearsal={isRehearsal}
          />
        </div>
      ) : (
        graph && !error && <EmptyMap {...props} graph={graph} />
      )}
    </div>
  );
}

function getStyles(theme: GrafanaTheme2, surface: Surface) {
  return {
    root: css({
      position: 'relative',
      overflow: 'hidden',
      display: 'flex',
      flexDirection: 'column',
      // Full screen has no page behind it, and labels of calls are on the ground that the page has.
      '&:fullscreen': { background: theme.colors.background[surface] },
    }),
    parts: css({ display: 'contents' }),
    unseen: css({ display: 'contents', visibility: 'hidden', pointerEvents: 'none' }),
    loading: css({ position: 'absolute', top: 0, left: 0, right: 0, zIndex: 2 }),
  };
}
