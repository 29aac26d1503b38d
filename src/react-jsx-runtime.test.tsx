import React, { createRef } from 'react';
import { render, screen } from '@testing-library/react';
import * as reacts from 'react/jsx-runtime';
import { Fragment, jsx, jsxs } from './react-jsx-runtime';

const Named = ({ name = 'nobody', children }: { name?: string; children?: React.ReactNode }) => (
  <b>
    {name}: {children}
  </b>
);

it.each([
  ['an element without children', jsx('i', {}), '<i></i>'],
  ['one child', jsx('i', { children: 'text' }), '<i>text</i>'],
  ['a list', jsx('i', { children: ['a', 'b'].map((id) => jsx('u', { children: id }, id)) }), '<i><u>a</u><u>b</u></i>'],
  ['written children', jsxs('i', { title: 'x', children: ['a', jsx('u', {}), 1] }), '<i title="x">a<u></u>1</i>'],
  ['a component', jsxs(Named, { name: 'somebody', children: ['a', 'b'] }), '<b>somebody: ab</b>'],
  ['a fragment', jsxs(Fragment, { children: ['a', jsx('u', {})] }), 'a<u></u>'],
])('renders %s', (_, element, html) => {
  expect(render(element).container.innerHTML).toBe(html);
});

it('sets key and ref as React itself does', () => {
  const ref = createRef<HTMLElement>();
  const props = { ref, children: 'text' };
  const [ours, theirs] = [jsx('i', props, 'k'), reacts.jsx('i', props, 'k')];
  expect([ours.key, ours.props]).toEqual([theirs.key, theirs.props]);
  render(ours);
  expect(ref.current).toBe(screen.getByText('text'));
});

it('asks for no keys where children are written down', () => {
  const error = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  render(jsxs('div', { children: [jsx('i', {}), jsx('i', {})] }));
  expect(error).not.toHaveBeenCalled();
});
