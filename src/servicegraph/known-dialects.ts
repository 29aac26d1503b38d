/** Remembers whose series a data source holds, so that a page looks for them once and not with every query. */
import { DEFAULT_DIALECT } from './dialect';
import { type DialectOverride, isComplete, overridden } from './dialect-override';
import { probeDialect, type ProbeResult } from './probe';
import { recordedIn, type RecordedTimes } from './recorded-since';
import { type RunPromQL } from './run-promql';
import { type EpochRange } from './time-ranges';

/** ms; producers are reconfigured */
const FOUND_AGE = 5 * 60_000;
/** ms; a producer that was just set up is noticed soon */
const NOT_FOUND_AGE = 15_000;
/** ms; series of another day may be those of another producer */
const DAY = 24 * 60 * 60_000;

export interface DialectRequest {
  /** Of the data source */
  uid: string;
  runPromQL: RunPromQL;
  range: EpochRange;
  override?: DialectOverride;
  signal: AbortSignal;
}

export class KnownDialects {
  private readonly known = new Map<string, { result: ProbeResult; recorded: RecordedTimes; at: number }>();

  /** @param now ms, of any origin */
  constructor(private readonly now: () => number = Date.now) {}

  /** @throws whatever the data source answers to the probe */
  async get(request: DialectRequest): Promise<ProbeResult> {
    const { range, override = {}, runPromQL, signal } = request;
    if (isComplete(override)) {
      return overridden({ dialect: DEFAULT_DIALECT, found: true }, override);
    }
    const { result, recorded } = await this.look(request);
    const { dialect, found } = overridden(result, override);
    return { dialect: await recordedIn(dialect, range, runPromQL, signal, recorded), found };
  }

  private async look({ uid, runPromQL, range, signal }: DialectRequest) {
    const key = JSON.stringify([uid, Math.floor(range.to / DAY)]);
    const known = this.known.get(key);
    if (known && this.now() - known.at < (known.result.found ? FOUND_AGE : NOT_FOUND_AGE)) {
      return known;
    }
    const looked = { result: await probeDialect(runPromQL, range, signal), recorded: {}, at: this.now() };
    this.known.set(key, looked);
    return looked;
  }

  /** Looks again, e.g. after an answer without any series. */
  forget(uid: string) {
    for (const key of this.known.keys()) {
      if (JSON.parse(key)[0] === uid) {
        this.known.delete(key);
      }
    }
  }
}

/** One for all pages and queries of a browser window. */
export const knownDialects = new KnownDialects();
