import { openSqlite } from '@tichet-albastru/event-log/database/sqlite/driver';
import { clockRegister } from '../../../../src/application/audit/watch-clock';
import { chmodSync, cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { lockDataFolder } from '@tichet-albastru/event-log/database/data-folder/lock-data-folder';
import { dataFiles } from '../../../../src/infrastructure/database/data-folder/data-files';
import { checksInFolder, logInFolder } from '../../../../src/infrastructure/tools/doctor/stored-in-folder';
import { examine } from '../../../../src/infrastructure/tools/doctor/examine';
import type { CheckName, ExaminedInstallation } from '../../../../src/infrastructure/tools/doctor/finding';
import { sqliteDialect } from '@tichet-albastru/event-log/read-models/dialect';
import { createReportingBookkeeping } from '@tichet-albastru/event-log/reporting/reporting.migration';
import { tichet } from '../command-line/captured';
import { copyOfFolder } from '../../../support/copy-of-folder';
import { toldFolder } from '../command-line/filled';

const now = '2026-11-25T14:00:00.000Z';
const gigabyte = 1024 ** 3;
let healthy = '';

beforeAll(async () => {
  ({ folder: healthy } = await toldFolder(now));
});

type Harm = (folder: string) => Partial<ExaminedInstallation> | undefined | (() => void);

const patientIn = (folder: string): ExaminedInstallation => ({
  folder,
  databases: [dataFiles.events, dataFiles.operations, dataFiles.readModels, dataFiles.keys],
  kept: { ...logInFolder(folder), ...checksInFolder(folder) },
  masterKeyFile: join(folder, 'master.key'),
  now: () => now,
  disk: () => ({ free: 20 * gigabyte, total: 100 * gigabyte }),
  webhooks: [],
  serviceAnswers: () => Promise.resolve(false),
  patienceMilliseconds: 0,
  identityFault: () => Promise.resolve(undefined),
});

const sick = async (harm: Harm): Promise<readonly CheckName[]> => {
  const folder = copyOfFolder(healthy);
  const harmed = harm(folder);
  try {
    const patient = { ...patientIn(folder), ...(typeof harmed === 'function' ? {} : harmed) };
    const findings = await examine(patient);
    for (const { wrong, remedy } of findings) {
      expect([wrong.ro, wrong.en, remedy.ro, remedy.en].every((sentence) => sentence.length > 5)).toBe(true);
    }
    return findings.map(({ check }) => check);
  } finally {
    if (typeof harmed === 'function') harmed();
    rmSync(folder, { recursive: true, force: true });
  }
};

const sql = (folder: string, file: string, statements: string): (() => void) => {
  const database = openSqlite(join(folder, file));
  database.exec(statements);
  database.close();
  return () => undefined;
};
const writable = 'DROP TRIGGER events_never_change; DROP TRIGGER events_never_go;';

describe('doctor', () => {
  it('finds nothing wrong with a healthy folder, and changes nothing', async () => {
    expect(await sick(() => undefined)).toEqual([]);
  });

  it('compares positions only, where the tables are of a version that kept nothing else', async () => {
    expect(await sick((folder) => sql(folder, 'read-models.db', 'ALTER TABLE builds DROP COLUMN stands'))).toEqual([]);
  });

  it('leaves nothing for the restore drill to find', async () => {
    const { exit, stdout } = await tichet(healthy, 'drill', '--json');
    const { faults, tables } = JSON.parse(stdout) as { faults: readonly unknown[]; tables: readonly { rows: number }[] };
    expect([exit, faults]).toEqual([0, []]);
    expect(tables.filter(({ rows }) => rows > 0).length).toBeGreaterThan(5);
  });

  it('C21: an audit of all tickets looks at the log, and ends with 6', async () => {
    const folder = copyOfFolder(healthy);
    const chains = async (...options: readonly string[]): Promise<readonly string[]> => {
      const { exit, stdout } = await tichet(folder, 'audit', ...options, '--json');
      const { tickets } = JSON.parse(stdout) as { tickets: readonly { overall: string; verdicts: Record<string, string> }[] };
      expect(exit).toBe(tickets.some(({ overall }) => overall === 'fail') ? 6 : 0);
      return tickets.map(({ verdicts }) => verdicts['C21'] ?? '');
    };
    const before = await chains();
    expect(new Set(before)).toEqual(new Set(['pass']));
    expect((await chains('--verdict', 'pass')).length).toBeGreaterThan(0);
    sql(
      folder,
      'events.db',
      `${writable} UPDATE events SET data = replace(data, '"reference":"TA-', '"reference":"TA-0') WHERE type = 'Requested'`,
    );
    expect(await chains('--verdict', 'fail')).toEqual(before.map(() => 'fail'));
    expect(await chains('--verdict', 'pass')).toEqual([]);
  });

  it.each<[CheckName, string, Harm]>([
    [
      'hash-chain',
      'an event was rewritten',
      (folder) =>
        sql(
          folder,
          'events.db',
          `${writable} UPDATE events SET data = replace(data, '"mode":"phone"', '"mode":"online"') WHERE type = 'Held'`,
        ),
    ],
    [
      'hash-chain',
      'an event was filed under another type',
      (folder) => sql(folder, 'events.db', `${writable} UPDATE events SET type = 'Cancelled' WHERE type = 'Held'`),
    ],
    [
      'hash-chain',
      'an event is no JSON any more',
      (folder) => sql(folder, 'events.db', `${writable} UPDATE events SET data = substr(data, 1, 40) WHERE type = 'Held'`),
    ],
    [
      'log-gaps',
      'an event is gone',
      (folder) =>
        sql(
          folder,
          'events.db',
          `${writable} DELETE FROM events WHERE position = (SELECT max(position) FROM events WHERE type = 'InvitationSent')`,
        ),
    ],
    [
      'key-file',
      'others can read the master key',
      (folder) => {
        chmodSync(join(folder, 'master.key'), 0o444);
        return undefined;
      },
    ],
    [
      'key-file',
      'others can read the token key',
      (folder) => {
        chmodSync(join(folder, 'token.key'), 0o444);
        return undefined;
      },
    ],
    [
      'permissions',
      'others can read the folder',
      (folder) => {
        chmodSync(folder, 0o755);
        return undefined;
      },
    ],
    ...['lock.db', 'read-models.db'].map((name): [CheckName, string, Harm] => [
      'permissions',
      `others can read ${name}`,
      (folder) => {
        chmodSync(join(folder, name), 0o644);
        return undefined;
      },
    ]),
    ['database', 'the log no longer uses WAL', (folder) => sql(folder, 'events.db', 'PRAGMA journal_mode = DELETE')],
    [
      'keys-missing',
      'a key is lost',
      (folder) => sql(folder, 'keys.db', "DELETE FROM keys WHERE name = (SELECT min(name) FROM keys WHERE name LIKE 'contact:%')"),
    ],
    [
      'tables-behind',
      'a table stands still',
      (folder) => sql(folder, 'read-models.db', "UPDATE builds SET checkpoint = '' WHERE projection = 'ticket-status'"),
    ],
    [
      'tables-ahead',
      'another event stands where a table has handled its last one',
      (folder) =>
        sql(
          folder,
          'read-models.db',
          "UPDATE builds SET stands = checkpoint || ' ' || hex(zeroblob(32)) WHERE projection = 'ticket-status'",
        ),
    ],
    [
      'process-cannot-read',
      'the table of a process lacks a column',
      (folder) =>
        sql(
          folder,
          'read-models.db',
          `UPDATE tables SET columns = replace(columns, '"countedFrom"', '"another"') WHERE name = 'process-recordings'`,
        ),
    ],
    [
      'tables-parked',
      'a row is parked',
      (folder) =>
        sql(
          folder,
          'read-models.db',
          "INSERT INTO parked (build, name, key, position, stream, revision, event_id, type, body, hash, error, parked_at) SELECT build, 'ticket-status', 'k', '1', 's', 0, 'e', 't', '{}', '', 'TypeError', '2026' FROM builds WHERE projection = 'ticket-status'",
        ),
    ],
    [
      'reporting-parked',
      'a row for reports is parked',
      (folder) =>
        sql(
          folder,
          'reporting.db',
          `${createReportingBookkeeping(sqliteDialect).join(';')};
           INSERT INTO reporting_parked (name, key, error, parked_at) VALUES ('tickets', 'k', 'TypeError', '2026'), ('tickets', 'l', 'TypeError', '2026')`,
        ),
    ],
    [
      'letters-failed',
      'a letter was given up',
      (folder) => sql(folder, 'operations.db', "UPDATE outbox SET state = 'failed' WHERE letter_id = (SELECT min(letter_id) FROM outbox)"),
    ],
    [
      'webhooks-disabled',
      'a system of another team is told no more',
      (folder) => {
        sql(
          folder,
          'operations.db',
          `INSERT INTO registers (name, value) VALUES ('webhook:statistics', '{"position":"","disabledAt":"2026-11-20T00:00:00.000Z"}')`,
        );
        return { webhooks: ['statistics', 'archive'] };
      },
    ],
    ['registry-silent', 'the gateway before INFOCET is silent', () => ({ registrySilence: () => Promise.resolve('no-answer') })],
    ['registry-silent', 'the gateway takes another token', () => ({ registrySilence: () => Promise.resolve('unauthenticated') })],
    [
      'registry-refused',
      'the gateway said what cannot be',
      (folder) =>
        sql(
          folder,
          'operations.db',
          `INSERT INTO registers (name, value) VALUES ('register-refused', '${JSON.stringify([
            { request: 'request-1_2026-01-05', field: 'handlerStaffId', reason: 'unknown-staff', since: now },
          ])}')`,
        ),
    ],
    ['clock', 'the clock runs in the past', () => ({ now: () => '2026-11-20T00:00:00.000Z' })],
    ['disk', 'the disk is nearly full', () => ({ disk: () => ({ free: 100 * 1024 ** 2, total: 100 * gigabyte }) })],
    ['open-files', 'the service may open few files', () => ({ openFiles: () => 1024 })],
    ['identity', 'the identity provider does not answer', () => ({ identityFault: () => Promise.resolve('not-reached') })],
    [
      'files',
      'the keys are gone',
      (folder) => {
        rmSync(join(folder, 'keys.db'));
        return undefined;
      },
    ],
    [
      'service-mute',
      'somebody holds the folder and does not answer',
      (folder) => {
        const lock = lockDataFolder(folder);
        return () => {
          lock.release();
        };
      },
    ],
  ])('finds %s, and only that, when %s', async (check, _, harm) => {
    expect(await sick(harm)).toEqual([check]);
  });

  it('finds a database that is no database any more, and looks no further', async () => {
    const found = await sick((folder) => {
      rmSync(join(folder, 'events.db'));
      cpSync(join(folder, 'master.key'), join(folder, 'events.db'));
      chmodSync(join(folder, 'events.db'), 0o600);
      return undefined;
    });
    expect(found).toEqual(['database']);
  });

  it('finds the admission and the slot that an ended ticket still keeps', async () => {
    // The last release and conclusion never came: the ends of two streams are cut, which leaves no gap in any stream.
    const found = await sick((folder) => {
      const database = openSqlite(join(folder, 'events.db'));
      database.exec(writable);
      database.exec("DELETE FROM events WHERE type IN ('SlotReleased', 'AdmissionEnded')");
      database.exec('CREATE TEMP TABLE moved AS SELECT position, row_number() OVER (ORDER BY position) AS place FROM events');
      database.exec('UPDATE events SET position = -(SELECT place FROM moved WHERE moved.position = events.position)');
      database.exec('UPDATE events SET position = -position');
      database.close();
      return undefined;
    });
    expect(found).toContain('bookings');
    expect(found).not.toContain('log-gaps');
  });

  it('reads the clock after the log: a fact that comes while it reads is none of the future', async () => {
    const folder = copyOfFolder(healthy);
    const patient = patientIn(folder);
    let read = false;
    async function* streams() {
      if (patient.kept !== undefined) yield* patient.kept.streams();
      read = true;
    }
    const before = '2026-11-20T00:00:00.000Z';
    const clock = (): string => (read ? now : before);
    const kept = patient.kept && { ...patient.kept, streams };
    expect(await examine({ ...patient, kept, now: clock })).toEqual([]);
    // what it read beforehand would accuse
    expect((await examine({ ...patient, now: () => before })).map(({ check }) => check)).toEqual(['clock']);
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([
    ['2026-11-24T09:00:00.000Z', ['clock']],
    ['2026-11-10T09:00:00.000Z', []],
  ])('says for a week that a clock has gone back: %s', async (newest, checks) => {
    const folder = copyOfFolder(healthy);
    const patient = patientIn(folder);
    const register = (name: string): Promise<string | undefined> =>
      name === clockRegister ? Promise.resolve(`290 7200 ${newest}`) : (patient.kept?.register(name) ?? Promise.resolve(undefined));
    const findings = await examine({ ...patient, kept: patient.kept && { ...patient.kept, register } });
    expect(findings.map(({ check }) => check)).toEqual(checks);
    for (const { wrong } of findings) expect(wrong.en).toContain('290 facts are older than one before them in the log, by up to 2 h');
    rmSync(folder, { recursive: true, force: true });
  });

  it('is a command that ends with 0 or 6, in words or JSON', async () => {
    const folder = copyOfFolder(healthy);
    chmodSync(join(folder, 'master.key'), 0o444);
    const { exit, stdout } = await tichet(folder, 'doctor', '--json');
    expect(exit).toBe(6);
    expect(JSON.parse(stdout)).toMatchObject({ findings: expect.arrayContaining([expect.objectContaining({ check: 'key-file' })]) });
    rmSync(folder, { recursive: true, force: true });
    expect((await tichet(folder, 'doctor')).exit).toBe(3);
  });
});
