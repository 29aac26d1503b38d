/** The texts that a source file hands to t() and <Trans>, as i18next looks them up. */
import ts from 'typescript';

export interface TextUse {
  /** Dotted, with the suffix of the plural form where there is one */
  key: string;
  text: string;
  /** `file:line` */
  place: string;
}

export interface TextTree {
  [part: string]: string | TextTree;
}

const PLURAL_FORMS = ['one', 'other'];

/** A key that is not written out, or a text that cannot be read, is a problem: a translator would never see it. */
export function textsOfSource(file: string, source: string): { texts: TextUse[]; problems: string[] } {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const texts: TextUse[] = [];
  const problems: string[] = [];
  const { t, Trans } = importedNames(tree);

  const add = (
    node: ts.Node,
    key: string | undefined,
    text: string | undefined,
    plurals: Map<string, string> | null
  ) => {
    const place = `${file}:${tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1}`;
    if (key === undefined || text === undefined) {
      problems.push(`${place}: the ${key === undefined ? 'key' : 'text'} must be written out`);
    } else if (plurals) {
      PLURAL_FORMS.forEach((form) => texts.push({ key: `${key}_${form}`, text: plurals.get(form) ?? text, place }));
    } else {
      texts.push({ key, text, place });
    }
  };

  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && isNamed(node.expression, t)) {
      const [key, text, values] = node.arguments;
      add(node, literalText(key), literalText(text), pluralsOf(values));
    } else if (ts.isJsxElement(node) && isNamed(node.openingElement.tagName, Trans)) {
      const { attributes } = node.openingElement;
      const values = [attribute(attributes, 'values'), attribute(attributes, 'tOptions')];
      const hasCount = attribute(attributes, 'count') !== undefined;
      const plurals = values.map(pluralsOf).find((found) => found !== null) ?? (hasCount ? new Map() : null);
      add(node, literalText(attribute(attributes, 'i18nKey')), transText(node.children), plurals);
    } else if (ts.isJsxSelfClosingElement(node) && isNamed(node.tagName, Trans)) {
      const defaults = literalText(attribute(node.attributes, 'defaults'));
      add(node, literalText(attribute(node.attributes, 'i18nKey')), defaults, null);
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return { texts, problems };
}

/** Keys are sorted, so that a change of the source changes only its own lines. */
export function nestTexts(uses: TextUse[]): { texts: TextTree; problems: string[] } {
  const texts: TextTree = {};
  const problems: string[] = [];
  const seen = new Map<string, TextUse>();
  for (const use of [...uses].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))) {
    const earlier = seen.get(use.key);
    if (earlier && earlier.text !== use.text) {
      problems.push(`${use.place}: "${use.key}" has another text at ${earlier.place}`);
    }
    seen.set(use.key, use);
    if (!insert(texts, use.key.split('.'), use.text)) {
      problems.push(`${use.place}: "${use.key}" is both a text and the beginning of other keys`);
    }
  }
  return { texts, problems };
}

function insert(tree: TextTree, [part, ...rest]: string[], text: string): boolean {
  const existing = tree[part];
  if (rest.length === 0) {
    tree[part] = text;
    return existing === undefined || typeof existing === 'string';
  }
  if (typeof existing === 'string') {
    return false;
  }
  const branch = existing ?? {};
  tree[part] = branch;
  return insert(branch, rest, text);
}

/** @grafana/i18n, and our own `t` on top of it. */
function isI18nModule(specifier: string | undefined): boolean {
  return specifier === '@grafana/i18n' || specifier?.endsWith('/i18n/translate') === true;
}

/** What the file calls the functions of i18n. */
function importedNames(tree: ts.SourceFile): { t?: string; Trans?: string } {
  const names: { t?: string; Trans?: string } = {};
  for (const statement of tree.statements) {
    const bindings = ts.isImportDeclaration(statement) ? statement.importClause?.namedBindings : undefined;
    if (
      !ts.isImportDeclaration(statement) ||
      !isI18nModule(literalText(statement.moduleSpecifier)) ||
      !bindings ||
      !ts.isNamedImports(bindings)
    ) {
      continue;
    }
    for (const { name, propertyName } of bindings.elements) {
      const imported = (propertyName ?? name).text;
      if (imported === 't' || imported === 'Trans') {
        names[imported] = name.text;
      }
    }
  }
  return names;
}

