/** The services at the ends of calls, each one value, whatever series it was read from. */
import { endLabels, type MetricsDialect } from './dialect';
import { serviceId, VIRTUAL_USER } from './model';
import { eachRow, type PromqlRow } from './run-promql';
import { type Steps } from '../trace/steps';

type Labels = Record<string, string>;

export interface End {
  /** Service.id */
  id: string;
  name: string;
  namespace?: string;
  labels?: Record<string, string>;
  /** As `Service` has it */
  toldApartBy?: string[];
}

/** What is shown for a service that reports no name. */
export const UNNAMED = '(unnamed)';

/** The labels that one end of a call, or a span, has for a service. */
export interface EndNames {
  name: string;
  namespace: string;
  /** Label of each dimension */
  dimensions: ReadonlyArray<readonly [dimension: string, label: string]>;
}

export function endNamesOf(dialect: MetricsDialect): Record<'client' | 'server', EndNames> {
  const { labels, identity = [] } = dialect;
  const dimensions = (end: 'client' | 'server') =>
    identity.map((dimension) => [dimension, endLabels(dialect, dimension)[end]] as const);
  return {
    client: { name: labels.client, namespace: labels.clientNamespace, dimensions: dimensions('client') },
    server: { name: labels.server, namespace: labels.serverNamespace, dimensions: dimensions('server') },
  };
}

const SEVERAL = Symbol('several');

/**
 * By dimension ('' is the namespace): the value of every name that is seen with exactly one. A database call is known
 * from its client alone, so the callee's namespace is missing from some series of a service while others have it; without
 * this such a service stands on the map twice.
 */
export type SingleValues = ReadonlyMap<string, ReadonlyMap<string, string | typeof SEVERAL>>;

/** The dimension that a namespace is */
export const NAMESPACE = '';

export function* singleValuesSteps(rows: readonly PromqlRow[], ends: readonly EndNames[]): Steps<SingleValues> {
  const seen = new Map<string, Map<string, string | typeof SEVERAL>>();
  const wanted = ends.flatMap(({ name, namespace, dimensions }) =>
    [[NAMESPACE, namespace] as const, ...dimensions].map(([dimension, label]) => {
      const values = seen.get(dimension) ?? new Map<string, string | typeof SEVERAL>();
      seen.set(dimension, values);
      return { name, label, values };
    })
  );
  yield* eachRow(rows, ({ labels }) => {
    for (const { name: nameLabel, label, values } of wanted) {
      const [name, value] = [labels[nameLabel], labels[label]];
      if (name && value) {
        const known = values.get(name);
        if (known === undefined) {
          values.set(name, value);
        } else if (known !== value && known !== SEVERAL) {
          values.set(name, SEVERAL);
        }
      }
    }
  });
  return seen;
}

/** Makes one `End` of each service, so that ends can be compared and ids are built once. */
export class Ends {
  private readonly plain = new Map<string, End>();
  private readonly told = new Map<string, Map<string, End>>();

  constructor(private readonly single: SingleValues) {}

  of(labels: Labels, names: EndNames): End {
    const name = labels[names.name] || UNNAMED;
    const namespace = labels[names.namespace] || this.completed(NAMESPACE, name);
    if (names.dimensions.length === 0 && !namespace) {
      return this.known(this.plain, name, () => ({ id: serviceId(name), name, ...this.toldApart(name, names) }));
    }
    if (names.dimensions.length === 0) {
      return this.known(this.namesakes(name), namespace ?? '', () => ({
        id: serviceId(name, namespace),
        name,
        namespace,
        ...this.toldApart(name, names),
      }));
    }
    const dimensions = Object.fromEntries(
      names.dimensions.flatMap(([dimension, label]) => {
        const value = labels[label] || this.completed(dimension, name);
        return value ? [[dimension, value]] : [];
      })
    );
    return this.known(this.namesakes(name), JSON.stringify([namespace, dimensions]), () => ({
      id: serviceId(name, namespace, dimensions),
      name,
      ...(namespace ? { namespace } : {}),
      ...(Object.keys(dimensions).length > 0 ? { labels: dimensions } : {}),
      ...this.toldApart(name, names),
    }));
  }

  private namesakes(name: string): Map<string, End> {
    let ends = this.told.get(name);
    if (!ends) {
      ends = new Map();
      this.told.set(name, ends);
    }
    return ends;
  }

  private known(ends: Map<string, End>, key: string, make: () => End): End {
    let end = ends.get(key);
    if (!end) {
      end = make();
      ends.set(key, end);
    }
    return end;
  }

  private completed(dimension: string, name: string): string | undefined {
    // The made-up client is nobody's service, even where a service bears its name.
    const value = name === VIRTUAL_USER ? undefined : this.single.get(dimension)?.get(name);
    return value === SEVERAL ? undefined : value;
  }

  private toldApart(name: string, { dimensions }: EndNames): Pick<End, 'toldApartBy'> {
    const toldApartBy = [NAMESPACE, ...dimensions.map(([dimension]) => dimension)].filter((dimension) => {
      const value = this.single.get(dimension)?.get(name);
      return value === SEVERAL || (name === VIRTUAL_USER && value !== undefined);
    });
    return toldApartBy.length > 0 ? { toldApartBy } : {};
  }
}
