/** Lists: of fields, of numbers, of hints. */
import { asNumber } from '../constants';
import { content, type Value } from '../values';
import { addTo, type Builders, literal } from './builder';

export const listBuilders: Builders = {
  hint: ({ values, from, to }) => {
    const value = content(values[2], 'field');
    if (value.type !== 'static') {
      throw new Error('a hint takes a constant');
    }
    return { kind: 'hints', content: [{ name: content(values[0], 'token').text ?? '', value, from, to }] };
  },
  hintList: ({ values }) => ({ kind: 'hints', content: content(values[2], 'hints') }),
  list: ({ values }) =>
    values[0].kind === 'hints'
      ? { kind: 'hints', content: values[0].content }
      : { kind: 'fields', content: [content(values[0], 'field')] },
  append: ({ values }) =>
    values[0].kind === 'hints'
      ? { kind: 'hints', content: addTo(values[0].content, content(values[2], 'hints')) }
      : { kind: 'fields', content: addTo(content(values[0], 'fields'), [content(values[2], 'field')]) },
  number: ({ values }) => ({ kind: 'numbers', content: [tokenNumber(values[0])] }),
  appendNumber: ({ values }) => ({
    kind: 'numbers',
    content: addTo(content(values[0], 'numbers'), [tokenNumber(values[2])]),
  }),
};

function tokenNumber(value: Value): number {
  return asNumber(literal(content(value, 'token'))) ?? NaN;
}
