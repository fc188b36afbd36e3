import type { Projection } from '../../application/kernel/ports/projection';
import type { Build, Rebuilt } from '../../application/kernel/ports/projection-store';
import { deriveAll } from './derive-all';
import { foldBatch } from './fold-batch';
import { rebuildBatchSize, yieldToOthers, type ProjectorPorts, type ReadEvent } from './ports';
import { decisionsIn, readEventOnce } from './reading';
import { RowMemory } from './row-memory';
import { readSkips, skipIn } from './skips';

export type RebuildOptions = { readonly signal?: AbortSignal; readonly batchSize?: number };

/** Is there no live table of this version of the code? */
export const needsRebuild = async ({ rows }: ProjectorPorts, projection: Projection): Promise<boolean> => {
  const builds = await rows.builds();
  return !builds.some(
    ({ projection: name, state, version }) => name === projection.name && state === 'live' && version === projection.version,
  );
};

/**
 * Fills a new table beside the live one and puts it in its place in one step. What a killed rebuild has done is gone on with.
 * Nothing but these tables is touched: no letter, no meeting, no filing.
 */
export const rebuild = async (ports: ProjectorPorts, projection: Projection, options: RebuildOptions = {}): Promise<Rebuilt> => {
  await ports.rows.prepare(projection);
  const rebuilt = (await ports.rows.rebuildElsewhere?.(projection, options.signal)) ?? (await rebuildHere(ports, projection, options));
  if (rebuilt === 'parks-more') {
    ports.journal.error('rebuild-refused', { projection: projection.name, version: projection.version });
  }
  return rebuilt;
};

const rebuildHere = async (
  ports: ProjectorPorts,
  projection: Projection,
  { signal, batchSize = rebuildBatchSize }: RebuildOptions,
): Promise<Rebuilt> => {
  const { name: projectionName } = projection;
  const { build } = (await fillingBuild(ports, projection)) ?? (await ports.rows.startBuild(projection));
  let derivedAll = projection.derived === undefined;
  const memory = new RowMemory(ports.rows, projectionName);
  let skips = await readSkips(ports, projectionName);
  while (signal?.aborted !== true) {
    const ours = (await ports.rows.builds()).filter((other) => other.projection === projectionName);
    const standing = ours.find((other) => other.build === build);
    if (standing === undefined) return ours.some(filledAfter(build, projection)) ? 'switched' : 'interrupted';
    if (standing.state === 'live') return 'switched';
    const batch: ReadEvent[] = [];
    for await (const recorded of ports.store.readAll({ after: standing.checkpoint, limit: batchSize })) {
      batch.push(readEventOnce(ports.codec, recorded));
    }
    if (batch.length > 0) {
      if (decisionsIn(batch).some(({ event }) => skipIn(event, projectionName) !== undefined))
        skips = await readSkips(ports, projectionName);
      const change = await foldBatch(ports, projection, standing, batch, skips, { derive: derivedAll, considerate: true, memory });
      if ((await ports.rows.commit([change])) === 'committed') memory.wrote(change);
      else memory.forget();
    } else if (!derivedAll) {
      derivedAll = (await deriveAll(ports, projection, standing)) === 'derived';
    } else {
      const switched = await ports.rows.switchTo(projection, standing);
      if (switched === 'switched') return 'switched';
      // the next look tells what became of it
      if (switched === 'gone') continue;
      if (switched === 'parks-more') return 'parks-more';
    }
    await yieldToOthers();
  }
  return 'interrupted';
};

/** Was the live table begun by somebody else after this build? Then it holds what was asked for. */
const filledAfter =
  (build: number, { version }: Projection) =>
  (other: Build): boolean =>
    other.state === 'live' && other.version === version && other.build > build;

const fillingBuild = async ({ rows }: ProjectorPorts, projection: Projection): Promise<Build | undefined> =>
  (await rows.builds()).find(
    ({ projection: name, state, version }) => name === projection.name && state === 'filling' && version === projection.version,
  );
