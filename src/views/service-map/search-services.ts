import { type Service } from '../../servicegraph/model';

/** Services whose name or namespace contains every word, those that begin with the text first. */
export function searchServices(services: readonly Service[], text: string): Service[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) {
    return [];
  }
  const rank = ({ name }: Service) => {
    const lower = name.toLowerCase();
    return lower === words[0] ? 0 : lower.startsWith(words[0]) ? 1 : 2;
  };
  return services
    .filter(({ name, namespace }) => {
      const haystack = `${namespace ?? ''}/${name}`.toLowerCase();
      return words.every((word) => haystack.includes(word));
    })
    .sort((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}
