/**
 * What JSX of bundled libraries is compiled to, on top of the React that Grafana shares. Grafana shares React's own
 * `react/jsx-runtime` only since 12.0.10, 12.1.7, 12.2.5 and 12.3, and a bundled one fits one major version of React.
 */
import React from 'react';

interface Props extends Record<string, unknown> {
  children?: React.ReactNode;
}

export const { Fragment } = React;

/** An element with one child, several that are in a list, or none. */
export function jsx(type: React.ElementType, props: Props, key?: React.Key): React.ReactElement {
  return React.createElement(type, key === undefined ? props : { ...props, key });
}

/** An element whose children are written down one by one, so that they need no keys. */
export function jsxs(type: React.ElementType, props: Props, key?: React.Key): React.ReactElement {
  const { children, ...others } = props;
  const written = Array.isArray(children) ? children : [children];
  return React.createElement(type, key === undefined ? others : { ...others, key }, ...written);
}

/** As builds for development call it */
export function jsxDEV(type: React.ElementType, props: Props, key?: React.Key, isStatic?: boolean): React.ReactElement {
  return isStatic ? jsxs(type, props, key) : jsx(type, props, key);
}
