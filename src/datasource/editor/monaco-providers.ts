import { type TimeRange } from '@grafana/data';
import { type Monaco, type monacoTypes } from '@grafana/ui';
import { complete } from '../../traceql/language/completion';
import { hover } from '../../traceql/language/hover';
import { signatureAt } from '../../traceql/language/signature';
import { formatWithVariables } from '../../traceql/variables';
import { type Suggestion, type SuggestionKind } from '../../traceql/language/suggestions';
import { completionContext } from './completion-context';
import { diagnoseWithVariables } from './diagnose-with-variables';
import { type TagSource } from '../tags/tag-source';

type TextModel = monacoTypes.editor.ITextModel;

/** What completion needs to know of the editor it runs in. */
export interface ModelContext {
  tags: TagSource;
  range?: TimeRange;
}

/** Characters after which suggestions appear by themselves. */
const TRIGGERS = ['{', '.', '(', '=', '~', ' ', '"', '|', ':'];

export function completionProvider(
  monaco: Monaco,
  contextOf: (model: TextModel) => ModelContext | undefined
): monacoTypes.languages.CompletionItemProvider {
  return {
    triggerCharacters: TRIGGERS,
    provideCompletionItems: async (model, position) => {
      const context = contextOf(model);
      if (!context) {
        return { suggestions: [] };
      }
      const { from, to, suggestions, isIncomplete } = await complete(
        model.getValue(),
        model.getOffsetAt(position),
        completionContext(context.tags, context.range)
      );
      const range = toRange(model, from, to);
      return {
        incomplete: isIncomplete,
        suggestions: suggestions.map((suggestion, index) => toCompletionItem(monaco, suggestion, index, range)),
      };
    },
  };
}

export function hoverProvider(): monacoTypes.languages.HoverProvider {
  return {
    provideHover: (model, position) => {
      const found = hover(model.getValue(), model.getOffsetAt(position));
      if (!found) {
        return null;
      }
      const { signature, description, example } = found.entry;
      const parts = [`\`${signature}\``, description, ...(example ? [`\`${example}\``] : [])];
      return { range: toRange(model, found.from, found.to), contents: parts.map((value) => ({ value })) };
    },
  };
}

export function signatureProvider(): monacoTypes.languages.SignatureHelpProvider {
  return {
    signatureHelpTriggerCharacters: ['(', ','],
    signatureHelpRetriggerCharacters: [')'],
    provideSignatureHelp: (model, position) => {
      const help = signatureAt(model.getValue(), model.getOffsetAt(position));
      if (!help) {
        return null;
      }
      const { entry, parameters, active } = help;
      const signature = {
        label: entry.signature,
        documentation: entry.description,
        parameters: parameters.map((label) => ({ label })),
      };
      return {
        value: { signatures: [signature], activeSignature: 0, activeParameter: active },
        dispose: () => undefined,
      };
    },
  };
}

/** "Quick fix" of what the parser found. */
export function fixProvider(): monacoTypes.languages.CodeActionProvider {
  return {
    provideCodeActions: (model, range) => {
      const from = model.getOffsetAt({ lineNumber: range.startLineNumber, column: range.startColumn });
      const to = model.getOffsetAt({ lineNumber: range.endLineNumber, column: range.endColumn });
      const actions = diagnoseWithVariables(model.getValue())
        .filter((diagnostic) => diagnostic.from <= to && diagnostic.to >= from)
        .flatMap(({ fixes }) => fixes)
        .map((fix) => ({
          title: fix.title,
          kind: 'quickfix',
          edit: {
            edits: [
              {
                resource: model.uri,
                versionId: model.getVersionId(),
                textEdit: { range: toRange(model, fix.from, fix.to), text: fix.text },
              },
            ],
          },
        }));
      return { actions, dispose: () => undefined };
    },
  };
}

export function formattingProvider(): monacoTypes.languages.DocumentFormattingEditProvider {
  return {
    provideDocumentFormattingEdits: (model) => [
      { range: model.getFullModelRange(), text: formatWithVariables(model.getValue()) },
    ],
  };
}

export function toRange(model: Pick<TextModel, 'getPositionAt'>, from: number, to: number): monacoTypes.IRange {
  const start = model.getPositionAt(from);
  const end = model.getPositionAt(to);
  return {
    startLineNumber: start.lineNumber,
    startColumn: start.column,
    endLineNumber: end.lineNumber,
    endColumn: end.column,
  };
}

function toCompletionItem(
  monaco: Monaco,
  { label, kind, insertText, isSnippet, detail, documentation }: Suggestion,
  index: number,
  range: monacoTypes.IRange
): monacoTypes.languages.CompletionItem {
  return {
    label,
    kind: itemKind(monaco, kind),
    insertText,
    insertTextRules: isSnippet ? monaco.languages.CompletionItemInsertTextRule.InsertAsSnippet : undefined,
    detail,
    documentation,
    range,
    // Ours is an order of likelihood; Monaco's would be the alphabet.
    sortText: String(index).padStart(5, '0'),
    filterText: insertText.startsWith('"') ? insertText : undefined,
    command: nextStep(kind, insertText),
  };
}

/** What helps right after a suggestion was taken: its arguments, or what comes next. */
function nextStep(kind: SuggestionKind, insertText: string): monacoTypes.languages.Command | undefined {
  if (kind === 'function' && insertText.includes('$0')) {
    return { id: 'editor.action.triggerParameterHints', title: '' };
  }
  const goesOn = kind === 'scope' || kind === 'snippet' || insertText.endsWith(' ') || insertText.endsWith('=');
  return goesOn ? { id: 'editor.action.triggerSuggest', title: '' } : undefined;
}

function itemKind({ languages }: Monaco, kind: SuggestionKind): monacoTypes.languages.CompletionItemKind {
  const { CompletionItemKind } = languages;
  switch (kind) {
    case 'function':
      return CompletionItemKind.Function;
    case 'operator':
      return CompletionItemKind.Operator;
    case 'intrinsic':
      return CompletionItemKind.Field;
    case 'attribute':
      return CompletionItemKind.Property;
    case 'scope':
      return CompletionItemKind.Module;
    case 'value':
      return CompletionItemKind.Value;
    case 'snippet':
      return CompletionItemKind.Snippet;
    default:
      return CompletionItemKind.Keyword;
  }
}
