import { nestTexts, textsOfSource } from './texts-of-source';

const IMPORT = "import { t, Trans } from '@grafana/i18n';\n";
const read = (source: string) => textsOfSource('a.tsx', IMPORT + source);
const pairs = (source: string) => read(source).texts.map(({ key, text }) => [key, text]);

describe('textsOfSource', () => {
  it.each([
    ["t('a.b', 'One text')", [['a.b', 'One text']]],
    ["t('a', 'Split ' + 'in two')", [['a', 'Split in two']]],
    ['<Trans i18nKey="a">Two\n      lines</Trans>', [['a', 'Two lines']]],
    ['<Trans i18nKey="a">See <a href="x">the docs</a> first</Trans>', [['a', 'See <1>the docs</1> first']]],
    ['<Trans i18nKey="a">Very <strong>bold</strong></Trans>', [['a', 'Very <strong>bold</strong>']]],
    ["<Trans i18nKey='a'>{'{{name}} and '}{{ other }}</Trans>", [['a', '{{name}} and {{other}}']]],
  ])('reads %s', (source, expected) => {
    expect(pairs(source)).toEqual(expected);
  });

  it('gives a text with a count its plural forms', () => {
    expect(pairs("t('a', '{{count}} traces', { count, defaultValue_one: '{{count}} trace' })")).toEqual([
      ['a_one', '{{count}} trace'],
      ['a_other', '{{count}} traces'],
    ]);
  });

  it('reads only the functions of i18n', () => {
    expect(textsOfSource('a.ts', "import { t } from '../i18n/translate';\nt('a', 'b');").texts).toHaveLength(1);
    expect(textsOfSource('a.ts', "import { t } from './table';\nt('a', 'b');").texts).toEqual([]);
    expect(textsOfSource('a.ts', "import { t as text } from '@grafana/i18n';\ntext('a', 'b');").texts).toHaveLength(1);
  });

  it.each([
    ['t(key, "Text")', 'a.tsx:2: the key must be written out'],
    ['t("a", text)', 'a.tsx:2: the text must be written out'],
    ['<Trans i18nKey="a">{text}</Trans>', 'a.tsx:2: the text must be written out'],
  ])('refuses %s', (source, problem) => {
    expect(read(source).problems).toEqual([problem]);
  });
});

describe('nestTexts', () => {
  const use = (key: string, text: string) => ({ key, text, place: `${key}.ts:1` });

  it('nests dotted keys, sorted', () => {
    const { texts } = nestTexts([use('b.c', '1'), use('a', '2'), use('b.a', '3')]);
    expect(JSON.stringify(texts)).toBe('{"a":"2","b":{"a":"3","c":"1"}}');
  });

  it('tells keys that cannot stand together', () => {
    expect(nestTexts([use('a', '1'), use('a', '2')]).problems).toEqual(['a.ts:1: "a" has another text at a.ts:1']);
    expect(nestTexts([use('a', '1'), use('a.b', '2')]).problems).toHaveLength(1);
  });
});
