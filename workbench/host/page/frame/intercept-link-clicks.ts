import { locationService } from '@grafana/runtime';

/** Addresses that the server answers itself. */
const NOT_A_PAGE = /^\/(api|apis|public|host)\//;

/** Plain links to pages of the host change the address without loading the document anew, as in Grafana. */
export function interceptLinkClicks(): void {
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    const modified = event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0;
    if (!link || modified || event.defaultPrevented || link.target === '_blank' || link.hasAttribute('download')) {
      return;
    }
    const href = link.getAttribute('href');
    if (href === null || href === '' || href.startsWith('#')) {
      return;
    }
    const url = new URL(href, window.location.origin);
    if (url.origin !== window.location.origin || NOT_A_PAGE.test(url.pathname)) {
      return;
    }
    event.preventDefault();
    locationService.push(url.pathname + url.search + url.hash);
  });
}
