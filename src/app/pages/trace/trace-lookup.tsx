import React, { useState } from 'react';
import { t, Trans } from '@grafana/i18n';
import { locationService } from '@grafana/runtime';
import { type SceneComponentProps, SceneObjectBase, type SceneObjectState } from '@grafana/scenes';
import { Button, Field, Input, Stack, Text } from '@grafana/ui';
import { normalizeTraceId } from '../../../links/exemplars';
import { traceUrl } from '../../../links/urls';
import { type ReadFile } from '../../../views/trace-import/read-file';
import { TraceDrop } from '../../../views/trace-import/trace-drop';
import { linkContext } from '../../link-context';
import { ImportedFile } from './imported-file';

interface TraceLookupState extends SceneObjectState {
  /** An address that names no trace id */
  refused?: string;
}

/** Opens a trace by its id. */
export class TraceLookup extends SceneObjectBase<TraceLookupState> {
  static Component = TraceLookupRenderer;
}

function TraceLookupRenderer({ model }: SceneComponentProps<TraceLookup>) {
  const { refused } = model.useState();
  const [text, setText] = useState(refused ?? '');
  const [tried, setTried] = useState(refused !== undefined);
  const traceId = normalizeTraceId(text);
  const [file, setFile] = useState<ReadFile | undefined>(undefined);
  if (file) {
    return <ImportedFile file={file} context={linkContext(model)} onClose={() => setFile(undefined)} />;
  }
  return (
    <Stack direction="column" gap={3}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (traceId !== undefined) {
            locationService.push(traceUrl(traceId, linkContext(model)));
          }
        }}
      >
        <Stack direction="row" alignItems="flex-start" gap={1}>
          <Field
            noMargin
            label={t('traceatlas.trace.lookup', 'Trace id')}
            description={t(
              'traceatlas.trace.lookup-hint',
              '1 to 32 hexadecimal digits; zeros at the beginning may be missing.'
            )}
            invalid={tried && traceId === undefined}
            error={t('traceatlas.trace.lookup-invalid', 'This is not a trace id.')}
          >
            <Input
              id="traceatlas-trace-lookup"
              width={60}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
              autoFocus
              addonAfter={
                <Button type="submit" icon="search">
                  <Trans i18nKey="traceatlas.trace.open">Open trace</Trans>
                </Button>
              }
            />
          </Field>
        </Stack>
      </form>
      <div>
        <Text element="h3" variant="h5">
          <Trans i18nKey="traceatlas.import.title">Or open a file with traces</Trans>
        </Text>
        <Text element="p" color="secondary" variant="bodySmall">
          <Trans i18nKey="traceatlas.import.formats">
            OTLP, Tempo, Jaeger or Zipkin JSON, or a service graph that Grafana saved. The file stays on this computer.
          </Trans>
        </Text>
        <TraceDrop onRead={setFile} />
      </div>
    </Stack>
  );
}
