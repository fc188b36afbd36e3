import { join } from 'node:path';
import { openSqliteEventStore } from '@tichet-albastru/event-log/stores/sqlite/sqlite-event-store';
import { lockDataFolder } from '@tichet-albastru/event-log/database/data-folder/lock-data-folder';
import { createFolderCheckpointStore, createNoteSigner, createSigner, verifiedCheckpoint } from '@tichet-albastru/signed-log';
import { newestSignedFault } from '../../src/infrastructure/proof/signing/newest-signed-fault';
import { signWhatWaits } from '../../src/infrastructure/proof/signing/sign-log';
import { openSigning } from '../../src/infrastructure/proof/signing/signing';
import { createCurrentSignedLog } from '../../src/infrastructure/proof/signing/current-signed-log';

export const sealKey = createNoteSigner('city.example/tichet-albastru', Buffer.alloc(32, 3));

export type SealedAgain = {
  /** of every checkpoint that stands, oldest first */
  readonly sizes: readonly number[];
  /** at the start, before anything is sealed */
  readonly fault: unknown;
  /** events that are proved by the newest checkpoint, once everything was sealed, and all there are */
  readonly proved: number;
  readonly events: number;
};

/** Starts again on a folder whose process has died: seals the rest, and proves all. @throws LogNotAsSigned */
export const sealAgain = async (folder: string): Promise<SealedAgain> => {
  const lock = lockDataFolder(folder);
  const store = await openSqliteEventStore({ folder });
  try {
    const checkpoints = createFolderCheckpointStore(join(folder, 'seal'));
    const sizes: number[] = [];
    for await (const note of checkpoints.notes()) sizes.push(verifiedCheckpoint(note, sealKey)?.size ?? -1);
    const fault = await newestSignedFault({ store, checkpoints, key: sealKey });
    await signWhatWaits(store, await openSigning({ store, checkpoints, signer: createSigner(checkpoints, sealKey) }), 60_000);
    const seal = createCurrentSignedLog({ checkpoints, verifier: sealKey, counts: true });
    const upTo = await seal.checkpoint();
    let [proved, events] = [0, 0];
    for await (const event of store.readAll()) {
      events += 1;
      // a proof takes longer than its event: the newest ones, and a sample of the others
      if (upTo && (events % 97 === 0 || events > upTo.size - 50)) proved += (await seal.standing(event, upTo)).kind === 'sealed' ? 1 : 0;
      else proved += 1;
    }
    return { sizes, fault, proved, events };
  } finally {
    await store.close();
    lock.release();
  }
};
