import { t } from '@grafana/i18n';
import { filterAttribute } from '../../traceql/search-form';
import { tagNames } from '../tags/tag-names';
import { type TagRange, type TagSource } from '../tags/tag-source';
import { parseVariableQuery, type ParsedVariableQuery } from './variable-query';

const SCOPED = /^(resource|span|event|link|instrumentation|parent)\.|^\.|^[a-z]+:/;

/** The options of a variable; `fill` puts the values of other variables into a text. */
export function valuesOfSavedQuery(
  saved: unknown,
  fill: (text: string) => string,
  tags: TagSource,
  range: TagRange | undefined
): Promise<string[]> {
  const query = parseVariableQuery(saved);
  switch (query.type) {
    case 'names':
      return variableValues({ ...query, query: fill(query.query) }, tags, range);
    case 'values':
      return variableValues({ ...query, label: fill(query.label), query: fill(query.query) }, tags, range);
    default:
      return variableValues(query, tags, range);
  }
}

/** The options of a variable, sorted; an unfinished query is an error, never an endless wait. */
async function variableValues(
  query: ParsedVariableQuery,
  tags: TagSource,
  range: TagRange | undefined
): Promise<string[]> {
  switch (query.type) {
    case 'names':
      return tagNames(await tags.names({ range, query: query.query }));
    case 'values': {
      const tag = await scopedTag(query.label, tags, range);
      const values = await tags.values({ tag, range, query: query.query });
      return [...new Set(values.map(({ value }) => value))];
    }
    default:
      throw new Error(
        query.problem === 'label'
          ? t('traceatlas.datasource.variables.no-label', 'Choose the label whose values the variable lists.')
          : t('traceatlas.datasource.variables.no-type', 'Choose what the variable lists: label names or label values.')
      );
  }
}

/** A bare name belongs to the first scope that has it; one that is nowhere yet is looked up in any scope. */
async function scopedTag(label: string, tags: TagSource, range: TagRange | undefined): Promise<string> {
  if (SCOPED.test(label)) {
    return label;
  }
  const scopes = await tags.names({ range });
  const owner = scopes.find((one) => one.tags.includes(label));
  return owner
    ? filterAttribute({ id: '', tag: label, scope: owner.scope })
    : filterAttribute({ id: '', tag: label, scope: 'unscoped' });
}
