import { type SpanEvent, type SpanLink } from '../../../src/trace/model';
import { type IntrinsicName } from '../../../src/traceql/ast';

import { type Condition, type FetchRequest, type Level, levelsOf } from './conditions';
import {
  readEventIntrinsic,
  readLinkIntrinsic,
  readScopeIntrinsic,
  readSpanIntrinsic,
  readTraceIntrinsic,
} from './fields';
import { LevelReader, type Slot, type Source } from './level-reader';
import { type ResourceRows, type Row, type ScopeRows, traceIndex } from './trace-index';
import { type Field, type MatchedSpan, type StoredTrace, type TypedValue } from './types';

/** A span with the values that the conditions let through. */
export interface FetchedSpan extends MatchedSpan {
  readonly row: Row;
  readonly slots: readonly Slot[];
  /** As `slots`, but with the last event's and the last link's values: what an answer shows. */
  readonly lastSlots: readonly Slot[];
}

/** Names the places in `FetchedSpan.slots`. */
export class SlotTable {
  private readonly indexes = new Map<string, number>();

  indexOf(level: Level, field: Field): number | undefined {
    return this.indexes.get(slotKey(level, field));
  }

  get size(): number {
    return this.indexes.size;
  }

  add(level: Level, field: Field): number {
    const key = slotKey(level, field);
    const index = this.indexes.get(key) ?? this.indexes.size;
    this.indexes.set(key, index);
    return index;
  }
}

/** One object for all rows of a scope: there are many. */
class RowSource implements Source {
  row?: Row;

  get attributes(): Source['attributes'] {
    return this.row?.span.attributes ?? [];
  }

  intrinsic(name: IntrinsicName): TypedValue | undefined {
    return this.row && readSpanIntrinsic(name, this.row);
  }
}

function slotKey(level: Level, field: Field): string {
  return field.type === 'intrinsic' ? field.name : `${level} ${field.name}`;
}

/** Reads from a trace the spans that the conditions let through, in the order of their resources and scopes. */
export class Fetcher {
  readonly slots = new SlotTable();
  private readonly readers: Record<Level, LevelReader>;
  private readonly all: boolean;
  private readonly structural: boolean;
  private readonly hasTraceConditions: boolean;

  constructor(request: FetchRequest) {
    const byLevel: Record<Level, Condition[]> = {
      trace: [],
      resource: [],
      instrumentation: [],
      span: [],
      event: [],
      link: [],
    };
    let unscoped = false;
    for (const condition of request.conditions) {
      const levels = levelsOf(condition.field);
      unscoped = unscoped || levels.length > 1;
      levels.forEach((level) => byLevel[level].push(condition));
    }
    const reader = (level: Level): LevelReader =>
      new LevelReader(level, byLevel[level], (at, { field }) => this.slots.add(at, field));
    this.readers = {
      trace: reader('trace'),
      resource: reader('resource'),
      instrumentation: reader('instrumentation'),
      span: reader('span'),
      event: reader('event'),
      link: reader('link'),
    };
    this.all = request.all && !unscoped;
    this.structural = request.structural;
    this.hasTraceConditions = byLevel.trace.length > 0;
  }

  fetch(trace: StoredTrace): FetchedSpan[] {
    const index = traceIndex(trace);
    const slots = this.emptySlots();
    const source: Source = { attributes: [], intrinsic: (name) => readTraceIntrinsic(name, trace, index) };
    const holds = this.readers.trace.read(source, slots);
    const fetched: FetchedSpan[] = [];
    if (holds || !this.all) {
      index.resources.forEach((resource) => this.fetchResource(resource, slots, fetched));
    }
    return fetched;
  }

  private emptySlots(): Slot[] {
    return new Array<Slot>(this.slots.size).fill(undefined);
  }

