import { type TimeRange } from '@grafana/data';
import { type Monaco, type monacoTypes } from '@grafana/ui';
import { type TagSource } from '../tags/tag-source';
import { languageConfiguration, monarchLanguage } from './monarch-language';

/** An id of our own: Grafana's Tempo data source registers "traceql" with its own completion. */
export const TRACEQL_LANGUAGE = 'traceatlas-traceql';

/** What completion needs to know of the editor it runs in. */
export interface ModelContext {
  tags: TagSource;
  range?: TimeRange;
}

/** Monaco's providers are global, so each editor leaves its context with its text model. */
const contexts = new WeakMap<monacoTypes.editor.ITextModel, ModelContext>();

export function setModelContext(model: monacoTypes.editor.ITextModel, context: ModelContext): void {
  contexts.set(model, context);
}

/** Safe to call for every editor: the language is registered once for each page. */
export function registerTraceql(monaco: Monaco): void {
  if (monaco.languages.getLanguages().some(({ id }) => id === TRACEQL_LANGUAGE)) {
    return;
  }
  monaco.languages.register({ id: TRACEQL_LANGUAGE });
  monaco.languages.setLanguageConfiguration(TRACEQL_LANGUAGE, languageConfiguration);
  monaco.languages.setMonarchTokensProvider(TRACEQL_LANGUAGE, monarchLanguage);
}
