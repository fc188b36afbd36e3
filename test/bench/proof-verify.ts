import { openSqlite } from '@tichet-albastru/event-log/database/sqlite/driver';
import { hash } from 'node:crypto';
import { dataFiles, pathIn } from '../../src/infrastructure/database/data-folder/data-files';
import { openSqliteEventStore } from '@tichet-albastru/event-log/stores/sqlite/sqlite-event-store';
import { createFolderCheckpointStore, createNoteSigner, createSigner } from '@tichet-albastru/signed-log';
import { openSigning } from '../../src/infrastructure/proof/signing/signing';
import { logInSqlite } from '../../src/infrastructure/proof/verify/log-in-sqlite';
import { verifyLog } from '../../src/infrastructure/proof/verify/verify-log';
import { writeTickets } from './support/logs';
import { inTurn, ratios, secondsFor, spreadOf } from './support/measuring';
import type { Section } from './support/report';
import { freshFolder } from './support/stores';

const key = createNoteSigner('bench.example/tichet-albastru', Buffer.alloc(32, 1));
/** As a service seals that is never late. */
const eventsOfACheckpoint = 100;

/** Every row in order, one SHA-256 over its text: what a verifier needs at least. */
const rawReading = (path: string): number => {
  const log = openSqlite(path, { readonly: true });
  let events = 0;
  for (const row of log
    .prepare<[], { data: string }>('SELECT position, stream, revision, id, type, data, hash FROM events ORDER BY position')
    .iterate()) {
    if (hash('sha256', row.data) !== '') events += 1;
  }
  log.close();
  return events;
};

/** Heap and buffers that are alive, in MB, after a collection. Run with --expose-gc. */
const megabytes = (): number => {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 2 ** 20;
};

type Sealed = { readonly path: string; readonly seal: string; readonly events: number };

const sealedLog = async (wanted: number): Promise<Sealed> => {
  const folder = freshFolder();
  const store = await openSqliteEventStore({ folder });
  await writeTickets(store, Math.ceil(wanted / 5));
  const seal = pathIn(folder, dataFiles.seal);
  const checkpoints = createFolderCheckpointStore(seal);
  const sealing = await openSigning({ store, checkpoints, signer: createSigner(checkpoints, key) });
  for await (const event of store.readAll()) {
    sealing.add(event);
    if (sealing.size % eventsOfACheckpoint === 0) await sealing.sign();
  }
  await sealing.sign();
  await store.close();
  return { path: pathIn(folder, dataFiles.events), seal, events: sealing.size };
};

/** @returns the most memory above what was there before, looked at ten times on the way */
const verified = async ({ path, seal, events }: Sealed, measureMemory = false): Promise<number> => {
  const log = logInSqlite(path);
  const before = measureMemory ? megabytes() : 0;
  let most = 0;
  let looked = 0;
  const report = await verifyLog({
    log,
    checkpoints: createFolderCheckpointStore(seal),
    verifier: key,
    onProgress: (done, total) => {
      if (!measureMemory || done < (looked * total) / 10) return;
      looked += 1;
      most = Math.max(most, megabytes() - before);
    },
  });
  log.close();
  if (report.events !== events || report.faultsInAll > 0) throw new Error(JSON.stringify(report));
  return most;
};

/** Verifying a whole sealed log: events a second, and memory at two sizes. */
export const measureProofVerify = async ({
  events: wanted,
  rounds,
}: {
  readonly events: number;
  readonly rounds: number;
}): Promise<Section> => {
  const [small, large] = [await sealedLog(wanted / 10), await sealedLog(wanted)];
  const perSecond = async (work: () => unknown): Promise<number> => large.events / (await secondsFor(work));
  const rates = await inTurn(rounds, {
    raw: () => perSecond(() => rawReading(large.path)),
    ours: () => perSecond(() => verified(large)),
  });
  const memory = await inTurn(rounds, { small: () => verified(small, true), large: () => verified(large, true) });
  return {
    title: `Verifying a sealed log of ${large.events.toLocaleString('en-US')} events`,
    rawMeans: `one \`SELECT\` of the same columns by position, \`iterate()\`, one SHA-256 over every body; for memory, ${small.events.toLocaleString('en-US')} events.`,
    figures: [
      { what: 'verify', unit: 'events/s', raw: spreadOf(rates.raw), ours: spreadOf(rates.ours), ratio: ratios(rates.ours, rates.raw) },
      {
        what: 'memory above what was there before',
        unit: 'MB',
        raw: spreadOf(memory.small),
        ours: spreadOf(memory.large),
        ratio: ratios(memory.large, memory.small),
      },
    ],
    whereTheTimeGoes:
      'Each event is read, hashed, parsed for its type and the hash that it names, and hashed twice in the tree; every hundredth costs a signature.',
  };
};
