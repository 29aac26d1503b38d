/**
 * Recorded answers that are not imitated, by the name of the request, with the reason. Each is asserted to differ, so that
 * an entry that is no longer true is noticed. docs/tempo-contract.md is for people to read; keep the two together.
 */
export const KNOWN_DIFFERENCES: Readonly<Record<string, string>> = {
  'misc-buildinfo': 'goVersion: this server is not built with Go; every field is empty.',
  'search-error-array-two-not-equals':
    'Tempo fails with 500 on two != for one array attribute; here nothing matches, as no element may be equal.',
  'search-event-time-since-start-gt':
    'Tempo finds nothing for event:timeSinceStart > x (and >=), though < and arithmetic work; here it compares.',
  'search-field-literal-first':
    'Tempo does not turn the operator when the literal comes first (400 < a reads as a < 400 in storage) and finds nothing.',
  'search-field-mod-and-power': 'Tempo computes 2 ^ 3 of integers as 3 ^ 2; here it is 8.',
  'search-span-id': 'Tempo finds no span by an id that begins with zeros; here it does.',
  'search-span-parent-id': 'Tempo finds no span by a parent id that begins with zeros; here it does.',
  'values-q-filter-span':
    'Tempo leaves out the value 201, though its own search finds matching spans with it; here it is listed.',
};
