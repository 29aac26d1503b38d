import { type Monaco, type monacoTypes } from '@grafana/ui';
import {
  completionProvider,
  fixProvider,
  formattingProvider,
  hoverProvider,
  signatureProvider,
  type ModelContext,
} from './monaco-providers';
import { languageConfiguration, monarchLanguage } from './monarch-language';

/** An id of our own: Grafana's Tempo data source registers "traceql" with its own completion. */
export const TRACEQL_LANGUAGE = 'traceatlas-traceql';

/** Monaco's providers are global, so each editor leaves its context with its text model. */
const contexts = new WeakMap<monacoTypes.editor.ITextModel, ModelContext>();

export function setModelContext(model: monacoTypes.editor.ITextModel, context: ModelContext): void {
  contexts.set(model, context);
}

/** Safe to call for every editor: the language is registered once for each page. */
export function registerTraceql(monaco: Monaco): void {
  const { languages } = monaco;
  if (languages.getLanguages().some(({ id }) => id === TRACEQL_LANGUAGE)) {
    return;
  }
  languages.register({ id: TRACEQL_LANGUAGE });
  languages.setLanguageConfiguration(TRACEQL_LANGUAGE, languageConfiguration);
  languages.setMonarchTokensProvider(TRACEQL_LANGUAGE, monarchLanguage);
  languages.registerCompletionItemProvider(
    TRACEQL_LANGUAGE,
    completionProvider(monaco, (model) => contexts.get(model))
  );
  languages.registerHoverProvider(TRACEQL_LANGUAGE, hoverProvider());
  languages.registerSignatureHelpProvider(TRACEQL_LANGUAGE, signatureProvider());
  languages.registerCodeActionProvider(TRACEQL_LANGUAGE, fixProvider());
  languages.registerDocumentFormattingEditProvider(TRACEQL_LANGUAGE, formattingProvider());
}
