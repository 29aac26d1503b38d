import { type SpanEvent, type SpanLink } from '../../../src/trace/model';

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
import { type Field, type MatchedSpan, type StoredTrace } from './types';

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

  add(level: Level, field: Field): number {
    const key = slotKey(level, field);
    const index = this.indexes.get(key) ?? this.indexes.size;
    this.indexes.set(key, index);
    return index;
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
    const slots: Slot[] = [];
    const source: Source = { attributes: [], intrinsic: (name) => readTraceIntrinsic(name, trace, index) };
    const holds = this.readers.trace.read(source, slots);
    if (this.all && !holds) {
      return [];
    }
    return index.resources.flatMap((resource) => this.fetchResource(resource, slots));
  }

  private fetchResource(group: ResourceRows, traceSlots: readonly Slot[]): FetchedSpan[] {
    const slots = [...traceSlots];
    const source: Source = { attributes: group.resource.attributes, intrinsic: () => undefined };
    const holds = this.readers.resource.read(source, slots);
    if (this.all && !holds) {
      return [];
    }
    return group.scopes.flatMap((scope) => this.fetchScope(scope, slots));
  }

  private fetchScope(group: ScopeRows, resourceSlots: readonly Slot[]): FetchedSpan[] {
    const slots = [...resourceSlots];
    const source: Source = {
      attributes: group.scope.attributes,
      intrinsic: (name) => readScopeIntrinsic(name, group.scope),
    };
    const holds = this.readers.instrumentation.read(source, slots);
    if (this.all && !holds) {
      return [];
    }
    const fetched: FetchedSpan[] = [];
    for (const row of group.rows) {
      const span = this.fetchRow(row, slots);
      if (span) {
        fetched.push(span);
      }
    }
    return fetched;
  }

  private fetchRow(row: Row, scopeSlots: readonly Slot[]): FetchedSpan | undefined {
    const slots = [...scopeSlots];
    const source: Source = {
      attributes: row.span.attributes,
      intrinsic: (name) => readSpanIntrinsic(name, row),
    };
    const holds = this.readers.span.read(source, slots);
    if (this.all && !holds) {
      return undefined;
    }
    const hasChildReads = !this.readers.event.isEmpty || !this.readers.link.isEmpty;
    const lastSlots = hasChildReads ? [...slots] : slots;
    const eventsHold = this.readEvents(row, slots, lastSlots);
    const linksHold = this.readLinks(row, slots, lastSlots);
    const keeps = this.all
      ? eventsHold && linksHold
      : this.hasTraceConditions ||
        (this.structural && row.left > 0) ||
        slots.some((slot) => slot !== undefined && slot !== null);
    return keeps ? { span: row.span, trace: row.trace, index: row.index, row, slots, lastSlots } : undefined;
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
