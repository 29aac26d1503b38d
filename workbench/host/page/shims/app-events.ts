import { EventBusSrv } from '@grafana/data';

/** The event bus that plugins get from `getAppEvents()`. */
export const appEvents = new EventBusSrv();
