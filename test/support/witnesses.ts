import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Operations } from '../../src/application/kernel/ports/operations';
import { createMemoryOperations } from '../../src/infrastructure/tables/operations/memory-operations';
import {
  type CheckpointStore,
  createCosigner,
  createFolderMemory,
  createFolderWitness,
  createKeepCosigned,
  createWitnessServer,
  openWitnessKey,
  type SignedLogFault,
  statusKey,
  type Witness,
  type Witnessed,
  type WitnessFault,
  type WitnessMemory,
  witnessNewest,
} from '@tichet-albastru/signed-log';
import { openHttpWitness } from '../../src/infrastructure/proof/outside-over-http';
import { logKey } from './sealed-log';
import { endsByItself } from './closing';

export const clock = { now: () => '2026-03-05T09:00:00.000Z' };
export const { signal } = new AbortController();

/** A side that asks: its seals and what it remembers, both of which go with the data folder when that is put back. */
export const asking = (checkpoints: CheckpointStore, operations: Operations = createMemoryOperations()) => {
  const faults: WitnessFault[] = [];
  const agreed: string[] = [];
  const shown: SignedLogFault[] = [];
  const kept: Witnessed = {
    checkpoints,
    log: logKey,
    keyValues: operations.keyValues,
    keep: createKeepCosigned(checkpoints, logKey),
    clock,
    refusals: {
      refused: async (fault) => {
        await Promise.resolve();
        faults.push(fault);
      },
      agreedAgain: async (name) => {
        await Promise.resolve();
        agreed.push(name);
      },
    },
    contradicted: async (fault) => {
      await Promise.resolve();
      shown.push(fault);
    },
  };
  const ask = (witness: Witness, again = true) => witnessNewest(kept, witness, { again, signal });
  return { faults, agreed, shown, operations, kept, ask };
};

/** The registers as they stand, for a data folder that is put back later. */
export const copied = async (operations: Operations, name: string): Promise<Operations> => {
  const copy = createMemoryOperations();
  const standing = await operations.keyValues.get(statusKey(name));
  if (standing !== undefined) await copy.keyValues.put(statusKey(name), standing);
  return copy;
};

export type OpenedWitness = {
  readonly witness: Witness;
  /** where it keeps what it cosigned */
  readonly folder: string;
  readonly close: () => Promise<void>;
};

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'witness-'));

export const inFolder = (): Promise<OpenedWitness> => {
  const folder = join(newFolder(), 'share');
  return Promise.resolve(
    endsByItself(
      {
        witness: createFolderWitness({ folder, log: logKey, clock }),
        folder,
        close: async () => {
          await Promise.resolve();
          rmSync(folder, { recursive: true, force: true });
        },
      },
      'close',
    ),
  );
};

const listening = async (server: Server): Promise<string> => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
};

export const overHttp = async (
  memoryOf: (folder: string) => WitnessMemory = createFolderMemory,
): Promise<OpenedWitness & { readonly url: string }> => {
  const folder = newFolder();
  const key = await openWitnessKey(folder, 'control.example/witness');
  if (key === 'forgot') throw new Error('A new folder has no witness.');
  const memory = memoryOf(folder);
  const server = createWitnessServer({ cosigner: createCosigner({ memory, logs: [logKey], key, clock }), memory, logs: [logKey], key });
  const url = await listening(server);
  const witness = openHttpWitness({ name: 'control', url, verifier: key, private: true });
  return endsByItself(
    {
      witness,
      folder,
      url,
      close: async () => {
        await witness.close();
        server.closeAllConnections();
        server.close();
        rmSync(folder, { recursive: true });
      },
    },
    'close',
  );
};
