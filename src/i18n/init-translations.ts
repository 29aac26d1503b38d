import { initPluginTranslations, type ResourceLoader, type Resources } from '@grafana/i18n';
import { APP_ID } from '../constants';

/** Languages other than English; docs/translations.md says how to add one. */
const LANGUAGES: Readonly<Record<string, () => Promise<Resources>>> = {};

const loadTexts: ResourceLoader = async (language) => LANGUAGES[language]?.() ?? {};

/**
 * To be awaited by every module.tsx before it shows text. All plugins of the bundle look their texts up under the app's
 * id: they share views, and Grafana loads the app's own file only where the app itself is loaded.
 */
export async function initTranslations(...loaders: ResourceLoader[]): Promise<void> {
  await initPluginTranslations(APP_ID, [loadTexts, ...loaders]);
}
