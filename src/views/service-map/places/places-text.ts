/** Places of services as a short text, for URLs and panel options: `hash.x.y_hash.x.y`, all numbers to the base of 36. */
import { hashId } from '../model/hash-id';
import { type Point } from '../viewport/viewport';

const BASE = 36;
const MOST_PLACES = 300;
/** px of the world */
const FURTHEST = 1_000_000;

/** Service ids are long, and the graph knows them. */
function hashOf(id: string): string {
  return hashId(id).toString(BASE);
}

function parse(text: string): Map<string, Point> {
  const places = new Map<string, Point>();
  for (const entry of text.split('_').slice(0, MOST_PLACES)) {
    const [hash, x, y, ...rest] = entry.split('.');
    const place = { x: parseInt(x, BASE), y: parseInt(y, BASE) };
    const isSound = [place.x, place.y].every((value) => Number.isFinite(value) && Math.abs(value) <= FURTHEST);
    if (/^[0-9a-z]{1,7}$/.test(hash) && rest.length === 0 && isSound) {
      places.set(hash, place);
    }
  }
  return places;
}

/** What cannot be read, or names no or more than one of these services, is passed over. */
export function readPlaces(text: string | undefined, ids: readonly string[]): Map<string, Point> {
  const places = text ? parse(text) : new Map<string, Point>();
  const found = new Map<string, Point>();
  if (places.size === 0) {
    return found;
  }
  const owners = new Map<string, string[]>();
  for (const id of ids) {
    const hash = hashOf(id);
    if (places.has(hash)) {
      owners.set(hash, [...(owners.get(hash) ?? []), id]);
    }
  }
  owners.forEach(([id, another], hash) => {
    const place = places.get(hash);
    if (place && another === undefined) {
      found.set(id, place);
    }
  });
  return found;
}

/**
 * @param before the text until now: places of services that `ids` lacks just now are kept
 * @returns undefined for no places
 */
export function writePlaces(
  places: ReadonlyMap<string, Point>,
  { before, ids }: { before?: string; ids: readonly string[] }
): string | undefined {
  const present = new Set(ids.map(hashOf));
  const absent = [...parse(before ?? '')].filter(([hash]) => !present.has(hash));
  const entries = [...[...places].map(([id, place]) => [hashOf(id), place] as const), ...absent];
  const texts = entries
    .slice(0, MOST_PLACES)
    .map(([hash, { x, y }]) => [hash, Math.round(x).toString(BASE), Math.round(y).toString(BASE)].join('.'));
  return texts.length > 0 ? texts.join('_') : undefined;
}
