/** Remembers which callees have several label sets, so that the same question is answered in one round the next time. */
import { type MetricsDialect } from './dialect';
import { type ServiceGraph } from './model';
import { type GraphScope, type ServerFocus } from './scope';
import { type EpochRange } from './time-ranges';

/** Different questions of one window of a browser */
const MOST_QUESTIONS = 100;

export interface GraphQuestion {
  /** Of the data source */
  uid: string;
  dialect: MetricsDialect;
  scope?: GraphScope;
  focus?: ServerFocus;
  /** Only how long it is counts: a refresh asks the same of a newer window. */
  range: EpochRange;
}

function keyOf({ uid, dialect, scope, focus, range }: GraphQuestion): string {
  return JSON.stringify([uid, dialect, scope, focus, range.to - range.from]);
}

export class KnownLabelSets {
  private readonly known = new Map<string, readonly string[]>();

  get(question: GraphQuestion): readonly string[] | undefined {
    return this.known.get(keyOf(question));
  }

  /** Keeps what an answer tells; one that tells nothing leaves nothing known. */
  keep(question: GraphQuestion, { severalLabelSets }: Pick<ServiceGraph, 'severalLabelSets'>) {
    const key = keyOf(question);
    this.known.delete(key);
    if (severalLabelSets === undefined) {
      return;
    }
    this.known.set(key, severalLabelSets);
    const [oldest] = this.known.keys();
    if (this.known.size > MOST_QUESTIONS && oldest !== undefined) {
      this.known.delete(oldest);
    }
  }
}
