import { styleTags, tags } from '@lezer/highlight';

/** For editors that take Lezer's highlighting tags; `language/highlight.ts` has the classes that others use. */
export const traceqlHighlighting = styleTags({
  LineComment: tags.lineComment,
  BlockComment: tags.blockComment,
  String: tags.string,
  'Integer Float Duration': tags.number,
  'Boolean/... Status/... Kind/... NamedConstant/... Nil/...': tags.atom,
  'Intrinsic/... ScopedIntrinsic': tags.special(tags.propertyName),
  Attribute: tags.propertyName,
  'FunctionName/... AggregateName/...': tags.function(tags.name),
  'Keyword/...': tags.keyword,
  'Operator/... Pipe': tags.operator,
  HintName: tags.attributeName,
  '{ }': tags.brace,
  '( )': tags.paren,
  ',': tags.separator,
});
