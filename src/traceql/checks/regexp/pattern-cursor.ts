/** What Go says against a pattern. */
export class InvalidPattern extends Error {}

export function refuse(message: string): never {
  throw new InvalidPattern(message);
}

/** Longest text that a fixed piece of syntax (flags, a count, an escape) takes */
const PIECE_LENGTH = 64;

/** Goes through a pattern character by character. */
export class PatternCursor {
  /** Index of the next character */
  at = 0;
  private readonly characters: string[];

  constructor(pattern: string) {
    this.characters = [...pattern];
  }

  get isAtEnd(): boolean {
    return this.at >= this.characters.length;
  }

  /** '' at the end */
  take(): string {
    return this.characters[this.at++] ?? '';
  }

  peek(ahead = 0): string {
    return this.characters[this.at + ahead] ?? '';
  }

  /** The beginning of what is left */
  rest(): string {
    return this.characters.slice(this.at, this.at + PIECE_LENGTH).join('');
  }

  remaining(): string {
    return this.characters.slice(this.at).join('');
  }
}
