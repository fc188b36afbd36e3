import type { Recorded } from '../../application/kernel/ports/event-store';
import type { DerivedTable, Projection } from '../../application/kernel/ports/projection';
import type { Build, BuildChange, ParkedEvent, RowWrite } from '../../application/kernel/ports/projection-store';
import { deriveNamed } from './derive-rows';
import { yieldToOthers, type ProjectorPorts } from './ports';
import { RowMemory } from './row-memory';

/** Rows computed in one go: some ten milliseconds, and where a table fills in a thread of its own nobody waits for them. */
const sourcesInOneGo = 100;
/** Verdicts are small: so many are written in a few milliseconds. */
const rowsInOneCommit = 400;

/**
 * Computes every derived row of a filled table, once, instead of again with every batch that touched it.
 * What an interrupted earlier pass left behind goes first, so it can be repeated.
 * @returns `moved` when somebody else folds into this build: it is to be asked again
 */
export const deriveAll = async (
  ports: Pick<ProjectorPorts, 'rows' | 'clock' | 'store'>,
  projection: Projection,
  build: Build,
): Promise<'derived' | 'moved'> => {
  const { derived } = projection;
  const event = derived === undefined ? undefined : await anyEvent(ports);
  if (derived === undefined || event === undefined) return 'derived';
  if ((await clear(ports, derived, build)) === 'moved') return 'moved';
  const done = new Set<string>();
  const memory = new RowMemory(ports.rows, projection.name);
  const under = derived.everyRowIsNamedUnder ?? '';
  for (let after = under, over = false; !over;) {
    const parkedBefore = await ports.rows.parkedEvents(build);
    memory.standsAt(build.checkpoint, parkedBefore.length);
    const change: Change = { ...unmoved(build, parkedBefore.length), writes: [], parks: [], unparks: [] };
    while (!over && change.writes.length < rowsInOneCommit && change.parks.length === 0) {
      const page = await ports.rows.page(build, projection.name, after, sourcesInOneGo);
      const sources = new Map([...page].filter(([key]) => key.startsWith(under)));
      const names = new Set<string>();
      for (const [key, row] of sources) {
        for (const name of derived.namedBy(key, row)) if (!done.has(name)) names.add(name);
        after = key;
      }
      over = sources.size === 0;
      const known = { after: sources, parkedBefore };
      const { writes, parks, unparks } = await deriveNamed(
        { ...ports, rows: memory },
        projection.name,
        derived,
        build,
        names,
        known,
        event,
      );
      change.writes.push(...writes);
      change.parks.push(...parks);
      change.unparks.push(...unparks);
      for (const name of names) done.add(name);
      await yieldToOthers();
    }
    if ((await ports.rows.commit([change])) === 'moved') return 'moved';
  }
  return 'derived';
};

type Change = Omit<BuildChange, 'writes' | 'parks' | 'unparks'> & {
  readonly writes: RowWrite[];
  readonly parks: ParkedEvent[];
  readonly unparks: { readonly table: string; readonly key: string }[];
};

const clear = async ({ rows }: Pick<ProjectorPorts, 'rows'>, { name: table }: DerivedTable, build: Build): Promise<'cleared' | 'moved'> => {
  for (;;) {
    const standing = await rows.page(build, table, '', 1000);
    if (standing.size === 0) return 'cleared';
    const writes = [...standing.keys()].map((key) => ({ table, key, row: undefined }));
    const parked = await rows.parkedEvents(build);
    if ((await rows.commit([{ ...unmoved(build, parked.length), writes, parks: [], unparks: [] }])) === 'moved') return 'moved';
    await yieldToOthers();
  }
};

const unmoved = (build: Build, parked: number): Pick<BuildChange, 'build' | 'expected' | 'next' | 'expectedParked'> => ({
  build,
  expected: build.checkpoint,
  next: build.checkpoint,
  expectedParked: parked,
});

/** What a row that cannot be computed is parked with: it waits for no event of its own. */
const anyEvent = async ({ store }: Pick<ProjectorPorts, 'store'>): Promise<Recorded | undefined> => {
  for await (const recorded of store.readAll({ limit: 1 })) return recorded;
  return undefined;
};
