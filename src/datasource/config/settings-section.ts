import { type TempoJsonData } from '../types';

/** What every section of the configuration page works on. */
export interface SettingsSectionProps {
  jsonData: TempoJsonData;
  /** Merges the patch into jsonData; all other keys stay as they are. */
  onChange: (patch: Partial<TempoJsonData>) => void;
}
