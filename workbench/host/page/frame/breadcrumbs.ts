import { type NavModelItem } from '@grafana/data';
import { useEffect, useSyncExternalStore } from 'react';
import { type NavItem } from '../../shared/boot-data';

export interface Breadcrumb {
  text: string;
  href: string;
}

const HOME: Breadcrumb = { text: 'Home', href: '/' };

let current: Breadcrumb[] = [HOME];
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The trail that the page on screen has set. */
export function useBreadcrumbs(): Breadcrumb[] {
  return useSyncExternalStore(subscribe, () => current);
}

/** Called by the page on screen; also sets the title of the browser's tab. */
export function usePageBreadcrumbs(pageNav: NavModelItem | undefined, navTree: NavItem[], pathname: string): void {
  const trail = JSON.stringify(breadcrumbTrail(pageNav, navTree, pathname));
  useEffect(() => {
    const crumbs: Breadcrumb[] = JSON.parse(trail);
    current = crumbs;
    document.title = [...crumbs.slice(1).map(({ text }) => text)].reverse().concat('Workbench').join(' - ');
    listeners.forEach((listener) => listener());
  }, [trail]);
}

/** Home, then the section of the side navigation that holds the address, then the page and its parents. */
export function breadcrumbTrail(pageNav: NavModelItem | undefined, navTree: NavItem[], pathname: string): Breadcrumb[] {
  const crumbs = [HOME, ...sectionTrail(navTree, pathname), ...pageTrail(pageNav)];
  // a page that is in the navigation itself would come twice
  return crumbs.filter(
    (crumb, index) => index === 0 || !crumbs.slice(0, index).some(({ href }) => pathOf(href) === pathOf(crumb.href))
  );
}

function sectionTrail(items: NavItem[], pathname: string): Breadcrumb[] {
  const matches = items.filter(
    (item) => isBelow(pathname, item.url) || item.children?.some(({ url }) => isBelow(pathname, url))
  );
  const section = matches.sort((a, b) => b.url.length - a.url.length)[0];
  return section ? [{ text: section.text, href: section.url }, ...sectionTrail(section.children ?? [], pathname)] : [];
}

function pageTrail(pageNav: NavModelItem | undefined): Breadcrumb[] {
  if (!pageNav) {
    return [];
  }
  const own = pageNav.hideFromBreadcrumbs ? [] : [{ text: pageNav.text, href: pageNav.url ?? '' }];
  return [...pageTrail(pageNav.parentItem), ...own];
}

export function isBelow(pathname: string, url: string): boolean {
  const path = pathOf(url);
  return pathname === path || pathname.startsWith(`${path}/`);
}

function pathOf(href: string): string {
  return href.split('?')[0].replace(/\/$/, '');
}
