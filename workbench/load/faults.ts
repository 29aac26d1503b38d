/** Troubles that can be switched on and off while the samples run. */
export const FAULTS = [
  {
    id: 'slow-database',
    title: 'Slow database',
    description: 'The article database lost an index: listing articles scans the whole table, some queries time out.',
  },
  {
    id: 'bad-version',
    title: 'Bad version',
    description: 'The newest release of article-service fails or is slow; its other instances are well.',
  },
  {
    id: 'failing-dependency',
    title: 'Failing dependency',
    description: 'The external payment provider refuses charges or does not answer in time.',
  },
  {
    id: 'lost-consumer',
    title: 'Lost queue consumer',
    description: 'fulfilment-service no longer takes messages from the orders queue; orders pile up.',
  },
] as const;

export type FaultId = (typeof FAULTS)[number]['id'];

export interface FaultState {
  id: FaultId;
  title: string;
  description: string;
  active: boolean;
}

/** What the services may ask. */
export interface FaultView {
  isActive(id: FaultId): boolean;
}

export function isFaultId(text: string): text is FaultId {
  return FAULTS.some((fault) => fault.id === text);
}

export class FaultBoard implements FaultView {
  private readonly active = new Set<FaultId>();

  isActive(id: FaultId): boolean {
    return this.active.has(id);
  }

  set(id: FaultId, active: boolean): void {
    if (active) {
      this.active.add(id);
    } else {
      this.active.delete(id);
    }
  }

  list(): FaultState[] {
    return FAULTS.map((fault) => ({ ...fault, active: this.isActive(fault.id) }));
  }
}
