import { standsAt } from '../ports/stands-at';
import type { Projection, DerivedTable } from '../ports/projection';
import {
  type Build,
  type Rebuilt,
  type BuildChange,
  isFillingOf,
  outdatedIn,
  type ParkedEvent,
  placesOf,
  type RowWrite,
} from '../ports/projection-store';
import { foldBatch, unknownKeyOf } from './fold-batch';
import { pause, rebuildBatchSize, yieldToOthers, type ProjectorPorts } from './projector-ports';
import { decisionsIn, readEventOnce } from './reading';
import { RowMemory } from './row-memory';
import { batchesOf, type ReadBatch, sharedReading, type SharedReading } from './shared-reading';
import { readSkips, skipIn } from './skips';
import type { Position, Recorded } from '../ports/event-store';
import { deriveNamed } from './derive-rows';
import type { Instant } from '@tichet-albastru/kernel/fact';

/** Rows computed in one go: some ten milliseconds. If a table fills in a thread of its own, no caller waits for them. */
const sourcesInOneGo = 100;
/** Verdicts are small: so many are written in a few milliseconds. */
const rowsInOneCommit = 400;

/**
 * Computes every derived row of a filled table, once, instead of again with every batch that touched it.
 * It can be repeated, and two processes may do it at once: the same place in the log gives the same rows. Rows that an interrupted
 * earlier pass left behind, and that nothing names any more, are removed last.
 * @returns `moved` when another process folds into this build: call it again
 */
const deriveAll = async (
  ports: Pick<ProjectorPorts, 'rows' | 'clock' | 'store'>,
  projection: Projection,
  build: Build,
): Promise<'derived' | 'moved'> => {
  const { derived } = projection;
  const event = derived === undefined ? undefined : await anyEvent(ports);
  if (derived === undefined || event === undefined) return 'derived';
  const leftover = await keysOf(ports, derived, build);
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
  return remove(
    ports,
    derived,
    build,
    leftover.filter((key) => !done.has(key)),
  );
};

type Change = Omit<BuildChange, 'writes' | 'parks' | 'unparks'> & {
  readonly writes: RowWrite[];
  readonly parks: ParkedEvent[];
  readonly unparks: { readonly table: string; readonly key: string }[];
};

type DerivingPorts = Pick<ProjectorPorts, 'rows'>;

const keysOf = async ({ rows }: DerivingPorts, { name }: DerivedTable, build: Build): Promise<readonly string[]> => {
  const keys: string[] = [];
  for (;;) {
    const page = await rows.page(build, name, keys.at(-1) ?? '', 1000);
    if (page.size === 0) return keys;
    keys.push(...page.keys());
    await yieldToOthers();
  }
};

