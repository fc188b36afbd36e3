import { EventLogCorrupt, EventStoreUnavailable, type Position } from '../ports/event-store';
import type { Projection } from '../ports/projection';
import { type Build, isFillingOf, outdatedIn, placesOf } from '../ports/projection-store';
import { standsAt } from '../ports/stands-at';
import { foldBatch } from './fold-batch';
import { defaultBatchSize, type FollowerPorts, pause, yieldToOthers, type ProjectorPorts, type ReadEvent } from './projector-ports';
import { decisionsIn, readEvent } from './reading';
import { rebuildTogether } from './rebuild';
import { mostRowsFollowed, RowMemory } from './row-memory';
import { readSkips, skipIn, type Skips } from './skips';

export type ProjectorOptions = { readonly signal: AbortSignal; readonly batchSize?: number };

/** A busy log is let run ahead for several times what the last fold took; well below what a person notices. */
const gatheringShare = 4;
const longestGatheringMilliseconds = 50;
const beginAgainAfterMilliseconds = 500;

/** What was folded last, by the build: a projector that follows the log writes the same rows again and again. */
type Memories = Map<number, RowMemory>;

const memoryOf = (
  memories: Memories | undefined,
  { rows }: Pick<ProjectorPorts, 'rows'>,
  { build, projection }: Build,
): RowMemory | undefined => {
  if (memories === undefined) return undefined;
  const memory = memories.get(build) ?? new RowMemory(rows, projection, mostRowsFollowed);
  memories.set(build, memory);
  return memory;
};

type Live = { readonly projection: Projection; readonly build: Build };
type Folded = 'folded' | 'moved';
/** What is known without a query; rows only for a projector that follows the log. */
type Known = { readonly skips: Map<string, Skips>; readonly memories?: Memories };

/**
 * Keeps the live tables of these projections (processes included) up to the log until `signal` aborts, and fills a table
 * beside the live one wherever the code's version is newer than the table's. Two projectors on the same tables do no harm:
 * a projector that finds a checkpoint moved reads on from there.
 * @throws EventLogCorrupt: nothing is folded past a log that contradicts itself
 */
export const runProjections = async (
  ports: ProjectorPorts,
  projections: readonly Projection[],
  options: ProjectorOptions,
): Promise<void> => {
  for (const projection of projections) await ports.rows.prepare(projection);
  const outdated = outdatedIn(await ports.rows.builds(), projections);
  const failed = new AbortController();
  const untilOver = (): ProjectorOptions => ({ ...options, signal: AbortSignal.any([options.signal, failed.signal]) });
  const begun = [followWhereNobodyWaits(ports, projections, untilOver()), fillOutdated(ports, outdated, untilOver())];
  try {
    await Promise.all(begun);
  } finally {
    // a caller that begins again after a fault must not find the others still at work
    failed.abort();
    await Promise.allSettled(begun);
  }
};

/**
 * Logs which tables are filled anew, and later that they are filled. A filling that two processes began at once, or that another process
 * dropped, is begun again: an outdated table is not followed.
 */
const fillOutdated = async (ports: ProjectorPorts, outdated: readonly Projection[], options: ProjectorOptions): Promise<void> => {
  if (outdated.length === 0) return;
  const [about, begun] = [{ count: outdated.length, table: outdated.map(({ name }) => name).join(', ') }, performance.now()];
  ports.logger.info('tables.filling', about);
  const isOver = (): boolean => options.signal.aborted;
  for (let left = outdated; left.length > 0;) {
    const rebuilt = await rebuildTogether(ports, left, options);
    for (const one of rebuilt) if (one.status === 'rejected') throw one.reason;
    const interrupted = left.filter((_, at) => rebuilt[at]?.status === 'fulfilled' && rebuilt[at].value === 'interrupted');
    if (isOver()) return;
    left = outdatedIn(await ports.rows.builds(), interrupted);
    if (left.length > 0) await pause(beginAgainAfterMilliseconds, options.signal);
  }
  ports.logger.info('tables.filled', { ...about, milliseconds: Math.round(performance.now() - begun) });
};

const followWhereNobodyWaits = async (
  ports: ProjectorPorts,
  projections: readonly Projection[],
  options: ProjectorOptions,
): Promise<void> => {
  const followed = (await ports.rows.followElsewhere?.(projections, options.signal)) ?? 'not-known';
  if (followed === 'not-known') await followLog(ports, projections, options);
};

type CatchUpOptions = { readonly batchSize?: number };

const prepareAll = async (ports: ProjectorPorts, projections: readonly Projection[]): Promise<Known['skips']> => {
  for (const projection of projections) await ports.rows.prepare(projection);
  return readAllSkips(ports, projections);
};

/** Folds what the log holds now, and returns: for commands that end, and for tests. */
export const catchUp = async (
  ports: ProjectorPorts,
  projections: readonly Projection[],
  { batchSize = defaultBatchSize }: CatchUpOptions = {},
): Promise<Position> => foldNew(ports, projections, { skips: await prepareAll(ports, projections) }, batchSize);

/**
 * Prepares the tables once, and remembers their rows; each call of what it gives folds what has come to the log since the last. One call after
 * another, and by the only one who writes these tables.
 */
export const createCatchUp = async (ports: ProjectorPorts, projections: readonly Projection[]): Promise<() => Promise<Position>> => {
  const known: Known = { skips: await prepareAll(ports, projections), memories: new Map() };
  return () => foldNew(ports, projections, known, defaultBatchSize);
};

