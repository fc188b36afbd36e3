import { existsSync, mkdirSync, readdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { makeBackup } from '../../../../src/infrastructure/tools/backup/make-backup';
import { lockDataFolder } from '@tichet-albastru/event-log/database/data-folder/lock-data-folder';
import { openWorkFolder } from '../../../../src/infrastructure/tools/drill/run-drill';
import { openRewrappedSqlite } from '../../../../src/infrastructure/log/keys/rotation/rewrap-sqlite';
import { rotateMasterKey } from '../../../../src/infrastructure/log/keys/rotation/rotate';
import { inFolder, register, registerDemoStaff } from '../../../support/sealed-folder';
import { tichet } from '../command-line/captured';
import { emptyFolder } from '../../../support/closing';

const at = '2026-03-05T10:00:00.000Z';

const filled = async (): Promise<string> => {
  const folder = emptyFolder();
  await inFolder(folder, async (opened) => {
    await registerDemoStaff(opened);
    await register(opened, ['100']);
  });
  return folder;
};

describe('a backup during which the master key is replaced', () => {
  it('is refused at once, not on the day on which it is needed', async () => {
    const folder = await filled();
    const masterKeyFile = join(folder, 'master.key');
    const store = openRewrappedSqlite(join(folder, 'keys.db'));
    let rotated: Promise<unknown> | undefined;
    // the key that signs is copied already, and the keys are not
    const backup = join(emptyFolder(), 'copy');
    const making = makeBackup({ dataFolder: folder, masterKeyFile }, backup, at, (done) => {
      if (done === 1) rotated = rotateMasterKey(masterKeyFile, store);
    });
    await expect(making).rejects.toThrow(/înlocuită în timpul copierii.*replaced while the backup was made/);
    await rotated;
    store.close();
    expect(existsSync(join(backup, 'manifest.json'))).toBe(false);

    const next = join(emptyFolder(), 'copy');
    await makeBackup({ dataFolder: folder, masterKeyFile }, next, at);
    expect((await tichet(folder, 'restore', next)).exit).toBe(0);
  });
});

describe('what a drill that was killed has left', () => {
  it('is taken away by the next one; what another drill has, and what is not a folder of ours, stays', () => {
    const temporary = emptyFolder();
    const place = jest.spyOn(os, 'tmpdir').mockReturnValue(temporary);
    const long = new Date(Date.now() - 3_600_000);
    const made = (name: string): string => {
      const path = join(temporary, name);
      mkdirSync(join(path, 'restored'), { recursive: true });
      writeFileSync(join(path, 'restored', 'keys.db'), 'chei');
      return path;
    };
    const [killed, working, fresh] = ['tichet-drill-killed', 'tichet-drill-working', 'tichet-drill-fresh'].map(made);
    const elsewhere = made('elsewhere');
    symlinkSync(elsewhere, join(temporary, 'tichet-drill-link'));
    const lock = lockDataFolder(working ?? '');
    for (const path of [killed, working]) utimesSync(path ?? '', long, long);
    try {
      const work = openWorkFolder(undefined);
      expect([killed, working, fresh, elsewhere].map((path) => existsSync(join(path ?? '', 'restored', 'keys.db')))).toEqual([
        false,
        true,
        true,
        true,
      ]);
      work.leave();
      expect(readdirSync(temporary).sort()).toEqual(['elsewhere', 'tichet-drill-fresh', 'tichet-drill-link', 'tichet-drill-working']);
    } finally {
      lock.release();
      place.mockRestore();
    }
  });
});
