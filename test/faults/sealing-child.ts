// Appends under load and seals what it has appended, until it is killed: `sealing-child FOLDER [no-datasync]`. Says on its output the size of
// each checkpoint once it is signed. `no-datasync` is the broken variant: it says so before the checkpoint is on the disk.
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { lockDataFolder } from '@tichet-albastru/event-log/database/data-folder/lock-data-folder';
import { openSqliteEventStore } from '@tichet-albastru/event-log/stores/sqlite/sqlite-event-store';
import { type CheckpointStore, createFolderCheckpointStore, createSigner } from '@tichet-albastru/signed-log';
import { openSigning } from '../../src/infrastructure/proof/signing/signing';
import { signLog } from '../../src/infrastructure/proof/signing/sign-log';
import { appendSmall } from '../support/small-events';
import { sealKey } from './sealed-folder';

const [folder = '', variant] = process.argv.slice(2);

/** Writes at the end of the same file, and leaves it to the system when that reaches the disk. */
const careless = (checkpoints: CheckpointStore, seal: string): CheckpointStore => ({
  ...checkpoints,
  append: (note) => writeFile(join(seal, 'checkpoints'), note, { flag: 'a' }),
});

const main = async (): Promise<void> => {
  process.stdin.on('end', () => process.exit()).resume();
  lockDataFolder(folder);
  const store = await openSqliteEventStore({ folder });
  const seal = join(folder, 'seal');
  const whole = createFolderCheckpointStore(seal);
  await whole.put('verifier', 'there');
  const checkpoints = variant === 'no-datasync' ? careless(whole, seal) : whole;
  const sealing = await openSigning({ store, checkpoints, signer: createSigner(checkpoints, sealKey) });
  const sealed = signLog(store, sealing, {
    signal: new AbortController().signal,
    milliseconds: 5,
    onSigned: ({ size }) => {
      writeSync(1, `${size}\n`);
    },
  });
  const write = async (): Promise<void> => {
    for (;;) await appendSmall(store, 7, randomUUID());
  };
  await Promise.race([sealed, write(), write(), write()]);
};

void main();
