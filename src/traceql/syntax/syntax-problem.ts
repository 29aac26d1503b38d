/** A text that cannot be a query; `message` is in Tempo's words, without the position. */
export class SyntaxProblem extends Error {
  constructor(
    message: string,
    readonly line: number,
    readonly column: number,
    /** UTF-16 offsets of the text that is marked in the editor. */
    readonly from: number,
    readonly to: number
  ) {
    super(message);
    this.name = 'SyntaxProblem';
  }
}
