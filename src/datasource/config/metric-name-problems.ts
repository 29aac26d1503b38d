/** What is wrong with names that are typed into the settings: a sentence, or undefined where nothing is. */
import { t } from '../../i18n/translate';

/** Prometheus 3 allows nearly every character; these are mistakes wherever they are typed. */
const NOT_IN_NAMES = /[\s{}"'`\\,=]/;

export function nameProblem(text: string): string | undefined {
  return NOT_IN_NAMES.test(text.trim())
    ? t('traceatlas.datasource.config.dialect-name-problem', 'One name, without blanks, quotes, commas, = and braces')
    : undefined;
}

/** Of the start that the names of all series of the service graph have */
export function prefixProblem(text: string): string | undefined {
  const start = text.trim();
  return /_request(_|$)/.test(start) || /[_.]$/.test(start)
    ? t('traceatlas.datasource.config.dialect-prefix-problem', 'Only what is before “_request_total”')
    : nameProblem(start);
}

export function histogramProblem(text: string): string | undefined {
  return /_(bucket|sum|count)$/.test(text.trim())
    ? t('traceatlas.datasource.config.dialect-histogram-problem', 'Without _bucket, _sum or _count at the end')
    : nameProblem(text);
}

/** Of a dimension that both ends of a call have */
export function dimensionProblem(text: string): string | undefined {
  return /^(client|server)_/.test(text.trim())
    ? t('traceatlas.datasource.config.dialect-dimension-problem', 'Without client_ or server_ in front')
    : nameProblem(text);
}

/** Of dimensions separated by commas */
export function dimensionsProblem(text: string): string | undefined {
  return dimensionsIn(text)
    .map(dimensionProblem)
    .find((problem) => problem !== undefined);
}

export function dimensionsIn(text: string): string[] {
  return text
    .split(',')
    .map((label) => label.trim())
    .filter(Boolean);
}
