import { parseDialectOverride } from '../../servicegraph/dialect-override';
import { parseSettings } from './parse-settings';
import { flag, isRecord, listOf, type Reader, readOr, record, text } from './readers';

type FieldReaders = Record<string, Reader<unknown>>;

const tags = listOf(record({ key: text, value: text }));
const range = { spanStartTimeShift: text, spanEndTimeShift: text };
const logs: FieldReaders = {
  datasourceUid: text,
  tags,
  filterByTraceID: flag,
  filterBySpanID: flag,
  customQuery: flag,
  query: text,
  name: text,
  ...range,
};
const metrics: FieldReaders = {
  datasourceUid: text,
  tags,
  queries: listOf(record({ name: text, query: text })),
  name: text,
  ...range,
};
const legacyLogs: FieldReaders = {
  datasourceUid: text,
  tags: listOf(text),
  mappedTags: tags,
  mapTagNamesEnabled: flag,
  filterByTraceID: flag,
  filterBySpanID: flag,
  ...range,
};

/** One sentence for each setting, or part of one, that is not used because it cannot be read. */
export function settingsProblems(jsonData: unknown): string[] {
  const raw = isRecord(jsonData) ? jsonData : {};
  return [
    ...parseSettings(jsonData).problems,
    ...fieldProblems('tracesToLogsV2', raw.tracesToLogsV2, logs),
    ...fieldProblems('tracesToLogs', raw.tracesToLogs, legacyLogs),
    ...listProblems('furtherTracesToLogs', raw.furtherTracesToLogs, logs),
    ...fieldProblems('tracesToMetrics', raw.tracesToMetrics, metrics),
    ...listProblems('furtherTracesToMetrics', raw.furtherTracesToMetrics, metrics),
    ...dialectProblems(raw.serviceMap),
  ];
}

function listProblems(key: string, value: unknown, fields: FieldReaders): string[] {
  if (isAbsent(value)) {
    return [];
  }
  return Array.isArray(value)
    ? value.flatMap((target, index) => fieldProblems(`${key}.${index}`, target, fields))
    : [ignored(key, `expected a list, found ${shown(value)}`)];
}

/** Each field by itself: one that is wrong does not cost the others. */
function fieldProblems(key: string, value: unknown, fields: FieldReaders): string[] {
  if (isAbsent(value)) {
    return [];
  }
  if (!isRecord(value)) {
    return [ignored(key, `expected an object, found ${shown(value)}`)];
  }
  const problems: string[] = [];
  for (const [name, reader] of Object.entries(fields)) {
    readOr(reader, value[name], (problem) => problems.push(ignored(`${key}.${name}`, problem)));
  }
  return problems;
}

function dialectProblems(serviceMap: unknown): string[] {
  const dialect = isRecord(serviceMap) ? serviceMap.dialect : undefined;
  if (!isAbsent(dialect) && !isRecord(dialect)) {
    return [ignored('serviceMap.dialect', `expected an object, found ${shown(dialect)}`)];
  }
  return parseDialectOverride(dialect).ignored.map((name) =>
    ignored(
      `serviceMap.dialect.${name}`,
      `${shown(isRecord(dialect) ? dialect[name] : undefined)} is none of its values`
    )
  );
}

function ignored(key: string, problem: string): string {
  return `The setting "${key}" was ignored: ${problem}`;
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

function shown(value: unknown): string {
  return JSON.stringify(value)?.slice(0, 60) ?? String(value);
}
