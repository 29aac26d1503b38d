/** Asks for operations of the services that are looked at, a batch at a time, and remembers the answers. */
import { type Service } from '../../../servicegraph/model';
import { hasOperations, type Operation, operationsBatch } from '../../../servicegraph/operations';
import { drawCardWithOperations } from '../drawing/draw-operations';
import { NO_OPERATIONS, type OperationsSource, type OperationsState } from './operations-state';

interface Running {
  controller: AbortController;
  ids: ReadonlySet<string>;
}

export class OperationsLoader {
  private source?: OperationsSource;
  /** Answers by Service.id; those of the window before stay until there are newer ones */
  private readonly known = new Map<string, readonly Operation[]>();
  /** Service.id of what was answered in this window, and of what could not be */
  private readonly fresh = new Set<string>();
  private readonly failed = new Set<string>();
  private error?: string;
  private running?: Running;
  private wanted: readonly Service[] = [];

  constructor(private readonly onChange: (state: OperationsState) => void) {}

  use(source: OperationsSource | undefined) {
    if (source === this.source) {
      return;
    }
    this.cancel();
    if (source?.from !== this.source?.from) {
      this.known.clear();
    }
    this.source = source;
    this.fresh.clear();
    this.failed.clear();
    this.error = undefined;
    this.tell();
  }

  /** @param services that are looked at, the nearest to the middle first; none: nobody is near enough */
  want(services: readonly Service[]) {
    if (services.length === 0 && this.wanted.length === 0) {
      return;
    }
    this.wanted = services;
    this.goOn();
  }

  /** Asks again for what could not be had. */
  retry() {
    this.failed.clear();
    this.error = undefined;
    this.goOn();
  }

  stop() {
    this.cancel();
  }

  private cancel() {
    this.running?.controller.abort();
    this.running = undefined;
  }

  private goOn() {
    const missing = this.wanted.filter(
      (service) => hasOperations(service) && !this.fresh.has(service.id) && !this.failed.has(service.id)
    );
    if (this.running && !missing.some(({ id }) => this.running?.ids.has(id))) {
      this.cancel();
    }
    if (!this.running && missing.length > 0) {
      this.ask(operationsBatch(missing));
    }
    this.tell();
  }

  private ask(services: readonly Service[]) {
    const load = this.source?.load;
    if (!load) {
      return;
    }
    const controller = new AbortController();
    this.running = { controller, ids: new Set(services.map(({ id }) => id)) };
    load(services, controller.signal).then(
      (answers) => {
        if (!controller.signal.aborted) {
          this.running = undefined;
          services.forEach(({ id }) => {
            this.known.set(id, answers.get(id) ?? []);
            this.fresh.add(id);
          });
          this.goOn();
        }
      },
      (error: unknown) => {
        if (!controller.signal.aborted) {
          this.running = undefined;
          this.error = error instanceof Error ? error.message : String(error);
          services.forEach(({ id }) => this.failed.add(id));
          // What would be asked next would most likely fail, too: the next look will ask.
          this.tell();
        }
      }
    );
  }

  private tell() {
    const { source, running, error } = this;
    if (!source || this.wanted.length === 0) {
      this.onChange(NO_OPERATIONS);
      return;
    }
    const [known, failed] = [new Map(this.known), new Set(this.failed)];
    this.onChange({
      status: !source.load ? 'unknown' : running ? 'loading' : error === undefined ? 'shown' : 'failed',
      error,
      draw: drawCardWithOperations,
      of: (service) =>
        source.load && hasOperations(service)
          ? (known.get(service.id) ?? (failed.has(service.id) ? 'failed' : 'loading'))
          : undefined,
    });
  }
}
