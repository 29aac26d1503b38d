import { t as translate } from '@grafana/i18n';

/**
 * `t` for texts with values. Grafana's escapes values for HTML, but React does so again: a person would read
 * `GET &#x2F;dispatch`. The result is plain text; never put it into `dangerouslySetInnerHTML`.
 */
export const t: typeof translate = (id, defaultMessage, values) =>
  translate(id, defaultMessage, values && { ...values, interpolation: { escapeValue: false } });
