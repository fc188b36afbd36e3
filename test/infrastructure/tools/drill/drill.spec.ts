import { openSqlite } from '@tichet-albastru/event-log/database/sqlite/driver';
import { cpSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { makeBackup } from '../../../../src/infrastructure/tools/backup/make-backup';
import { sha256Of } from '../../../../src/infrastructure/tools/backup/manifest';
import { runCommandLine } from '../../../../src/infrastructure/tools/command-line/command-line';
import type { DrillFault } from '../../../../src/infrastructure/tools/drill/found';
import { tryBackup } from '../../../../src/infrastructure/tools/drill/try-backup';
import { everyTable, followedTables } from '../../../../src/infrastructure/nest/tables';
import { catchUp } from '@tichet-albastru/event-log/projector/projector';
import { inFolder, register, registerDemoStaff, sealNow } from '../../../support/sealed-folder';
import { captured, environmentOf, tichet } from '../command-line/captured';
import { emptyFolder } from '../../../support/closing';

const now = '2026-11-25T14:00:00.000Z';
let folder = '';
let backup = '';
let sealed = 0;

beforeAll(async () => {
  folder = emptyFolder();
  sealed = await inFolder(folder, async (opened) => {
    await registerDemoStaff(opened);
    await register(
      opened,
      Array.from({ length: 60 }, (_, n) => String(100 + n)),
    );
    await catchUp({ ...opened.ports, rows: opened.rows }, everyTable(opened));
    return sealNow(opened);
  });
  backup = join(emptyFolder(), 'copy');
  await makeBackup({ dataFolder: folder, masterKeyFile: join(folder, 'master.key') }, backup, now);
});

const calm = { signal: new AbortController().signal, tell: () => undefined };

/** Sets the checksums of the manifest anew: whoever harms a backup on purpose does that as well. */
const coverUp = async (harmed: string): Promise<void> => {
  const path = join(harmed, 'manifest.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as { files: { name: string; bytes: number; sha256: string }[] };
  for (const file of manifest.files) {
    file.bytes = statSync(join(harmed, file.name)).size;
    file.sha256 = await sha256Of(join(harmed, file.name));
  }
  writeFileSync(path, JSON.stringify(manifest));
};

const foundIn = async (harm: (harmed: string) => void | Promise<void>, outside?: string): Promise<readonly DrillFault[]> => {
  const place = emptyFolder();
  cpSync(backup, join(place, 'copy'), { recursive: true });
  await harm(join(place, 'copy'));
  const masterKeyFile = join(folder, 'master.key');
  const { faults } = await tryBackup(
    {
      backup: join(place, 'copy'),
      work: place,
      masterKeyFile,
      at: now,
      tables: followedTables(),
      ...(outside !== undefined && { outside }),
    },
    calm,
  );
  for (const { wrong } of faults) expect([wrong.ro, wrong.en].every((sentence) => sentence.length > 10)).toBe(true);
  return faults;
};
const named = (faults: readonly DrillFault[]) => faults.map(({ step, at }) => [step, at]);

const sql = (path: string, statements: string): void => {
  const database = openSqlite(path);
  database.exec(statements);
  database.close();
};
const writable = 'DROP TRIGGER events_never_change; DROP TRIGGER events_never_go;';
const one = (path: string, query: string): string => {
  const database = openSqlite(path, { readonly: true });
  const found: unknown = database.prepare(query).pluck().get();
  database.close();
  return String(found);
};

describe('tichet drill', () => {
  it('of a healthy folder finds nothing, says what it looked at, and leaves nothing behind', async () => {
    const temporary = emptyFolder();
    // what a test sets in its environment does not reach the system’s own modules
    const place = jest.spyOn(os, 'tmpdir').mockReturnValue(temporary);
    try {
      const { exit, stdout } = await tichet(folder, 'drill', '--json');
      const report = JSON.parse(stdout);
      expect(report).toMatchObject({ faults: [], sealed, outdated: [] });
      expect(exit).toBe(0);
      expect(report.opened).toBeGreaterThan(0);
      expect(report.tables.filter(({ rows }: { rows: number }) => rows > 0).length).toBeGreaterThan(1);
      expect(readdirSync(temporary)).toEqual([]);

      const stop = new AbortController();
      stop.abort();
      const { said, terminal } = captured(environmentOf(folder), { signal: stop.signal });
      expect(await runCommandLine(['drill'], terminal)).toBe(1);
      expect(said.stderr).toContain('interrupted');
      expect(readdirSync(temporary)).toEqual([]);
    } finally {
      expect(place).toHaveBeenCalled();
      place.mockRestore();
    }
  });

  it('runs beside a service, compares with a checkpoint that was kept elsewhere, and keeps everything where it is told to', async () => {
    const kept = join(emptyFolder(), 'kept');
    await inFolder(folder, async () => {
      const { exit, stdout } = await tichet(folder, 'drill', '--keep', kept, '--checkpoint', join(folder, 'seal', 'checkpoint'));
      expect([exit, stdout]).toEqual([0, expect.stringContaining('The backup can be restored.')]);
    });
    expect(existsSync(join(kept, 'restored', 'events.db'))).toBe(true);
    expect((await tichet(folder, 'drill', '--keep', kept)).exit).toBe(1);
    expect((await tichet(folder, 'drill', '--checkpoint', join(kept, 'none'))).exit).toBe(3);
  });

  it('finds a flipped byte, and names the file', async () => {
    const flip = (harmed: string): void => {
      const bytes = readFileSync(join(harmed, 'operations.db'));
      const at = bytes.length >> 1;
      bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
      writeFileSync(join(harmed, 'operations.db'), bytes);
    };
    expect(named(await foundIn(flip))).toEqual([['restore', 'operations.db']]);
  });

  it('finds an event that was changed, its hash as well, and names it', async () => {
    const path = join(backup, 'events.db');
    const number = one(path, "SELECT position FROM events WHERE type = 'RequestRegistered' ORDER BY position LIMIT 1");
    const faults = await foundIn(async (harmed) => {
      sql(join(harmed, 'events.db'), `${writable} UPDATE events SET hash = zeroblob(32) WHERE position = ${number}`);
      await coverUp(harmed);
    });
    expect(named(faults)).toContainEqual(['verify', number]);
  });

  it('finds what is no hash at all', async () => {
    const faults = await foundIn(async (harmed) => {
      sql(join(harmed, 'events.db'), `${writable} UPDATE events SET hash = x'00' WHERE position = 40`);
      await coverUp(harmed);
    });
    expect(named(faults)).toContainEqual(['verify', '40']);
  });

  it('finds the newest events gone, by the checkpoint', async () => {
    const faults = await foundIn(async (harmed) => {
      sql(join(harmed, 'events.db'), `${writable} DELETE FROM events WHERE position > ${sealed - 3}`);
      await coverUp(harmed);
    });
    expect(named(faults)).toContainEqual(['verify', String(sealed - 2)]);
  });

  it('finds an event missing in the midst', async () => {
    const faults = await foundIn(async (harmed) => {
      sql(join(harmed, 'events.db'), `${writable} DELETE FROM events WHERE position = 40`);
      await coverUp(harmed);
    });
    expect(named(faults)).toContainEqual(['verify', '40']);
    expect(faults.map(({ step }) => step)).toContain('rebuild');
  });

  it('finds a changed row, and names its table', async () => {
    const table = one(
      join(backup, 'read-models.db'),
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE '%staff_directory%'",
    );
    const key = one(join(backup, 'read-models.db'), `SELECT key FROM "${table}" ORDER BY key LIMIT 1`);
    const faults = await foundIn(async (harmed) => {
      sql(join(harmed, 'read-models.db'), `UPDATE "${table}" SET row = replace(row, '"d0', '"e0') WHERE key = '${key}'`);
      await coverUp(harmed);
    });
    expect(named(faults)).toEqual([['compare', `staff-directory ${key}`]]);
  });

  it('finds a missing key, and a key of another', async () => {
    const name = one(
      join(backup, 'keys', 'keys.db'),
      "SELECT name FROM keys WHERE name LIKE 'name:%' AND wrapped IS NOT NULL ORDER BY name LIMIT 1",
    );
    const without = await foundIn(async (harmed) => {
      sql(join(harmed, 'keys', 'keys.db'), `DELETE FROM keys WHERE name = '${name}'`);
      await coverUp(harmed);
    });
    expect(named(without)).toEqual([['keys', name]]);
    const swapped = await foundIn(async (harmed) => {
      sql(join(harmed, 'keys', 'keys.db'), `UPDATE keys SET wrapped = zeroblob(60) WHERE name = '${name}'`);
      await coverUp(harmed);
    });
    expect(named(swapped)).toEqual([['keys', name]]);
  });

  it('finds a changed tile, and the event at which it begins', async () => {
    const narrower = join('seal', 'tile', '0', '000.p');
    const faults = await foundIn(async (harmed) => {
      const place = existsSync(join(harmed, 'seal', 'tile', '0', '000'))
        ? join(harmed, 'seal', 'tile', '0', '000')
        : join(harmed, narrower, readdirSync(join(harmed, narrower))[0] ?? '');
      const bytes = readFileSync(place);
      bytes.writeUInt8(bytes.readUInt8(32 * 9 + 4) ^ 1, 32 * 9 + 4);
      writeFileSync(place, bytes);
      await coverUp(harmed);
    });
    expect(named(faults)).toEqual([['verify', '10']]);
    expect(faults[0]?.wrong.en).toContain('tree kept beside the log');
  });

  it('finds that the log was rolled back, by the checkpoint that was kept elsewhere alone', async () => {
    const grown = emptyFolder();
    cpSync(folder, grown, { recursive: true });
    const further = await inFolder(grown, async (opened) => {
      await register(opened, ['9000', '9001']);
      return sealNow(opened);
    });
    expect(further).toBeGreaterThan(sealed);
    const outside = readFileSync(join(grown, 'seal', 'checkpoint'), 'utf8');
    expect(named(await foundIn(() => undefined, outside))).toEqual([['verify', String(sealed + 1)]]);
    expect(named(await foundIn(() => undefined))).toEqual([]);
    const [step] = (await foundIn(() => undefined, outside.replace('— ', '— x'))).map((fault) => fault.step);
    expect(step).toBe('verify');
  });
});
