/** First come, first served lock. */
export class Mutex {
  private held = false;
  private readonly line: Array<{ owner: string; proceed: () => void }> = [];

  /** Who waits, in order. */
  waiters(): string[] {
    return this.line.map((waiter) => waiter.owner);
  }

  get isHeld(): boolean {
    return this.held;
  }

  async acquire(owner: string): Promise<() => void> {
    if (this.held) {
      await new Promise<void>((proceed) => this.line.push({ owner, proceed }));
    }
    this.held = true;
    return () => this.release();
  }

  private release(): void {
    const next = this.line.shift();
    if (next) {
      next.proceed();
    } else {
      this.held = false;
    }
  }
}