const foldNew = async (ports: ProjectorPorts, projections: readonly Projection[], known: Known, batchSize: number): Promise<Position> => {
  const end = await ports.store.end();
  for (;;) {
    const after = checkpointOfAll(await liveOf(ports, projections));
    // another process may have appended, and folded that into the tables, since the end was asked for
    if (after !== undefined && after > end && after > (await ports.store.end()))
      throw new EventLogCorrupt(`The tables have handled the log up to ${after}, and it ends at ${end === '' ? '0' : end}.`);
    if (after === undefined || after >= end) return after ?? end;
    const batch: ReadEvent[] = [];
    for await (const recorded of ports.store.readAll({ after, limit: batchSize })) {
      batch.push(readEvent(ports.codec, recorded));
    }
    // of a log that others write to as well, the end may stand behind everything that can be read
    if (batch.length === 0) return after;
    await foldIntoAll(ports, projections, after, batch, known);
  }
};

/** Keeps the live tables up to the log, here, until `signal` aborts. */
export const followLog = async (
  ports: FollowerPorts,
  projections: readonly Projection[],
  { signal, batchSize = defaultBatchSize }: ProjectorOptions,
): Promise<void> => {
  const known: Known = { skips: await readAllSkips(ports, projections), memories: new Map() };
  let failures = 0;
  while (!signal.aborted) {
    const live = await liveOf(ports, projections);
    const after = checkpointOfAll(live) ?? (await ports.store.end());
    try {
      for (const place of placesOf(live.map(({ build }) => build)))
        if (!(await standsAt(ports.store, place)))
          throw new EventStoreUnavailable(
            `The tables have handled the log up to ${place.position}, where it has nothing, or another event.`,
            'position-lost',
          );
      await followFrom(ports, projections, after, known, signal, batchSize);
      failures = 0;
    } catch (error) {
      if (!(error instanceof EventStoreUnavailable)) throw error;
      failures += 1;
      ports.logger.warn('projector-waits-for-the-log', { failures });
      await pause(Math.min(100 * 2 ** failures, 5_000), signal);
    }
  }
};

/** Until a checkpoint has moved under our feet, or the end. */
const followFrom = async (
  ports: FollowerPorts,
  projections: readonly Projection[],
  from: Position,
  known: Known,
  signal: AbortSignal,
  batchSize: number,
): Promise<void> => {
  let after = from;
  let batch: ReadEvent[] = [];
  const flush = async (): Promise<Folded> => {
    const last = batch.at(-1)?.recorded.position;
    if (last === undefined) return 'folded';
    const busy = batch.length > 1;
    const from = performance.now();
    const folded = await foldIntoAll(ports, projections, after, batch, known);
    batch = [];
    after = last;
    // The more there is to do, the more events share a commit, and the rows that several of them touch are written once.
    const gathering = Math.min((performance.now() - from) * gatheringShare, longestGatheringMilliseconds);
    await (busy ? pause(gathering, signal) : yieldToOthers());
    return folded;
  };
  for await (const item of ports.store.subscribe({ after, signal })) {
    const caughtUp = 'kind' in item;
    if (!caughtUp) batch.push(readEvent(ports.codec, item));
    if ((caughtUp || batch.length >= batchSize) && (await flush()) === 'moved') return;
  }
  await flush();
};

/** One batch that begins after `after`, into every live table; all of it in one transaction. */
const foldIntoAll = async (
  ports: FollowerPorts,
  projections: readonly Projection[],
  after: Position,
  batch: readonly ReadEvent[],
  { skips, memories }: Known,
): Promise<Folded> => {
  const live = await liveOf(ports, projections);
  if (live.some(({ build }) => build.checkpoint < after)) return 'moved';
  const decisions = decisionsIn(batch);
  for (const { projection } of live) {
    if (decisions.some(({ event }) => skipIn(event, projection.name) !== undefined))
      skips.set(projection.name, await readSkips(ports, projection.name));
  }
  const last = batch.at(-1)?.recorded.position ?? after;
  const behind = live.filter(({ build }) => build.checkpoint < last);
  const changes = await Promise.all(
    behind.map(({ projection, build }) =>
      foldBatch(ports, projection, build, batch, skipsOf(skips, projection), { memory: memoryOf(memories, ports, build) }),
    ),
  );
  if ((await ports.rows.commit(changes)) === 'moved') {
    memories?.clear();
    return 'moved';
  }
  for (const change of changes) memories?.get(change.build.build)?.wrote(change);
  for (const { build, parks } of changes) {
    if (parks.length > 0) ports.logger.error('projection-parked', { projection: build.projection, events: parks.length });
  }
  return 'folded';
};

/** The live tables made by this version of the code: an older one waits, whole and unchanged, for its successor. */
const liveOf = async ({ rows }: Pick<ProjectorPorts, 'rows'>, projections: readonly Projection[]): Promise<readonly Live[]> => {
  const builds = await rows.builds();
  return projections.flatMap((projection) =>
    builds.filter((build) => build.state === 'live' && isFillingOf(build, projection)).map((build) => ({ projection, build })),
  );
};

const checkpointOfAll = (live: readonly Live[]): Position | undefined =>
  live.reduce<Position | undefined>(
    (least, { build }) => (least === undefined || build.checkpoint < least ? build.checkpoint : least),
    undefined,
  );

const readAllSkips = async (ports: FollowerPorts, projections: readonly Projection[]): Promise<Map<string, Skips>> => {
  const skips = new Map<string, Skips>();
  for (const { name } of projections) skips.set(name, await readSkips(ports, name));
  return skips;
};

const skipsOf = (skips: ReadonlyMap<string, Skips>, { name }: Projection): Skips => skips.get(name) ?? { has: () => false };
