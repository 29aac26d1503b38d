export interface Closable {
  close(): Promise<void>;
}

/** Thrown out of a start that was told to stop. */
export class StoppedError extends Error {
  override readonly name = 'StoppedError';
  constructor() {
    super('stopped');
  }
}

/** What was started and must be stopped, in the opposite order. */
export class Resources {
  private readonly stopping = new AbortController();
  private readonly open: Closable[] = [];
  private closing: Promise<void> | undefined;

  /** Aborted when stopping begins. */
  get signal(): AbortSignal {
    return this.stopping.signal;
  }

  /** Waits for a start; one that ends after stopping began is closed at once, and StoppedError thrown. */
  async add<T extends Closable>(starting: Promise<T>): Promise<T> {
    const resource = await starting;
    if (this.closing) {
      await resource.close();
      throw new StoppedError();
    }
    this.open.push(resource);
    return resource;
  }

  throwIfStopped(): void {
    if (this.closing) {
      throw new StoppedError();
    }
  }

  /** Closes all that is open, each even if another fails to. */
  close(): Promise<void> {
    this.closing ??= this.closeAll();
    return this.closing;
  }

  private async closeAll(): Promise<void> {
    this.stopping.abort();
    for (const resource of this.open.splice(0).reverse()) {
      await resource.close().catch(() => undefined);
    }
  }
}
