import { css } from '@emotion/css';
import React, { useMemo, useRef, useState } from 'react';
import { type GrafanaTheme2 } from '@grafana/data';
import { t } from '@grafana/i18n';
import { Button, Stack, Text, useStyles2 } from '@grafana/ui';
import { serviceUrl, traceUrl, type LinkContext } from '../../../links/urls';
import { fromNodeGraphFrames } from '../../../servicegraph/from-frames';
import { type GraphOfFile } from '../../../tempo/files/read-trace-file';
import { testIds } from '../../../test-ids';
import { type Trace } from '../../../trace/model';
import { serviceNameOf, serviceNamespaceOf } from '../../../trace/service-name';
import { type Selection } from '../../../views/service-map/selection';
import { ServiceMap } from '../../../views/service-map/service-map';
import { useRemainingHeight } from '../../../views/shared/use-remaining-height';
import { useSize } from '../../../views/shared/use-size';
import { type ReadFile } from '../../../views/trace-import/read-file';
import { TraceList } from '../../../views/trace-import/trace-list';
import { TraceTimeline } from '../../../views/trace/trace-timeline';

interface Props {
  file: ReadFile;
  context: LinkContext;
  onClose: () => void;
}

/** What a file holds, without any data source: its trace, the list of its traces, or its service graph. */
export function ImportedFile({ file: { name, content }, context, onClose }: Props) {
  const only = content.type === 'traces' && content.traces.length === 1 ? content.traces[0] : undefined;
  const [opened, setOpened] = useState<Trace | undefined>(undefined);
  const place = useRef<HTMLDivElement>(null);
  const height = useRemainingHeight(place);
  const styles = useStyles2(getStyles);
  const trace = only ?? opened;
  return (
    <div ref={place} className={styles.file} style={{ height }}>
      <Stack direction="row" alignItems="center" gap={1}>
        <Text color="secondary">
          {t('traceatlas.import.of-file', 'From the file {{name}} on this computer', { name })}
        </Text>
        {opened && (
          <Button size="sm" variant="secondary" icon="list-ul" onClick={() => setOpened(undefined)}>
            {t('traceatlas.import.all-traces', 'All traces of the file')}
          </Button>
        )}
        <Button size="sm" variant="secondary" icon="times" onClick={onClose} data-testid={testIds.traceImport.clear}>
          {t('traceatlas.import.close', 'Close the file')}
        </Button>
      </Stack>
      {trace && (
        <OneTrace trace={trace} partial={content.type === 'traces' ? content.partial : undefined} context={context} />
      )}
      {!trace && content.type === 'traces' && (
        <div className={styles.list}>
          <TraceList traces={content.traces} onOpen={setOpened} />
        </div>
      )}
      {content.type === 'graph' && <Graph content={content} />}
    </div>
  );
}

function OneTrace({ trace, partial, context }: { trace: Trace; partial?: string; context: LinkContext }) {
  const [spanId, setSpanId] = useState<string | undefined>(undefined);
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.content}>
      <TraceTimeline
        trace={trace}
        partial={partial}
        spanId={spanId}
        onSelectSpan={setSpanId}
        serviceHref={(span) => serviceUrl(serviceNameOf(span), { ...context, namespace: serviceNamespaceOf(span) })}
        traceHref={(traceId, linked) => traceUrl(traceId, { ...context, spanId: linked })}
      />
    </div>
  );
}

function Graph({ content }: { content: GraphOfFile }) {
  const [selected, setSelected] = useState<Selection | undefined>(undefined);
  const graph = useMemo(() => fromNodeGraphFrames(content.frames), [content]);
  const place = useRef<HTMLDivElement>(null);
  const size = useSize(place);
  const styles = useStyles2(getStyles);
  return (
    <div ref={place} className={styles.content}>
      {size && (
        <ServiceMap graph={graph} width={size.width} height={size.height} selected={selected} onSelect={setSelected} />
      )}
    </div>
  );
}

function getStyles(theme: GrafanaTheme2) {
  return {
    file: css({
      display: 'flex',
      flexDirection: 'column',
      flexGrow: 1,
      gap: theme.spacing(1),
      width: '100%',
      minWidth: 0,
      minHeight: 0,
    }),
    list: css({ flexGrow: 1, minHeight: 0, overflow: 'auto' }),
    content: css({ flexGrow: 1, minHeight: 0 }),
  };
}
