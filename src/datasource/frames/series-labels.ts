import { type Labels } from '@grafana/data';
import { type TypedAttribute } from '../../tempo/types';
import { attributeText } from '../../trace/attribute-text';

/** As Grafana's Tempo data source has them: text in quotes, so that "200" and 200 are two series. */
export function seriesLabels(labels: TypedAttribute[]): Labels {
  return Object.fromEntries(
    labels.map(({ key, value }) => [key, value.type === 'string' ? `"${value.value}"` : attributeText(value)])
  );
}

/** The value of the only label when it is not empty, else `{key=value, …}` sorted by key. */
export function seriesName(labels: TypedAttribute[]): string {
  const only = labels.length === 1 ? attributeText(labels[0].value) : '';
  if (only !== '') {
    return only;
  }
  const pairs = labels.map(({ key, value }) => `${key}=${attributeText(value)}`).sort();
  return `{${pairs.join(', ')}}`;
}
