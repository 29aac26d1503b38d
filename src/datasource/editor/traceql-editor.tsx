import React, { useCallback, useEffect, useRef, useState } from 'react';
import { css } from '@emotion/css';
import { type DataQueryError, type GrafanaTheme2, type TimeRange } from '@grafana/data';
import { t } from '@grafana/i18n';
import { CodeEditor, type Monaco, type MonacoEditor, useStyles2 } from '@grafana/ui';
import { testIds } from '../../test-ids';
import { type TempoDataSource } from '../data-source';
import { diagnose, errorMarker, toMonacoMarker } from './monaco-markers';
import { registerTraceql, setModelContext, TRACEQL_LANGUAGE } from './monaco-traceql';

interface TraceqlEditorProps {
  value: string;
  /** Where tag names and values come from */
  datasource: Pick<TempoDataSource, 'tags'>;
  range?: TimeRange;
  /** What Tempo said of the query that ran last */
  errors: DataQueryError[];
  onChange: (text: string) => void;
  onRunQuery: () => void;
}

const MARKER_OWNER = 'traceatlas-traceql';
const MARKER_DELAY_MS = 500;
const MIN_HEIGHT = 36;
const MAX_HEIGHT = 1000;

const MONACO_OPTIONS = {
  codeLens: false,
  contextmenu: false,
  fixedOverflowWidgets: true,
  folding: false,
  fontSize: 14,
  lineDecorationsWidth: 8,
  lineNumbersMinChars: 0,
  overviewRulerBorder: false,
  overviewRulerLanes: 0,
  padding: { top: 6, bottom: 6 },
  renderLineHighlight: 'none' as const,
  scrollBeyondLastLine: false,
  scrollbar: { alwaysConsumeMouseWheel: false },
  suggestSelection: 'first' as const,
  wordWrap: 'on' as const,
};

interface Mounted {
  editor: MonacoEditor;
  monaco: Monaco;
}

export function TraceqlEditor({ value, datasource, range, errors, onChange, onRunQuery }: TraceqlEditorProps) {
  const styles = useStyles2(getStyles);
  const [mounted, setMounted] = useState<Mounted>();
  const [height, setHeight] = useState(MIN_HEIGHT);
  // Monaco keeps the callbacks of its first render.
  const latest = useRef({ onChange, onRunQuery });
  useEffect(() => {
    latest.current = { onChange, onRunQuery };
  });

  const onMount = useCallback((editor: MonacoEditor, monaco: Monaco) => {
    editor.addAction({
      id: 'traceatlas-run-query',
      label: t('traceatlas.datasource.editor.run', 'Run query'),
      keybindings: [monaco.KeyMod.Shift | monaco.KeyCode.Enter],
      run: () => {
        latest.current.onChange(editor.getValue());
        latest.current.onRunQuery();
      },
    });
    const fit = () => setHeight(Math.min(MAX_HEIGHT, Math.max(MIN_HEIGHT, editor.getContentHeight())));
    editor.onDidContentSizeChange(fit);
    fit();
    setMounted({ editor, monaco });
  }, []);

  useEffect(() => {
    const model = mounted?.editor.getModel();
    if (model) {
      setModelContext(model, { tags: datasource.tags, range });
    }
  }, [mounted, datasource, range]);

  useMarkers(mounted, value, errors);

  return (
    <div className={styles.frame} data-testid={testIds.datasource.traceqlEditor}>
      <CodeEditor
        value={value}
        language={TRACEQL_LANGUAGE}
        height={height}
        showLineNumbers={false}
        showMiniMap={false}
        monacoOptions={{ ...MONACO_OPTIONS, ariaLabel: t('traceatlas.datasource.editor.query', 'TraceQL query') }}
        onBeforeEditorMount={registerTraceql}
        onEditorDidMount={onMount}
        onChange={onChange}
        onBlur={onChange}
      />
      {value === '' && <span className={styles.placeholder}>{placeholderText()}</span>}
    </div>
  );
}

function placeholderText(): string {
  return t('traceatlas.datasource.editor.placeholder', 'Enter a TraceQL query or trace ID (run with Shift+Enter)');
}

/** Own findings after a pause in typing; Tempo's error until the text changes. */
function useMarkers(mounted: Mounted | undefined, text: string, errors: DataQueryError[]) {
  const failed = useRef<{ errors: DataQueryError[]; text: string }>(undefined);
  useEffect(() => {
    const model = mounted?.editor.getModel();
    if (!mounted || !model) {
      return undefined;
    }
    if (errors.length > 0 && failed.current?.errors[0] !== errors[0]) {
      failed.current = { errors, text };
    }
    const timer = setTimeout(() => {
      const own = diagnose(text);
      const fromTempo = failed.current?.text === text && errors.length > 0 ? errors : [];
      const texts = own.some(({ severity }) => severity === 'error')
        ? own
        : [...own, ...fromTempo.map((error) => errorMarker(text, error))];
      const markers = texts.map((one) => toMonacoMarker(model, one, mounted.monaco.MarkerSeverity));
      mounted.monaco.editor.setModelMarkers(model, MARKER_OWNER, markers);
    }, MARKER_DELAY_MS);
    return () => clearTimeout(timer);
  }, [mounted, text, errors]);
}

const getStyles = (theme: GrafanaTheme2) => ({
  frame: css({
    border: `1px solid ${theme.components.input.borderColor}`,
    borderRadius: theme.shape.radius.default,
    overflow: 'hidden',
    position: 'relative',
    width: '100%',
  }),
  // Grafana's Monaco has no placeholder of its own.
  placeholder: css({
    color: theme.colors.text.disabled,
    fontFamily: theme.typography.fontFamilyMonospace,
    left: theme.spacing(2),
    pointerEvents: 'none',
    position: 'absolute',
    top: theme.spacing(1),
  }),
});
