/** What is written to; a terminal or not. */
export interface Output {
  isTTY?: boolean;
  write(text: string): unknown;
}

const REDRAW_MS = 100;
const CLEAR_LINE = '\r\u001b[2K';
const SPINNER = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/**
 * Says what is being done and for how long. Steps may overlap. On a terminal the running ones share one line
 * that is redrawn; elsewhere only finished steps are printed.
 */
export class Progress {
  private readonly running = new Map<string, number>();
  private timer: NodeJS.Timeout | undefined;
  private frame = 0;

  constructor(
    private readonly output: Output,
    private readonly now: () => number = () => performance.now()
  ) {}

  /** `describe` may add what came out of it. */
  async step<T>(name: string, run: () => Promise<T>, describe?: (result: T) => string): Promise<T> {
    const started = this.now();
    this.begin(name, started);
    try {
      const result = await run();
      this.finish(name, `✓ ${name}${describe ? `: ${describe(result)}` : ''} (${this.seconds(started)})`);
      return result;
    } catch (error) {
      this.finish(name, `✗ ${name} (${this.seconds(started)})`);
      throw error;
    }
  }

  /** A line of its own, above the running steps. */
  line(text: string): void {
    this.clear();
    this.output.write(`${text}\n`);
    this.draw();
  }

  private begin(name: string, started: number): void {
    this.running.set(name, started);
    if (this.output.isTTY && !this.timer) {
      this.timer = setInterval(() => this.draw(), REDRAW_MS);
      this.timer.unref();
    }
    this.draw();
  }

  private finish(name: string, text: string): void {
    this.running.delete(name);
    this.line(text);
    if (this.running.size === 0) {
      clearInterval(this.timer);
      this.timer = undefined;
    }
  }

  private draw(): void {
    if (!this.output.isTTY || this.running.size === 0) {
      return;
    }
    const steps = [...this.running].map(([name, started]) => `${name} ${this.seconds(started)}`);
    this.output.write(`${CLEAR_LINE}${SPINNER[this.frame++ % SPINNER.length]} ${steps.join(', ')}`);
  }

  private clear(): void {
    if (this.output.isTTY) {
      this.output.write(CLEAR_LINE);
    }
  }

  private seconds(started: number): string {
    return `${((this.now() - started) / 1000).toFixed(1)} s`;
  }
}
