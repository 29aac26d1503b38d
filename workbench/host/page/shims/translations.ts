import { type PluginMeta } from '@grafana/data';
import i18next from 'i18next';

const FALLBACK_LANGUAGE = 'en-US';

/** Hands a plugin's texts to the shared i18next before its module runs, as Grafana does. A missing file leaves the defaults in the code. */
export async function addPluginTranslations(meta: PluginMeta): Promise<void> {
  const address = meta.translations?.[FALLBACK_LANGUAGE];
  if (!address || i18next.hasResourceBundle(FALLBACK_LANGUAGE, meta.id)) {
    return;
  }
  const response = await fetch(new URL(address, window.location.origin));
  if (response.ok) {
    i18next.addResourceBundle(FALLBACK_LANGUAGE, meta.id, await response.json(), true, false);
  }
}
