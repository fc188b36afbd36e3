import { appendFileSync, copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { LogReadOnly } from '../../../../src/infrastructure/proof/alarm/log-alarm';
import { join } from 'node:path';
import { continues, copySeal, currentSealIn } from '../../../../src/infrastructure/tools/backup/seal';
import { makeBackup } from '../../../../src/infrastructure/tools/backup/make-backup';
import { checkpointOf, signedNoteOf } from '@tichet-albastru/signed-log';
import { inFolder, register, registerDemoStaff, sealNow } from '../../../support/sealed-folder';
import { tichet } from '../command-line/captured';
import { emptyFolder } from '../../../support/closing';

const sealedFolder = async (): Promise<{ folder: string; size: number }> => {
  const folder = emptyFolder();
  const size = await inFolder(folder, async (opened) => {
    await registerDemoStaff(opened);
    await register(opened, ['100', '200']);
    return sealNow(opened);
  });
  return { folder, size };
};
const backedUp = async (folder: string): Promise<string> => {
  const backup = join(emptyFolder(), 'copy');
  expect(await tichet(folder, 'backup', backup)).toMatchObject({ exit: 0 });
  return backup;
};
const sealedIn = (folder: string): number | undefined => {
  const note = signedNoteOf(readFileSync(join(folder, 'seal', 'checkpoint'), 'utf8'));
  return note && checkpointOf(note.text)?.size;
};
/** Registers more and seals it. */
const grow = (folder: string, numbers: readonly string[]): Promise<number> =>
  inFolder(folder, async (opened) => {
    await register(opened, numbers);
    return sealNow(opened);
  });
const verifierIn = (folder: string): string => readFileSync(join(folder, 'seal', 'verifier'), 'utf8');

describe('a backup of a sealed log', () => {
  it('holds checkpoints and tiles, and the key that signs only sealed with the master key', async () => {
    const { folder, size } = await sealedFolder();
    const backup = await backedUp(folder);
    expect(readdirSync(backup).sort()).toEqual(['events.db', 'keys', 'manifest.json', 'operations.db', 'read-models.db', 'seal']);
    expect(JSON.parse(readFileSync(join(backup, 'manifest.json'), 'utf8'))).toMatchObject({ version: 2, epoch: 1, sealed: size });
    expect(sealedIn(backup)).toBe(size);
    const seed = readFileSync(join(folder, 'seal.key'));
    for (const file of readdirSync(backup, { recursive: true, withFileTypes: true }))
      if (file.isFile()) expect(readFileSync(join(file.parentPath, file.name)).includes(seed)).toBe(false);
  });

  it('goes on being sealed on another machine, under the same name and key', async () => {
    const { folder, size } = await sealedFolder();
    const backup = await backedUp(folder);
    const other = emptyFolder();
    copyFileSync(join(folder, 'master.key'), join(other, 'master.key'));
    const { exit, stdout } = await tichet(other, 'restore', backup, '--json');
    expect([exit, JSON.parse(stdout).rollback]).toEqual([0, undefined]);
    expect(await grow(other, ['300'])).toBe(size + 1);
    expect(verifierIn(other)).toBe(verifierIn(folder));
    expect(readFileSync(join(other, 'seal.key'))).toEqual(readFileSync(join(folder, 'seal.key')));
  });

  it('that was restored says that the log was put back, names what was sealed here, and is sealed from there', async () => {
    const { folder, size } = await sealedFolder();
    const backup = await backedUp(folder);
    const further = await grow(folder, ['300', '400']);
    const { exit, stdout } = await tichet(folder, 'restore', backup, '--json');
    const told = JSON.parse(stdout) as { replaced: string; rollback: { size: number; root: string } };
    expect([exit, told.rollback.size]).toEqual([0, further]);
    expect(told.rollback.root).toMatch(/^[0-9a-f]{64}$/);
    expect(sealedIn(told.replaced)).toBe(further);
    expect(sealedIn(folder)).toBe(size);
    // what was acknowledged here since, and the restored log lacks, is named, and nothing is written over it
    expect(told).toMatchObject({
      missing: { events: [{ stream: expect.stringContaining('300') }, { stream: expect.stringContaining('400') }] },
    });
    await expect(grow(folder, ['500'])).rejects.toThrow(LogReadOnly);
    rmSync(join(folder, 'acknowledged'), { recursive: true });
    await inFolder(folder, async ({ sealing }) => sealing?.alarm.clear('ion', 'tot ce lipsește a fost văzut'));
    expect(await grow(folder, ['500'])).toBe(size + 1);
    // the seals that were set aside would have stopped the service
    rmSync(join(folder, 'seal'), { recursive: true });
    mkdirSync(join(folder, 'seal'));
    for (const name of ['checkpoint', 'checkpoints', 'verifier'])
      copyFileSync(join(told.replaced, 'seal', name), join(folder, 'seal', name));
    await expect(grow(folder, ['600'])).rejects.toThrow('The log is not what was sealed');
  });

  it('says it in words as well', async () => {
    const { folder } = await sealedFolder();
    const backup = await backedUp(folder);
    const further = await grow(folder, ['300']);
    const { stdout } = await tichet(folder, 'restore', backup);
    expect(stdout).toContain(`The log was put back: ${further} events were sealed here`);
    expect(stdout).toContain('1 event that was acknowledged here is not in the restored log, the first of them');
    expect(stdout).toContain('tichet accept-log');
  });

  it('leaves newer seals where they are that the restored log bears out', async () => {
    const { folder, size } = await sealedFolder();
    await inFolder(folder, (opened) => register(opened, ['300', '400']));
    const backup = await backedUp(folder);
    const further = await inFolder(folder, sealNow);
    expect(further).toBe(size + 2);
    const { stdout } = await tichet(folder, 'restore', backup, '--json');
    expect(JSON.parse(stdout).rollback).toBeUndefined();
    expect(sealedIn(folder)).toBe(further);
    expect(await grow(folder, ['500'])).toBe(further + 1);
  });

  it('of version 1, without seals, is restored still, and the log sealed anew under the same name and key', async () => {
    const { folder, size } = await sealedFolder();
    const backup = await backedUp(folder);
    const manifest = JSON.parse(readFileSync(join(backup, 'manifest.json'), 'utf8'));
    const files = (manifest.files as { name: string }[]).filter(({ name }) => !name.includes('seal'));
    const { madeAt, end } = manifest;
    writeFileSync(join(backup, 'manifest.json'), JSON.stringify({ version: 1, madeAt, end, files }));
    const verifier = verifierIn(folder);
    const further = await grow(folder, ['300']);
    const { exit, stdout } = await tichet(folder, 'restore', backup, '--json');
    expect([exit, JSON.parse(stdout).rollback.size]).toEqual([0, further]);
    expect(verifierIn(folder)).toBe(verifier);
    expect(existsSync(join(folder, 'seal', 'checkpoint'))).toBe(false);
    expect(await inFolder(folder, sealNow)).toBe(size);
    writeFileSync(join(backup, 'manifest.json'), JSON.stringify({ version: 3, madeAt, end, files }));
    expect((await tichet(folder, 'restore', backup)).exit).toBe(5);
  });

  it('is refused with a changed tile, with a file outside of it, or with the master key of another epoch, and nothing is touched', async () => {
    const { folder } = await sealedFolder();
    const backup = await backedUp(folder);
    expect((await tichet(folder, 'keys', 'rotate')).exit).toBe(0);
    const standing = () => readdirSync(folder).filter((name) => !/-(wal|shm)$/.test(name));
    const before = standing();
    const older = await tichet(folder, 'restore', backup);
    expect([older.exit, older.stderr]).toEqual([5, expect.stringMatching(/epocii 1.*epoch 1 is needed.*nothing was replaced/s)]);

    const newer = await backedUp(folder);
    const [tile = ''] = readdirSync(join(newer, 'seal', 'tile', '0', '000.p'));
    appendFileSync(join(newer, 'seal', 'tile', '0', '000.p', tile), 'x');
    expect(await tichet(folder, 'restore', newer)).toMatchObject({ exit: 5, stderr: expect.stringContaining('seal/tile/0/000.p') });

    const manifest = readFileSync(join(newer, 'manifest.json'), 'utf8');
    writeFileSync(join(newer, 'manifest.json'), manifest.replace('seal/verifier', '../verifier'));
    expect((await tichet(folder, 'restore', newer)).exit).toBe(5);
    expect(standing()).toEqual(before);
  });

  it('would be caught copying the log before its seals: it would be shorter than what they say', async () => {
    const { folder } = await sealedFolder();
    const masterKeyFile = join(folder, 'master.key');
    const wrong = join(emptyFolder(), 'copy');
    await makeBackup({ dataFolder: folder, masterKeyFile }, wrong, 'now');
    await grow(folder, ['300']);
    rmSync(join(wrong, 'seal'), { recursive: true });
    rmSync(join(wrong, 'keys', 'seal.key.sealed'));
    const { sealed } = await copySeal(folder, wrong, () => Promise.resolve(readFileSync(masterKeyFile)));
    const standing = await currentSealIn(wrong);
    expect(standing?.newest?.size).toBe(sealed);
    expect(standing?.newest && continues(join(wrong, 'events.db'), standing.newest)).toBe(false);
    const right = join(emptyFolder(), 'copy');
    await makeBackup({ dataFolder: folder, masterKeyFile }, right, 'now');
    const newest = (await currentSealIn(right))?.newest;
    expect(newest && continues(join(right, 'events.db'), newest)).toBe(true);
  });

  it('made while somebody seals is never shorter than what its checkpoints say', async () => {
    const { folder } = await sealedFolder();
    const stop = new AbortController();
    await inFolder(folder, async (opened) => {
      let written = 0;
      const writing = (async () => {
        while (!stop.signal.aborted) {
          await register(opened, [String((written += 1) + 1000)]);
          await sealNow(opened);
        }
      })();
      try {
        for (let round = 0; round < 5; round += 1) {
          const backup = join(emptyFolder(), 'copy');
          const { end, sealed } = await makeBackup({ dataFolder: folder, masterKeyFile: join(folder, 'master.key') }, backup, 'now');
          expect(Number(end)).toBeGreaterThanOrEqual(sealed ?? 0);
        }
      } finally {
        stop.abort();
      }
      await writing;
      expect(written).toBeGreaterThan(0);
    });
  });
});
