import type { Recorded } from '../ports/event-store';
import type { DerivedTable, Projection, RowLookup } from '../ports/projection';
import type { BuildChange, BuildName, ParkedEvent, ProjectionStore, RowWrite } from '../ports/projection-store';
import type { Row } from '../ports/read-models';
import { sentenceOf, type ProjectorPorts } from './projector-ports';

type Folded = {
  readonly before: ReadonlyMap<string, Row>;
  readonly after: ReadonlyMap<string, Row | undefined>;
  readonly touched: ReadonlySet<string>;
  readonly parkedBefore: readonly ParkedEvent[];
  readonly last: Recorded | undefined;
};
type Derived = Pick<BuildChange, 'writes' | 'parks' | 'unparks'>;

/** Rows are only read here. */
type DerivingPorts = Pick<ProjectorPorts, 'clock'> & { readonly rows: Pick<ProjectionStore, 'load'> };

const none: Derived = { writes: [], parks: [], unparks: [] };

/** Computes again every derived row that a changed row names. One that throws is parked until it is named, or retried, again. */
export const deriveRows = async (
  ports: Pick<ProjectorPorts, 'rows' | 'clock'>,
  projection: Projection,
  build: BuildName,
  folded: Folded,
): Promise<Derived> => {
  const { derived } = projection;
  if (derived === undefined || folded.last === undefined || folded.touched.size === 0) return none;
  const names = namesIn(derived, folded);
  return deriveNamed(ports, projection.name, derived, build, names, folded, folded.last);
};

const namesIn = (derived: DerivedTable, { before, after, touched }: Folded): ReadonlySet<string> => {
  const names = new Set<string>();
  for (const key of touched) {
    for (const row of [before.get(key), after.get(key)]) {
      if (row !== undefined) for (const name of derived.namedBy(key, row)) names.add(name);
    }
  }
  return names;
};

export const deriveNamed = async (
  ports: DerivingPorts,
  source: string,
  derived: DerivedTable,
  build: BuildName,
  names: ReadonlySet<string>,
  { after, parkedBefore }: Pick<Folded, 'after' | 'parkedBefore'>,
  event: Recorded,
): Promise<Derived> => {
  const wasParked = new Set(parkedBefore.filter(({ table }) => table === derived.name).map(({ key }) => key));
  const known = new Map(after);
  const lookup: RowLookup = (key) => known.get(key);
  await loadSources(ports, source, derived, build, names, known);
  const writes: RowWrite[] = [];
  const parks: ParkedEvent[] = [];
  for (const name of names) {
    try {
      writes.push({ table: derived.name, key: name, row: derived.derive(name, lookup) });
    } catch (error) {
      parks.push({ table: derived.name, key: name, event, error: sentenceOf(error), parkedAt: ports.clock.now() });
    }
  }
  const unparks = [...names].filter((key) => wasParked.has(key)).map((key) => ({ table: derived.name, key }));
  return { writes, parks, unparks };
};

const loadSources = async (
  { rows }: DerivingPorts,
  source: string,
  derived: DerivedTable,
  build: BuildName,
  names: Iterable<string>,
  known: Map<string, Row | undefined>,
): Promise<void> => {
  let open = new Set(names);
  while (open.size > 0) {
    const missing = new Set<string>();
    const unsettled = new Set<string>();
    for (const name of open) {
      for (const key of sourcesOrNone(derived, name, (sourceKey) => known.get(sourceKey))) {
        if (known.has(key)) continue;
        missing.add(key);
        unsettled.add(name);
      }
    }
    if (missing.size > 0) {
      const loaded = await rows.load(build, source, [...missing]);
      for (const key of missing) known.set(key, loaded.get(key));
    }
    open = unsettled;
  }
};

/** What throws here throws in `derive` as well, and is parked there. */
const sourcesOrNone = (derived: DerivedTable, name: string, lookup: RowLookup): readonly string[] => {
  try {
    return derived.sourcesOf(name, lookup);
  } catch {
    return [];
  }
};
