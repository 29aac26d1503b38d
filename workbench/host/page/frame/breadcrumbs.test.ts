import { type NavItem } from '../../shared/boot-data';
import { breadcrumbTrail } from './breadcrumbs';

const item = (text: string, url: string, children?: NavItem[]): NavItem => ({
  id: url,
  text,
  url,
  icon: 'apps',
  children,
});
const navTree = [
  item('My app', '/a/app', [item('Services', '/a/app/service'), item('Search', '/a/app/search')]),
  item('Explore', '/explore'),
];
const texts = (...args: Parameters<typeof breadcrumbTrail>) => breadcrumbTrail(...args).map(({ text }) => text);

it('leads from home over the section to the page', () => {
  const pageNav = {
    text: 'cart',
    url: '/a/app/service/cart',
    parentItem: { text: 'Services', url: '/a/app/service?x=1' },
  };
  expect(texts(pageNav, navTree, '/a/app/service/cart')).toEqual(['Home', 'My app', 'Services', 'cart']);
});

it('names a page once that is in the navigation itself', () => {
  expect(texts({ text: 'Search traces', url: '/a/app/search' }, navTree, '/a/app/search')).toEqual([
    'Home',
    'My app',
    'Search',
  ]);
});

it('does not take a longer name for a page below', () => {
  expect(texts(undefined, navTree, '/a/app/services')).toEqual(['Home', 'My app']);
});

it('leaves out what wants to be left out', () => {
  expect(texts({ text: 'Home', url: '/', hideFromBreadcrumbs: true }, navTree, '/')).toEqual(['Home']);
});