const remove = async (
  { rows }: DerivingPorts,
  { name: table }: DerivedTable,
  build: Build,
  keys: readonly string[],
): Promise<'derived' | 'moved'> => {
  for (let from = 0; from < keys.length; from += 1000) {
    const writes = keys.slice(from, from + 1000).map((key) => ({ table, key, row: undefined }));
    const parked = await rows.parkedEvents(build);
    if ((await rows.commit([{ ...unmoved(build, parked.length), writes, parks: [], unparks: [] }])) === 'moved') return 'moved';
    await yieldToOthers();
  }
  return 'derived';
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

/** Before a derivation is begun again, ever longer. */
const shortestWaitMilliseconds = 100;
const longestWaitMilliseconds = 5_000;

/** @param reading shared by those who fill their tables at the same time; without it the log is read for this table alone */
export type RebuildOptions = { readonly signal?: AbortSignal; readonly batchSize?: number; readonly reading?: SharedReading };

/** Is there no live table of this version of the code? */
export const needsRebuild = async ({ rows }: ProjectorPorts, projection: Projection): Promise<boolean> => {
  return outdatedIn(await rows.builds(), [projection]).length > 0;
};

/**
 * Fills a new table beside the live one and puts it in its place in one step. What a killed rebuild has done is gone on with.
 * Nothing but these tables is touched: no letter, no meeting, no filing.
 */
export const rebuild = async (ports: ProjectorPorts, projection: Projection, options: RebuildOptions = {}): Promise<Rebuilt> =>
  told(ports, projection, (await fillElsewhere(ports, projection, options)) ?? (await rebuildHere(ports, projection, options)));

/**
 * Drops a new table that was begun before this instant and has parked an event whose row could not be told. A retry would not help: later
 * events were folded before it. So the table is filled from the beginning, or it could never replace the live one.
 */
export const dropUntellable = async ({ rows }: Pick<ProjectorPorts, 'rows'>, projection: Projection, before: Instant): Promise<void> => {
  const filling = await fillingBuild({ rows }, projection);
  if (filling === undefined) return;
  const parked = await rows.parkedEvents(filling);
  if (parked.some(({ key, event, parkedAt }) => key === unknownKeyOf(event.id) && parkedAt < before)) await rows.dropBuild(filling);
};

/**
 * The same for several tables. Tables that are filled here go through the log side by side, each in its turn, and the log is read once.
 * Tables that have a thread of their own have it one after the other.
 * @returns what became of each, in their order
 */
export const rebuildTogether = async (
  ports: ProjectorPorts,
  projections: readonly Projection[],
  options: Omit<RebuildOptions, 'reading'> = {},
): Promise<readonly PromiseSettledResult<Rebuilt>[]> => {
  const begun: { readonly projection: Projection; readonly own: RebuildOptions; readonly elsewhere: Promise<Rebuilt | undefined> }[] = [];
  for (const projection of projections) {
    // each its own: of one for all of them the eleventh that waits for its end would be taken for a leak
    const own = { ...options, ...(options.signal && { signal: AbortSignal.any([options.signal]) }) };
    const elsewhere = fillElsewhere(ports, projection, own);
    begun.push({ projection, own, elsewhere });
    await elsewhere.catch(() => undefined);
  }
  const reading = sharedReading(ports);
  return Promise.allSettled(
    begun.map(async ({ projection, own, elsewhere }) =>
      told(ports, projection, (await elsewhere) ?? (await rebuildHere(ports, projection, { ...own, reading }))),
    ),
  );
};

const fillElsewhere = async (
  { rows, unfinished }: ProjectorPorts,
  projection: Projection,
  { signal }: RebuildOptions,
): Promise<Rebuilt | undefined> => {
  await rows.prepare(projection);
  await unfinished?.forget(projection.name);
  return rows.rebuildElsewhere?.(projection, signal);
};

const told = async (ports: ProjectorPorts, projection: Projection, rebuilt: Rebuilt): Promise<Rebuilt> => {
  if (rebuilt === 'switched' || rebuilt === 'interrupted') return rebuilt;
  const { name, version } = projection;
  ports.logger.error(rebuilt === 'parks-more' ? 'rebuild-refused' : 'rebuild-beyond-the-log', { projection: name, version });
  const left = await fillingBuild(ports, projection);
  if (left !== undefined) await ports.unfinished?.note(name, { build: left.build, because: rebuilt });
  return rebuilt;
};

const rebuildHere = async (ports: ProjectorPorts, projection: Projection, options: RebuildOptions): Promise<Rebuilt> => {
  const { store, codec } = ports;
  const { reading = { join: () => ({ read: batchesOf(store, (recorded) => readEventOnce(codec, recorded)), leave: () => undefined }) } } =
    options;
  const { read, leave } = reading.join();
  return fill(ports, projection, options, read).finally(leave);
};

const fill = async (
  ports: ProjectorPorts,
  projection: Projection,
  { signal, batchSize = rebuildBatchSize }: RebuildOptions,
  read: ReadBatch,
): Promise<Rebuilt> => {
  const { name: projectionName } = projection;
  const { build } = (await fillingBuild(ports, projection)) ?? (await ports.rows.startBuild(projection));
  // Another process may fill the same build, and fold without deriving: derived rows are right only for the place they were derived at.
  let derivedAt: Position | undefined;
  let wasAtTheEnd = false;
  let [derivations, waits] = [0, 0];
  const memory = new RowMemory(ports.rows, projectionName);
  let skips = await readSkips(ports, projectionName);
  while (signal?.aborted !== true) {
    const ours = (await ports.rows.builds()).filter((other) => other.projection === projectionName);
    const standing = ours.find((other) => other.build === build);
    if (standing === undefined) return ours.some(filledAfter(build, projection)) ? 'switched' : 'interrupted';
    if (standing.state === 'live') return 'switched';
    const isDerived = projection.derived === undefined || derivedAt === standing.checkpoint;
    if (wasAtTheEnd && !isDerived) {
      if (derivations > waits) {
        // another process folds while this one derives: this one waits, or both would repeat the work as long as facts come
        await pause(Math.min(shortestWaitMilliseconds * 2 ** waits, longestWaitMilliseconds), signal);
        waits += 1;
        continue;
      }
      derivations += 1;
      if ((await deriveAll(ports, projection, standing)) === 'derived') derivedAt = standing.checkpoint;
      await yieldToOthers();
      continue;
    }
    const batch = await read(standing.checkpoint, batchSize);
    if (batch.length > 0) {
      if (decisionsIn(batch).some(({ event }) => skipIn(event, projectionName) !== undefined))
        skips = await readSkips(ports, projectionName);
      const change = await foldBatch(ports, projection, standing, batch, skips, { derive: isDerived, considerate: true, memory });
      if ((await ports.rows.commit([change])) === 'committed') {
        memory.wrote(change);
        if (isDerived) derivedAt = change.next;
      } else memory.forget();
    } else if (!(await allStand(ports, ours))) {
      // who follows the log may have been ahead of what was read here just now: the log itself tells
      return 'log-lacks';
    } else if (!isDerived) {
      wasAtTheEnd = true;
    } else {
      const switched = await ports.rows.switchTo(projection, standing, standing.checkpoint);
      if (switched === 'switched') return 'switched';
      // the next look tells what became of it
      if (switched === 'gone') continue;
      if (switched === 'parks-more') return 'parks-more';
    }
    await yieldToOthers();
  }
  return 'interrupted';
};

/** Does every one of these builds stand at a place of the log? No table can be filled up to a place that the log lacks. */
const allStand = async ({ store }: ProjectorPorts, builds: readonly Build[]): Promise<boolean> => {
  for (const place of placesOf(builds)) if (!(await standsAt(store, place))) return false;
  return true;
};

/** Did another process begin the live table after this build? Then it holds what was asked for. */
const filledAfter =
  (build: number, projection: Projection) =>
  (other: Build): boolean =>
    other.state === 'live' && isFillingOf(other, projection) && other.build > build;

const fillingBuild = async ({ rows }: Pick<ProjectorPorts, 'rows'>, projection: Projection): Promise<Build | undefined> =>
  (await rows.builds()).find((build) => build.state === 'filling' && isFillingOf(build, projection));
