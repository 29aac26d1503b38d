import { CORE_TEMPO_ID, DATASOURCE_ID } from '../../../constants';

export interface KnownDataSource {
  uid: string;
  name: string;
  type: string;
}

export function isTempoType(type: string): boolean {
  return type === DATASOURCE_ID || type === CORE_TEMPO_ID;
}

export function nameOf(known: KnownDataSource[], uid: string | undefined): string {
  return known.find((source) => source.uid === uid)?.name ?? uid ?? '';
}
