import { SyntaxProblem } from './syntax-problem';

export const END_OF_TEXT = -1;
export const NEWLINE = 0x0a;

/** A text character by character, with the place where the token began that is being read. */
export class CharacterReader {
  /** Of the last token, from 1; 0 once single characters were read after it, as in Go. */
  line = 0;
  /** Of the last token, from 1, in characters. */
  column = 0;
  /** UTF-16 offset of the last token. */
  tokenStart = 0;

  private offset = 0;
  protected current = END_OF_TEXT;
  private readLine = 1;
  private readColumn = 0;
  private lastLineLength = 0;
  private atEnd = false;

  constructor(readonly text: string) {
    this.read();
    if (this.current === 0xfeff) {
      this.read();
    }
  }

  /** UTF-16 offset of the next character. */
  get position(): number {
    if (this.current === END_OF_TEXT) {
      return this.text.length;
    }
    return this.offset - (this.current > 0xffff ? 2 : 1);
  }

  peek(): number {
    return this.current;
  }

  /** Reads one character outside of any token; Go forgets the token's line then. */
  next(): void {
    this.line = 0;
    if (this.current !== END_OF_TEXT) {
      this.read();
    }
  }

  tokenText(): string {
    return this.text.slice(this.tokenStart, this.position);
  }

  fail(message: string): never {
    throw new SyntaxProblem(message, this.line, this.column, this.tokenStart, Math.max(this.position, this.tokenStart));
  }

  /** Takes the next character into the token. */
  read(): void {
    if (this.offset >= this.text.length) {
      if (!this.atEnd) {
        this.readColumn++;
        this.atEnd = true;
      }
      this.current = END_OF_TEXT;
      return;
    }
    const codePoint = this.text.codePointAt(this.offset) ?? END_OF_TEXT;
    this.offset += codePoint > 0xffff ? 2 : 1;
    this.readColumn++;
    this.current = codePoint;
    if (codePoint === NEWLINE) {
      this.readLine++;
      this.lastLineLength = this.readColumn;
      this.readColumn = 0;
    } else if (codePoint === 0) {
      this.fail('invalid character NUL');
    }
  }

  protected startToken(): void {
    this.tokenStart = this.position;
    const afterNewline = this.readColumn === 0;
    this.line = afterNewline ? this.readLine - 1 : this.readLine;
    this.column = afterNewline ? this.lastLineLength : this.readColumn;
  }
}
