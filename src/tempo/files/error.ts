/** A file that cannot be read as traces or a service graph. `message` says what it is, what is wrong and where. */
export class TraceFileError extends Error {
  override name = 'TraceFileError';
}
