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
  'search-span-id': 'Tempo finds no span by an id that begins with zeros; here it does.',
  'search-span-parent-id': 'Tempo finds no span by a parent id that begins with zeros; here it does.',
  'values-q-filter-span':
    'Tempo leaves out the value 201, though its own search finds matching spans with it; here it is listed.',
};

const SERIES_LIMIT = 'A live store hands on 1,000 series at most before they are put together; here all are answered.';

/** Queries of tests/contract/traceql that find another number of traces, spans or series, with the reason. */
export const KNOWN_QUERY_DIFFERENCES: Readonly<Record<string, string>> = {
  '{ span:childCount = 0 }':
    'In traces without a root Tempo leaves whatever number of children was there before; here it is 0.',
  '{ span:childCount * 2 > nestedSetLeft }': 'As above.',
  '{ link:spanID =~ "b0.*" }': 'Tempo looks at the first link of a span only when an id meets a regular expression.',
  '{ 100ms < duration }': 'Tempo does not turn the operator when the literal comes first.',
  '{ kind = server } &>> { status = error } &>> { kind = client }':
    'Tempo misses pairs when spans that match lie in different branches.',
  '{} | by(trace:id)': 'Tempo loses the id of the trace and joins all of them in one.',
  '{} | rate() by (nestedSetParent)': SERIES_LIMIT,
  '{} | compare({ duration > 100ms }, 3, 1795255560000000000, 1795255590000000000)': SERIES_LIMIT,
  '{} | compare({ status = error }) with(sample=true)': 'Tempo samples; here every span counts.',
};