function isNamed(node: ts.Node, name: string | undefined): boolean {
  return name !== undefined && ts.isIdentifier(node) && node.text === name;
}

/** Of a string, of strings joined by `+`, and of either in braces. */
function literalText(node: ts.Node | undefined): string | undefined {
  if (!node) {
    return undefined;
  }
  if (ts.isStringLiteralLike(node)) {
    return node.text;
  }
  if (ts.isJsxExpression(node) || ts.isParenthesizedExpression(node)) {
    return literalText(node.expression);
  }
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    const [left, right] = [literalText(node.left), literalText(node.right)];
    return left === undefined || right === undefined ? undefined : left + right;
  }
  return undefined;
}

function attribute(attributes: ts.JsxAttributes, name: string): ts.Node | undefined {
  const found = attributes.properties.find((one) => ts.isJsxAttribute(one) && one.name.getText() === name);
  return found && ts.isJsxAttribute(found) ? found.initializer : undefined;
}

/** Null without a `count`: the text has one form. The forms that `defaultValue_one` and the like name differ from the text. */
function pluralsOf(node: ts.Node | undefined): Map<string, string> | null {
  const values = node && ts.isJsxExpression(node) ? node.expression : node;
  if (!values || !ts.isObjectLiteralExpression(values)) {
    return null;
  }
  const forms = new Map<string, string>();
  let hasCount = false;
  for (const property of values.properties) {
    const name =
      property.name && (ts.isIdentifier(property.name) || ts.isStringLiteral(property.name)) ? property.name.text : '';
    hasCount ||= name === 'count';
    const text = ts.isPropertyAssignment(property) ? literalText(property.initializer) : undefined;
    if (name.startsWith('defaultValue_') && text !== undefined) {
      forms.set(name.slice('defaultValue_'.length), text);
    }
  }
  return hasCount ? forms : null;
}

/** As react-i18next writes children (https://react.i18next.com/latest/trans-component): elements become numbered tags. */
function transText(children: readonly ts.JsxChild[]): string | undefined {
  let text = '';
  let index = 0;
  for (const child of children) {
    if (ts.isJsxText(child)) {
      const written = jsxText(child.text);
      text += written;
      index += written === '' ? 0 : 1;
      continue;
    }
    const piece = childText(child, index);
    if (piece === undefined) {
      return undefined;
    }
    text += piece;
    index += ts.isJsxExpression(child) && !child.expression ? 0 : 1;
  }
  return text;
}

function childText(child: Exclude<ts.JsxChild, ts.JsxText>, index: number): string | undefined {
  if (ts.isJsxExpression(child)) {
    return child.expression ? (literalText(child) ?? placeholder(child.expression)) : '';
  }
  if (ts.isJsxSelfClosingElement(child)) {
    return child.tagName.getText() === 'br' ? '<br/>' : `<${index}></${index}>`;
  }
  const inner = transText(child.children);
  if (inner === undefined) {
    return undefined;
  }
  const tag = keptTag(child) ?? String(index);
  return `<${tag}>${inner}</${tag}>`;
}

/** Simple elements without attributes keep their names. */
function keptTag(child: ts.JsxElement | ts.JsxFragment): string | undefined {
  if (!ts.isJsxElement(child) || child.openingElement.attributes.properties.length > 0) {
    return undefined;
  }
  const tag = child.openingElement.tagName.getText();
  const isText = child.children.every((one) => ts.isJsxText(one));
  return isText && ['strong', 'i', 'p'].includes(tag) ? tag : undefined;
}

/** `{{ name }}` in JSX is an object with one property. */
function placeholder(node: ts.Expression): string | undefined {
  if (!ts.isObjectLiteralExpression(node) || node.properties.length !== 1) {
    return undefined;
  }
  const { name } = node.properties[0];
  return name && ts.isIdentifier(name) ? `{{${name.text}}}` : undefined;
}

/** JSX drops line breaks with the space around them, and empty lines. */
function jsxText(text: string): string {
  const lines = text.split(/\r?\n/);
  return lines
    .map((line, index) => {
      const start = index === 0 ? line : line.replace(/^[ \t]+/, '');
      return index === lines.length - 1 ? start : start.replace(/[ \t]+$/, '');
    })
    .filter((line) => line !== '')
    .join(' ');
}
