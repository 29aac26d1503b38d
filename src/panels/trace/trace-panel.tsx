import React, { useState } from 'react';
import { type PanelProps } from '@grafana/data';
import { t } from '@grafana/i18n';
import { PanelDataErrorView } from '@grafana/runtime';
import { serviceUrl, traceUrl } from '../../links/urls';
import { isTraceFrame, traceFromFrameSteps } from '../../trace/from-frame';
import { type Span } from '../../trace/model';
import { serviceNameOf, serviceNamespaceOf } from '../../trace/service-name';
import { PreparingTrace, TraceTimeline } from '../../views/trace/trace-timeline';
import { useSliced } from '../../views/shared/use-sliced';

/** The trace of the first frame that holds one, of whatever data source. */
export function TracePanel({ id, data, width, height, timeZone, fieldConfig }: PanelProps) {
  const [spanId, setSpanId] = useState<string | undefined>(undefined);
  const frame = data.series.find(isTraceFrame);
  const { result: found, isWorking } = useSliced(frame, frame?.length ?? 0, traceFromFrameSteps);
  if (!found && isWorking) {
    return <PreparingTrace />;
  }

  if (!frame || !found || found.trace.spans.length === 0) {
    return (
      <PanelDataErrorView
        panelId={id}
        fieldConfig={fieldConfig}
        data={data}
        message={t('traceatlas.trace.panel-no-trace', 'No trace to show. Query a Tempo data source for one trace id.')}
      />
    );
  }
  const context = {
    from: data.timeRange.raw.from.valueOf(),
    to: data.timeRange.raw.to.valueOf(),
    tempo: tempoUid(data),
  };
  return (
    <div style={{ width, height }}>
      <TraceTimeline
        trace={found.trace}
        partial={found.partial}
        timeZone={timeZone}
        spanId={spanId}
        onSelectSpan={setSpanId}
        serviceHref={(span: Span) =>
          serviceUrl(serviceNameOf(span), { ...context, namespace: serviceNamespaceOf(span) })
        }
        traceHref={(traceId, linkedSpanId) => traceUrl(traceId, { ...context, spanId: linkedSpanId })}
      />
    </div>
  );
}

/** The data source that the panel's own query names. */
function tempoUid({ request }: PanelProps['data']): string | undefined {
  return request?.targets[0]?.datasource?.uid;
}
