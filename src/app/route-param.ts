/** The text of a path segment. The router has decoded it before, so a "%" in it need not begin an escape. */
export function routeParam(segment: string | undefined): string {
  try {
    return decodeURIComponent(segment ?? '');
  } catch {
    return segment ?? '';
  }
}
