/**
 * Which groups are folded up (or which remainders are not) as a short text, for URLs and panel options: `hash_hash`, each
 * hash of seven digits to the base of 36; `all` for all of them, also those to come; `all.hash_hash` for all but these.
 */
import { hashId } from '../model/hash-id';

/** What can be told in a text */
export interface TextGroup {
  id: string;
  /** Service.id; a group without a name of its own is called after its busiest member, which may change. */
  members?: readonly string[];
}

const BASE = 36;
const DIGITS = 7;
const MOST_GROUPS = 300;
const ALL = 'all';
const EXCEPT = `${ALL}.`;

interface Listed {
  /** The hashes are those of the others. */
  isAllBut: boolean;
  hashes: ReadonlySet<string>;
}

function hashOf(id: string): string {
  return hashId(id).toString(BASE).padStart(DIGITS, '0');
}

function parse(text: string): Listed {
  const isAllBut = text === ALL || text.startsWith(EXCEPT);
  const list = (isAllBut ? text.slice(EXCEPT.length) : text).slice(0, MOST_GROUPS * (DIGITS + 1));
  return { isAllBut, hashes: new Set(list.split('_').filter((hash) => /^[0-9a-z]{7}$/.test(hash))) };
}

/** MapGroup.id of the groups that hashes name, and the hashes that name none of them */
function named(hashes: ReadonlySet<string>, groups: readonly TextGroup[]): { ids: Set<string>; unknown: Set<string> } {
  const ids = new Set<string>();
  const unknown = new Set(hashes);
  for (const { id } of hashes.size > 0 ? groups : []) {
    const hash = hashOf(id);
    if (hashes.has(hash)) {
      ids.add(id);
      unknown.delete(hash);
    }
  }
  for (const { id, members = [] } of unknown.size > 0 ? groups : []) {
    const member = members.map(hashOf).find((hash) => unknown.has(hash));
    if (member !== undefined) {
      ids.add(id);
      unknown.delete(member);
    }
  }
  return { ids, unknown };
}

/** What cannot be read, or names none of these groups, is passed over. @returns ids of groups */
export function readFolds(text: string | undefined, groups: readonly TextGroup[]): Set<string> {
  // A dashboard may have been written by hand.
  if (typeof text !== 'string' || text === '') {
    return new Set();
  }
  const { isAllBut, hashes } = parse(text);
  const { ids } = named(hashes, groups);
  return isAllBut ? new Set(groups.flatMap(({ id }) => (ids.has(id) ? [] : [id]))) : ids;
}

interface WriteOptions {
  /** All that there are just now */
  groups: readonly TextGroup[];
  /** The text until now: what it says of groups that are not there just now is kept. */
  before?: string;
  /** All or none of them are meant, also of those that are not there just now. */
  isForAll?: boolean;
}

/** @returns undefined for none */
export function writeFolds(
  ids: ReadonlySet<string>,
  { groups, before = '', isForAll = false }: WriteOptions
): string | undefined {
  if (isForAll) {
    return ids.size > 0 ? ALL : undefined;
  }
  const old = parse(typeof before === 'string' ? before : '');
  const { unknown } = named(old.hashes, groups);
  const isAllBut = ids.size > 0 && (old.isAllBut || ids.size > MOST_GROUPS);
  const listed = groups.flatMap(({ id }) => (ids.has(id) === isAllBut ? [] : [hashOf(id)]));
  const hashes = [...(old.isAllBut === isAllBut ? unknown : []), ...listed].slice(-MOST_GROUPS).join('_');
  return isAllBut ? (hashes ? EXCEPT + hashes : ALL) : hashes || undefined;
}
