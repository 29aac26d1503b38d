/** The intrinsics: how they are written, and the type that Tempo gives each. */
import type { IntrinsicName, StaticValue } from './ast';

export type ValueType = StaticValue['valueType'];

export interface IntrinsicInfo {
  name: IntrinsicName;
  /** All spellings that parse; the first is how Tempo names it in its messages. */
  spellings: readonly [string, ...string[]];
  /** Absent: Tempo takes it for an attribute of any type. */
  valueType?: ValueType;
  unsupported?: true;
}

export const INTRINSICS: readonly IntrinsicInfo[] = [
  { name: 'span:duration', spellings: ['duration', 'span:duration'], valueType: 'duration' },
  { name: 'span:name', spellings: ['name', 'span:name'], valueType: 'string' },
  { name: 'span:kind', spellings: ['kind', 'span:kind'], valueType: 'kind' },
  { name: 'span:status', spellings: ['status', 'span:status'], valueType: 'status' },
  { name: 'span:statusMessage', spellings: ['statusMessage', 'span:statusMessage'], valueType: 'string' },
  { name: 'span:id', spellings: ['span:id'], valueType: 'string' },
  { name: 'span:parentID', spellings: ['span:parentID'], valueType: 'string' },
  { name: 'span:childCount', spellings: ['span:childCount'], valueType: 'int' },
  { name: 'trace:duration', spellings: ['traceDuration', 'trace:duration'], valueType: 'duration' },
  { name: 'trace:rootName', spellings: ['rootName', 'trace:rootName'], valueType: 'string' },
  { name: 'trace:rootService', spellings: ['rootServiceName', 'trace:rootService'], valueType: 'string' },
  { name: 'trace:id', spellings: ['trace:id'], valueType: 'string' },
  { name: 'event:name', spellings: ['event:name'], valueType: 'string' },
  { name: 'event:timeSinceStart', spellings: ['event:timeSinceStart'], valueType: 'duration' },
  { name: 'link:traceID', spellings: ['link:traceID'], valueType: 'string' },
  { name: 'link:spanID', spellings: ['link:spanID'], valueType: 'string' },
  { name: 'instrumentation:name', spellings: ['instrumentation:name'] },
  { name: 'instrumentation:version', spellings: ['instrumentation:version'] },
  { name: 'nestedSetLeft', spellings: ['nestedSetLeft'], valueType: 'int' },
  { name: 'nestedSetRight', spellings: ['nestedSetRight'], valueType: 'int' },
  { name: 'nestedSetParent', spellings: ['nestedSetParent'], valueType: 'int' },
  { name: 'parent', spellings: ['parent'], valueType: 'nil', unsupported: true },
];

export const INTRINSIC_SPELLINGS: ReadonlyMap<string, IntrinsicName> = new Map(
  INTRINSICS.flatMap((intrinsic) => intrinsic.spellings.map((spelling) => [spelling, intrinsic.name] as const))
);

const byName = new Map(INTRINSICS.map((intrinsic) => [intrinsic.name, intrinsic]));

export function intrinsicInfo(name: IntrinsicName): IntrinsicInfo | undefined {
  return byName.get(name);
}