  private fetchResource(group: ResourceRows, traceSlots: readonly Slot[], fetched: FetchedSpan[]): void {
    const slots = [...traceSlots];
    const source: Source = { attributes: group.resource.attributes, intrinsic: () => undefined };
    const holds = this.readers.resource.read(source, slots);
    if (holds || !this.all) {
      group.scopes.forEach((scope) => this.fetchScope(scope, slots, fetched));
    }
  }

  private fetchScope(group: ScopeRows, resourceSlots: readonly Slot[], fetched: FetchedSpan[]): void {
    const slots = [...resourceSlots];
    const source: Source = {
      attributes: group.scope.attributes,
      intrinsic: (name) => readScopeIntrinsic(name, group.scope),
    };
    const holds = this.readers.instrumentation.read(source, slots);
    if (this.all && !holds) {
      return;
    }
    const rowSource = new RowSource();
    const scratch = [...slots];
    for (const row of group.rows) {
      rowSource.row = row;
      for (let i = 0; i < slots.length; i++) {
        scratch[i] = slots[i];
      }
      const spanHolds = this.readers.span.read(rowSource, scratch);
      if (spanHolds || !this.all) {
        this.fetchChildren(row, scratch, fetched);
      }
    }
  }

  /** `scratch` has what the row and all above it gave; it is used again for the next row. */
  private fetchChildren(row: Row, scratch: Slot[], fetched: FetchedSpan[]): void {
    const { span, trace, index } = row;
    if (this.readers.event.isEmpty && this.readers.link.isEmpty) {
      if (this.all || this.keeps(row, scratch)) {
        const slots = scratch.slice();
        fetched.push({ span, trace, index, row, slots, lastSlots: slots });
      }
      return;
    }
    const slots = scratch.slice();
    const lastSlots = scratch.slice();
    const eventsHold = this.readEvents(row, slots, lastSlots);
    const linksHold = this.readLinks(row, slots, lastSlots);
    if (this.all ? eventsHold && linksHold : this.keeps(row, slots)) {
      fetched.push({ span, trace, index, row, slots, lastSlots });
    }
  }

  /** Some condition held, which is enough when not all must. */
  private keeps(row: Row, slots: readonly Slot[]): boolean {
    if (this.hasTraceConditions || (this.structural && row.left > 0)) {
      return true;
    }
    for (const slot of slots) {
      if (slot !== undefined && slot !== null) {
        return true;
      }
    }
    return false;
  }

  private readEvents(row: Row, slots: Slot[], lastSlots: Slot[]): boolean {
    const source = (event?: SpanEvent): Source => ({
      attributes: event?.attributes ?? [],
      intrinsic: (name) => event && readEventIntrinsic(name, row, event),
    });
    if (this.readers.event.isEmpty) {
      return true;
    }
    return this.readChildren(this.readers.event, row.span.events.map(source), source(), slots, lastSlots);
  }

  private readLinks(row: Row, slots: Slot[], lastSlots: Slot[]): boolean {
    const source = (link?: SpanLink): Source => ({
      attributes: link?.attributes ?? [],
      intrinsic: (name) => link && readLinkIntrinsic(name, link),
    });
    if (this.readers.link.isEmpty) {
      return true;
    }
    return this.readChildren(this.readers.link, row.span.links.map(source), source(), slots, lastSlots);
  }

  /** The first event (or link) with a value counts; when all conditions must hold, they must for one and the same. */
  private readChildren(
    reader: LevelReader,
    children: readonly Source[],
    none: Source,
    slots: Slot[],
    lastSlots: Slot[]
  ): boolean {
    let holds = false;
    for (const child of children.length > 0 ? children : [none]) {
      const own: Slot[] = [];
      const complete = reader.read(child, own);
      if (complete || !this.all) {
        own.forEach((slot, i) => {
          slots[i] = slots[i] === undefined ? slot : slots[i];
          lastSlots[i] = slot ?? lastSlots[i];
        });
      }
      holds = holds || complete;
    }
    return holds;
  }
}
