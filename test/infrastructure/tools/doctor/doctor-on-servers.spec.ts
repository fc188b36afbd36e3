import { randomBytes } from 'node:crypto';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import type { CheckName } from '../../../../src/infrastructure/tools/doctor/finding';
import { makeCertificate } from '../../../support/eventstoredb/certificate';
import { Emulator } from '../../../support/eventstoredb/emulator';
import { eventMessage } from '../../../support/eventstoredb/messages';
import { onEventStoreDb, onPostgres, type Place } from '../../../support/places';
import { requestsCsv, staffCsv } from '../../../story/support/bookings';
import { eventually } from '../../../support/eventually';
import { environmentOf, tichetIn } from '../command-line/captured';
import { closing, emptyFolder } from '../../../support/closing';
import { freePort } from '../../../support/free-port';

type Findings = { readonly findings: readonly { readonly check: CheckName; readonly remedy: { readonly en: string } }[] };

const lines = [
  { number: '500001', applicant: 'Țurcanu Ștefan' },
  { number: '500002', applicant: 'Kovács Győző' },
];

const commandsOn = (folder: string, { settings }: Place) => {
  const tichet = (argv: readonly string[], more: Readonly<Record<string, string>> = {}) =>
    tichetIn({ ...environmentOf(folder), ...settings, ...more }, argv);
  return {
    tichet,
    fill: async (): Promise<void> => {
      for (const [what, text] of [
        ['staff', staffCsv],
        ['requests', requestsCsv(lines)],
      ] as const) {
        const file = join(emptyFolder(), what);
        writeFileSync(file, text);
        expect(await tichet(['import', what, file])).toMatchObject({ exit: 0, stderr: '' });
      }
    },
    findings: async (): Promise<Findings['findings']> => {
      const { exit, stdout, stderr } = await tichet(['doctor', '--json']);
      expect(stderr).toBe('');
      const { findings } = JSON.parse(stdout) as Findings;
      expect(exit).toBe(findings.length === 0 ? 0 : 6);
      return findings;
    },
  };
};

