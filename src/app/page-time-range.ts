/** The time range of a page, which also understands dates as people and other tools write them into links. */
import { SceneTimeRange, type SceneObjectUrlValues, type SceneObjectUrlValue } from '@grafana/scenes';

const ISO_DATE = /^\d{4}-\d\d-\d\d$/;
/** In a URL that was not encoded the plus sign of an offset is a blank. */
const ISO_TIME = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(?:Z|([+ -])(\d\d):?(\d\d))?$/i;

/**
 * `2026-11-21`, `2026-11-21T10:00Z`, `2026-11-21T10:00:00+02:00` and the like in the one form of ISO 8601 that Scenes reads:
 * it takes any other for milliseconds since 1970. Without an offset it is UTC, as everywhere in Grafana's URLs.
 * Whatever else comes back as it was.
 */
function readableTime(value: SceneObjectUrlValue): SceneObjectUrlValue {
  const text = typeof value === 'string' ? value.trim() : '';
  const time = ISO_TIME.exec(text);
  if (!time && !ISO_DATE.test(text)) {
    return value;
  }
  const [, date = text, clock = '00:00', sign, hours, minutes] = time ?? [];
  const offset = sign ? `${sign === '-' ? '-' : '+'}${hours}:${minutes}` : 'Z';
  const parsed = new Date(`${date}T${clock}${offset}`);
  return Number.isNaN(parsed.getTime()) ? value : parsed.toISOString();
}

/** The last hour, unless the URL says otherwise. */
export class PageTimeRange extends SceneTimeRange {
  constructor() {
    super({ from: 'now-1h', to: 'now' });
  }

  override updateFromUrl(values: SceneObjectUrlValues) {
    super.updateFromUrl({ ...values, from: readableTime(values.from), to: readableTime(values.to) });
  }
}
