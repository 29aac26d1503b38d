export interface PrometheusVersion {
  major: number;
  minor: number;
}

/** Reads the first line of `prometheus --version`, e.g. `prometheus, version 2.42.0+ds (branch: …)`. */
export function parseVersion(text: string): PrometheusVersion | undefined {
  const parts = /version (\d+)\.(\d+)/.exec(text);
  return parts ? { major: Number(parts[1]), minor: Number(parts[2]) } : undefined;
}

export function isAtLeast({ major, minor }: PrometheusVersion, wantedMajor: number, wantedMinor: number): boolean {
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
}

/** What this version can do that matters here. Source: Prometheus' change log. */
export interface PrometheusAbilities {
  remoteWriteReceiver: 'flag' | 'feature' | 'none';
  /** The values for --enable-feature */
  features: string[];
  exemplars: boolean;
  nativeHistograms: boolean;
  outOfOrderSamples: boolean;
}

export function abilitiesOf(version: PrometheusVersion): PrometheusAbilities {
  const from = (major: number, minor: number) => isAtLeast(version, major, minor);
  const remoteWriteReceiver = from(2, 33) ? 'flag' : from(2, 25) ? 'feature' : 'none';
  const exemplars = from(2, 26);
  const nativeHistograms = from(2, 40);
  const features: string[] = [];
  if (remoteWriteReceiver === 'feature') {
    features.push('remote-write-receiver');
  }
  if (exemplars) {
    features.push('exemplar-storage');
  }
  // From 3.9 on they need no flag.
  if (nativeHistograms && !from(3, 9)) {
    features.push('native-histograms');
  }
  return { remoteWriteReceiver, features, exemplars, nativeHistograms, outOfOrderSamples: from(2, 39) };
}

/** The same server, not told to keep exemplars. */
export function withoutExemplars(abilities: PrometheusAbilities): PrometheusAbilities {
  return {
    ...abilities,
    exemplars: false,
    features: abilities.features.filter((feature) => feature !== 'exemplar-storage'),
  };
}