describe('the doctor of a PostgreSQL', () => {
  let place: Place;
  let folder = '';
  let database: Client;
  let commands: ReturnType<typeof commandsOn>;

  beforeAll(async () => {
    place = closing(await onPostgres());
    folder = emptyFolder();
    commands = commandsOn(folder, place);
    await commands.fill();
    database = closing(new Client({ connectionString: place.settings['TICHET_POSTGRES_URL'] }));
    await database.connect();
    await database.query(
      'CREATE SCHEMA kept; CREATE TABLE kept.events AS TABLE tichet.events; CREATE TABLE kept.keys AS TABLE tichet.keys',
    );
  });

  const asAnAdministrator = (sql: string): Promise<unknown> =>
    database.query(`ALTER TABLE tichet.events DISABLE TRIGGER USER; ${sql}; ALTER TABLE tichet.events ENABLE TRIGGER USER`);
  const logAgain = 'DELETE FROM tichet.events; INSERT INTO tichet.events TABLE kept.events';
  const keysAgain = 'DELETE FROM tichet.keys; INSERT INTO tichet.keys TABLE kept.keys';
  // they are imported at the same time: not the newest event, which is the one that the tables have handled last
  const ofRequest = "WHERE position = (SELECT min(position) FROM tichet.events WHERE stream LIKE 'request-%')";

  it('finds nothing wrong with a healthy one', async () => {
    expect(await commands.findings()).toEqual([]);
  });

  it.each<[CheckName, string, string, string]>([
    ['hash-chain', 'a body was changed', `UPDATE tichet.events SET body = replace(body, '50000', '50009') ${ofRequest}`, logAgain],
    ['hash-chain', 'a body is no JSON any more', `UPDATE tichet.events SET body = left(body, 40) ${ofRequest}`, logAgain],
    ['hash-chain', 'a type was changed', `UPDATE tichet.events SET type = 'StatusChanged' ${ofRequest}`, logAgain],
    ['hash-chain', 'a hash was changed', `UPDATE tichet.events SET hash = sha256('') ${ofRequest}`, logAgain],
    ['log-gaps', 'an event is gone', 'DELETE FROM tichet.events WHERE position = 2', logAgain],
    [
      'log-gaps',
      'the newest event is gone',
      'DELETE FROM tichet.events WHERE position = (SELECT max(position) FROM tichet.events)',
      logAgain,
    ],
    ['log-gaps', 'a revision was changed', `UPDATE tichet.events SET revision = 7 ${ofRequest}`, logAgain],
    ['keys-missing', 'a key was deleted', "DELETE FROM tichet.keys WHERE name LIKE 'name:%500001%'", keysAgain],
    ['keys-missing', 'a key was damaged', "UPDATE tichet.keys SET wrapped = 'abc' WHERE name LIKE 'name:%500001%'", keysAgain],
    [
      'tables-behind',
      'a table stands still',
      "UPDATE tichet.builds SET checkpoint = '' WHERE projection = 'ticket-status'",
      "UPDATE tichet.builds SET checkpoint = (SELECT max(checkpoint) FROM tichet.builds) WHERE projection = 'ticket-status'",
    ],
    [
      'tables-ahead',
      'another event stands where a table has handled its last one',
      `UPDATE tichet.builds SET stands = checkpoint || ' ' || repeat('0', 64) WHERE projection = 'ticket-status'`,
      `UPDATE tichet.builds SET stands = (SELECT max(stands) FROM tichet.builds WHERE projection <> 'ticket-status') WHERE projection = 'ticket-status'`,
    ],
    [
      'tables-parked',
      'a row is parked',
      `INSERT INTO tichet.parked (build, name, key, position, stream, revision, event_id, type, body, hash, error, parked_at)
       SELECT build, 'ticket-status', 'k', '1', 's', 0, 'e', 't', '{}', '', 'TypeError', '2026' FROM tichet.builds WHERE projection = 'ticket-status'`,
      'DELETE FROM tichet.parked',
    ],
    [
      'reporting-parked',
      'a row for reports is parked',
      `INSERT INTO tichet.reporting_parked (name, key, error, parked_at) VALUES ('tickets', 'k', 'TypeError', '2026')`,
      'DELETE FROM tichet.reporting_parked',
    ],
    [
      'letters-failed',
      'a letter was given up',
      "INSERT INTO tichet.outbox (letter_id, ticket_id, kind, state, at, attempts) VALUES ('l', 't', 'code', 'failed', '2026', 3)",
      'DELETE FROM tichet.outbox',
    ],
  ])('finds %s, and nothing else that is not so, when %s; and names no folder', async (check, what, harm, undo) => {
    await asAnAdministrator(harm);
    const found = await commands.findings();
    await asAnAdministrator(undo);
    // what the process has acknowledged, and what its log lacks now or has otherwise
    const isMissed = /^(a hash|a revision) was changed$|event is gone$/.test(what);
    const isShorter = what === 'the newest event is gone';
    expect(found.map((finding) => finding.check)).toEqual([
      check,
      ...(isMissed ? ['acknowledged-missing'] : []),
      ...(isShorter ? ['tables-ahead'] : []),
    ]);
    expect(found.map(({ remedy }) => remedy.en).join()).not.toMatch(/keys\.db|tichet restore/);
    expect(await commands.findings()).toEqual([]);
  });

  it('says that others can read the master key, and looks from a folder that is not there', async () => {
    const masterKey = { TICHET_MASTER_KEY_FILE: join(folder, 'master.key') };
    expect(await commands.tichet(['doctor'], { ...masterKey, TICHET_DATA_DIR: join(emptyFolder(), 'none') })).toMatchObject({ exit: 0 });
    chmodSync(masterKey.TICHET_MASTER_KEY_FILE, 0o444);
    expect((await commands.findings()).map(({ check }) => check)).toEqual(['key-file']);
    chmodSync(masterKey.TICHET_MASTER_KEY_FILE, 0o400);
  });

  it.each([
    ['doctor'],
    ['audit'],
    ['token', '--role', 'auditor', '--person', 'Ana'],
    ['letters', 'list'],
    ['serve'],
    ['projections', 'rebuild'],
  ])('a wrong master key: %s says so, and leaves no connection that would keep it from ending', async (...argv) => {
    const file = join(emptyFolder(), 'master.key');
    writeFileSync(file, randomBytes(32), { mode: 0o400 });
    const { exit, stdout, stderr } = await commands.tichet(argv, { TICHET_MASTER_KEY_FILE: file });
    expect([exit, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/Cheia principală nu este cea .* \/ The master key is not the one .*\n$/);
    const others = 'SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()';
    await eventually('nobody is connected', async () => ((await database.query(others)).rowCount === 0 ? true : undefined));
  });
});

describe('the doctor of an EventStoreDB', () => {
  it('finds a body that was changed on the server, and the missing keys of a folder', async () => {
    const place = closing(await onEventStoreDb());
    const commands = commandsOn(emptyFolder(), place);
    await commands.fill();
    expect(await commands.findings()).toEqual([]);
    const event = place.emulator.log.events.find(({ type }) => type === 'RequestRegistered');
    if (event === undefined) throw new Error('There is no request.');
    const { data, message } = event;
    const changed = Buffer.from(Buffer.from(data).toString().replace('in-operation', 'under-analysis'));
    Object.assign(event, { data: changed, message: eventMessage({ ...event, data: changed }) });
    expect((await commands.findings()).map(({ check }) => check)).toEqual(['hash-chain']);
    Object.assign(event, { data, message });
    expect(await commands.findings()).toEqual([]);
  });

  it('finds that the server is not there, looks at everything else, and ends with what it found', async () => {
    const place = closing(await onEventStoreDb());
    const commands = commandsOn(emptyFolder(), place);
    await commands.fill();
    const settings = { TICHET_EVENTSTOREDB_URL: `esdb://us:hunter2@127.0.0.1:${String(await freePort())}` };
    const { exit, stdout, stderr } = await commands.tichet(['doctor', '--json'], settings);
    const { findings } = JSON.parse(stdout) as Findings & { readonly findings: readonly { readonly wrong: { readonly ro: string } }[] };
    expect([exit, stderr, findings.map(({ check }) => check)]).toEqual([6, '', ['log-unreachable']]);
    expect(findings[0]?.wrong.ro).toMatch(/nu ascultă nimeni \(ECONNREFUSED\).*TICHET_EVENTSTOREDB_URL/);
    expect(stdout).not.toContain('hunter2');
  });

  it('a user who may read the log, and not its streams: the doctor finds it, and other commands say where to look', async () => {
    const emulator = closing(await Emulator.start({ certificate: makeCertificate() }));
    emulator.access.setUser('clerk', 'secret');
    emulator.log.setMetadata('$all', { $acl: { $r: ['$admins', 'clerk'] } });
    const settings = { TICHET_EVENT_STORE: 'eventstoredb', TICHET_EVENTSTOREDB_URL: emulator.urlFor('clerk', 'secret') };
    const commands = commandsOn(emptyFolder(), { settings, close: () => Promise.resolve() });
    await commands.fill();
    expect(await commands.findings()).toEqual([]);
    // a stream that is damaged is asked for by itself
    emulator.log.softDelete(emulator.log.events.find(({ type }) => type === 'RequestRegistered')?.stream ?? '');
    emulator.access.userStreams = { $r: '$admins', $w: '$admins' };
    const [found, ...others] = await commands.findings();
    expect([found?.check, others]).toEqual(['log-unreachable', []]);
    const { exit, stderr } = await commands.tichet(['replay', '01a22105-998d-750e-990d-3132b304389c']);
    expect([exit, stderr]).toEqual([1, expect.stringMatching(/\(access-denied\).*docs\/eventstoredb\.md/)]);
  });

  it.each([['backup'], ['drill']])('%s sends nobody to pg_dump, but to the order of the server’s own backup', async (...argv) => {
    const place = closing(await onEventStoreDb());
    const commands = commandsOn(emptyFolder(), place);
    const { exit, stderr } = await commands.tichet([...argv, ...(argv[0] === 'backup' ? [join(emptyFolder(), 'copy')] : [])]);
    expect(exit).toBe(2);
    expect(stderr).toMatch(/EventStoreDB.*docs\/eventstoredb\.md/);
    expect(stderr).not.toContain('pg_dump');
  });
});
