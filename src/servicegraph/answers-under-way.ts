/** Lets whoever asks the same question take over an answer that is under way, in place of having it cancelled and begun anew. */
import { throwIfAborted } from './settle';

/** ms; who refreshes cancels first and asks at once after that */
const GRACE = 500;

interface UnderWay<T> {
  answer: Promise<T>;
  controller: AbortController;
  askers: number;
  end?: ReturnType<typeof setTimeout>;
}

export class AnswersUnderWay<T> {
  private readonly underWay = new Map<string, UnderWay<T>>();

  /**
   * @param ask begins the answer; its signal is aborted when nobody has waited for it for a moment
   * @throws as `ask`; AbortError when `signal` is aborted
   */
  async get(question: string, ask: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T> {
    throwIfAborted(signal);
    const shared = this.underWay.get(question) ?? this.begin(question, ask);
    clearTimeout(shared.end);
    shared.askers++;
    const cancelled = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(new DOMException('The request was aborted.', 'AbortError')), {
        once: true,
      });
    });
    try {
      return await Promise.race([shared.answer, cancelled]);
    } finally {
      shared.askers--;
      if (shared.askers === 0 && this.underWay.get(question) === shared) {
        shared.end = setTimeout(() => this.cancel(question, shared), GRACE);
      }
    }
  }

  private begin(question: string, ask: (signal: AbortSignal) => Promise<T>): UnderWay<T> {
    const controller = new AbortController();
    const shared: UnderWay<T> = { answer: ask(controller.signal), controller, askers: 0 };
    this.underWay.set(question, shared);
    const forget = () => {
      clearTimeout(shared.end);
      this.forget(question, shared);
    };
    shared.answer.then(forget, forget);
    return shared;
  }

  private cancel(question: string, shared: UnderWay<T>) {
    this.forget(question, shared);
    shared.controller.abort();
  }

  private forget(question: string, shared: UnderWay<T>) {
    if (this.underWay.get(question) === shared) {
      this.underWay.delete(question);
    }
  }
}
