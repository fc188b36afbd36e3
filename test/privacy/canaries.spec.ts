import { openSqlite } from '@tichet-albastru/event-log/database/sqlite/driver';
import { simpleParser } from 'mailparser';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeBackup } from '../../src/infrastructure/tools/backup/make-backup';
import { restoreBackup } from '../../src/infrastructure/tools/backup/restore-backup';
import { openSqliteEventStore } from '@tichet-albastru/event-log/stores/sqlite/sqlite-event-store';
import { askLocalSocket } from '../../src/infrastructure/tools/local-socket/socket';
import { openMasterKey } from '@tichet-albastru/event-log/keys/master-key';
import { createPersonalData } from '../../src/infrastructure/log/keys/personal-data';
import { derivedFrom } from '../../src/infrastructure/log/keys/purpose-keys';
import { openSqliteKeyStore } from '@tichet-albastru/event-log/keys/sqlite-key-store';
import { createEventCodec } from '../../src/infrastructure/log/codec/event-codec.codec';
import { csv } from '../story/support/bookings';
import { createCityHall, must, type CityHall } from '../story/support/city-hall';
import { eventually } from '../support/eventually';
import { codeIn } from '../story/support/post-office';
import { canaryIn, createCanaries } from './canaries';
import { emptyFolder } from '../support/closing';

const canaries = createCanaries(20_260_302);
const ticketCount = 24;
const staffIds = ['c001', 'c002', 'c003', 'c004', 'c005'] as const;
const filedOn = '2026-02-02';
const thursday = Date.parse('2026-03-05T06:00:00.000Z');
const quarter = 15 * 60_000;
const instant = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** One citizen with everything that is told about them. */
const people = Array.from({ length: ticketCount }, (_, index) => ({
  index,
  number: String(700_001 + index),
  name: `${canaries.name()} ${canaries.name()}`,
  email: canaries.email(),
  phone: canaries.phone(),
  notes: canaries.text(),
  subject: canaries.text(),
  said: [canaries.text(), canaries.text()] as const,
  link: canaries.link(),
  staffId: staffIds[index % 4] ?? 'c001',
  startsAt: instant(thursday + Math.floor(index / 4) * quarter),
}));
type Person = (typeof people)[number];
const staff = staffIds.map((staffId) => ({ staffId, name: `${canaries.name()} Ana`, email: canaries.email(), absence: canaries.text() }));

/** What is said of the way a ticket goes; every kind of free text is in one of them. */
const ways = ['missing-recording', 'cancelled', 'handed-over', 'moved', 'reassigned', 'waived-recording'] as const;
const wayOf = ({ index }: Person): (typeof ways)[number] => ways[index % ways.length] ?? 'cancelled';
const hasEmail = (person: Person): boolean => !['handed-over', 'reassigned'].includes(wayOf(person));
const modeOf = (person: Person): string => {
  const way = wayOf(person);
  return way === 'handed-over' ? 'phone' : way === 'cancelled' || way === 'reassigned' ? 'in-person' : 'online';
};

const filesUnder = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));

/** Files in which a canary stands, with what is around it. */
const findings = (folder: string): readonly string[] =>
  filesUnder(folder).flatMap((file) => {
    const found = canaryIn(readFileSync(file));
    return found === undefined ? [] : [`${file.slice(folder.length)}: ${found}`];
  });

describe('200 canaries in names, addresses, numbers and free text', () => {
  let hall: CityHall;
  const backup = emptyFolder();
  const tickets = new Map<Person, { readonly ticketId: string; readonly manageToken: string }>();
  const ticketOf = (person: Person) => {
    const ticket = tickets.get(person);
    if (ticket === undefined) throw new Error(`No ticket of ${person.number}.`);
    return ticket;
  };
  let keyNumber = 0;
  /** Every command under a key, and every key with a canary in it. */
  const key = (): { readonly 'idempotency-key': string } => ({ 'idempotency-key': `k-${String((keyNumber += 1))}-zqxcanarykey` });
  const outbox = (): string => join(hall.dataFolder, 'outbox');
  const lettersTo = async (address: string) => {
    const names = existsSync(outbox()) ? readdirSync(outbox()).filter((name) => name.endsWith('.eml')) : [];
    const found = names.map((name) => readFileSync(join(outbox(), name))).filter((raw) => raw.toString('latin1').includes(address));
    return Promise.all(found.map((raw) => simpleParser(raw)));
  };
  /** Databases and their logs, not what was sent. */
  const withoutOutbox = (): readonly string[] => findings(hall.dataFolder).filter((finding) => !finding.startsWith('/outbox/'));

  beforeAll(async () => {
    // letters to civil servants hold their own addresses, and stay when a citizen is forgotten
    hall = await createCityHall({ TICHET_LOG_LEVEL: 'debug', TICHET_OFFICIAL_LETTERS: 'none' });
    hall.service.moveClockTo('2026-03-02T08:00:00.000Z');
    await hall.service.start();
  });

  it('are found by this test in every disguise', () => {
    expect(canaries.all.length).toBeGreaterThanOrEqual(200);
    expect(new Set(canaries.all.map((canary) => canary.toLowerCase())).size).toBe(canaries.all.length);
    const swapped = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();
    const disguises: readonly ((text: string) => Buffer | string)[] = [
      (text) => `x${text}y`,
      (text) => text.toUpperCase(),
      (text) => text.toLowerCase(),
      (text) => Buffer.from(text, 'utf16le'),
      swapped,
      (text) => encodeURIComponent(text),
      (text) => JSON.stringify({ text }),
      (text) => Buffer.from(text).toString('hex'),
      ...['', 'a', 'ab'].flatMap((before) => [
        (text: string) => Buffer.from(before + text).toString('base64'),
        (text: string) => Buffer.from(before + text).toString('base64url'),
        (text: string) => Buffer.from(before + text, 'utf16le').toString('base64'),
      ]),
    ];
    const missed = canaries.all.flatMap((canary) =>
      disguises.flatMap((disguise, index) => (canaryIn(disguise(canary)) === undefined ? [`${canary} in disguise ${String(index)}`] : [])),
    );
    expect(missed).toEqual([]);
    expect(canaryIn('nobody here')).toBeUndefined();
  });

  it('go through every route', async () => {
    const [admin, registry, head] = [hall.as('admin'), hall.as('registry'), hall.as('head', 'c001')];
    for (const { staffId, name, email } of staff) {
      const role = staffId === 'c001' ? 'head-of-service' : 'executive';
      await must(200, admin('PUT', `/staff/${staffId}`, { body: { name, email, role, department: 'Autorizări', departmentCode: '425' } }));
    }
    for (const { number, name, subject, staffId } of people) {
      const body = { applicantName: name, subject, handlerStaffId: staffId, departmentCode: '425', status: 'in-operation' };
      await must(200, registry('PUT', `/requests/${number}/${filedOn}`, { body }));
    }
    const faulty = `number,filedOn,applicantName,status,handlerStaffId\n1,${people[0]?.email ?? ''},${people[0]?.name ?? ''},zqxcanarystatus,c002\n`;
    const report = await must(200, registry('POST', '/requests/import', { file: csv(faulty) }));
    expect(report.body.faults).toHaveLength(2);
    expect(canaryIn(report.text)).toBeUndefined();
    for (const { staffId, absence } of staff) {
      const body = { from: '2026-04-01T06:00:00Z', to: '2026-04-02T06:00:00Z', reason: absence };
      const made = await must(201, hall.as('staff', staffId)('POST', `/staff/${staffId}/absences`, { body, headers: key() }));
      expect(canaryIn(made.text)).toBeUndefined();
    }
    const wrong = { requestNumber: '700001', applicantName: 'Zqxcanarywrong Zqxcanaryname', filedOn };
    const nobody = await must(404, hall.call('POST', '/requests/lookup', { body: wrong, headers: key() }));
    expect(canaryIn(nobody.text)).toBeUndefined();
    for (const person of people) {
      const { number, name, email, phone, notes, startsAt } = person;
      const found = await must(
        200,
        hall.call('POST', '/requests/lookup', { body: { requestNumber: number, applicantName: name, filedOn }, headers: key() }),
      );
      const mode = modeOf(person);
      const wish = { startsAt, mode, phone, notes, ...(hasEmail(person) ? { email } : {}) };
      const notice = mode === 'online' ? { recordingNoticeVersion: found.body.recordingNotice.version } : {};
      const made = await must(
        201,
        hall.call('POST', '/tickets', { token: found.body.bookingToken, body: { ...wish, ...notice }, headers: key() }),
      );
      tickets.set(person, made.body);
    }
    await Promise.all(
      people.filter(hasEmail).map(async (person) => {
        const { ticketId, manageToken } = ticketOf(person);
        const letter = await eventually('the code', async () => (await lettersTo(ticketId))[0]);
        const body = { code: codeIn(letter) };
        await must(200, hall.call('POST', `/tickets/${ticketId}/verification`, { token: manageToken, body, headers: key() }));
      }),
    );
    for (const person of people) {
      const { said, link, staffId, startsAt } = person;
      const { ticketId, manageToken } = ticketOf(person);
      const act = async (action: string, body: object, by = staffId, status = 200) =>
        must(status, hall.as('staff', by)('POST', `/tickets/${ticketId}/${action}`, { body, headers: key() }));
      switch (wayOf(person)) {
        case 'missing-recording':
        case 'waived-recording':
          await act('meeting-link', { joinUrl: link });
          break;
        case 'cancelled':
          await act('cancel', { reason: 'other', reasonText: said[0] });
          break;
        case 'moved':
          await act('reschedule', {
            startsAt: instant(Date.parse(startsAt) + 24 * 3_600_000),
            reason: 'other',
            reasonText: said[0],
            citizenAgreed: true,
            agreedBy: 'phone',
            agreedAt: hall.service.now().toISOString(),
          });
          break;
        case 'reassigned':
          await must(200, head('POST', `/tickets/${ticketId}/reassign`, { body: { staffId: 'c005', reason: said[0] }, headers: key() }));
          await must(200, hall.call('POST', `/tickets/${ticketId}/cancel`, { token: manageToken, body: {}, headers: key() }));
          break;
        case 'handed-over':
      }
    }
    await hall.moveTo('2026-03-06T12:00:00.000Z');
    for (const person of people) {
      const { said, link, staffId, startsAt } = person;
      const { ticketId } = ticketOf(person);
      const act = async (action: string, body: object) =>
        must(200, hall.as('staff', staffId)('POST', `/tickets/${ticketId}/${action}`, { body, headers: key() }));
      const held = { startedAt: startsAt, endedAt: instant(Date.parse(startsAt) + quarter) };
      switch (wayOf(person)) {
        case 'missing-recording':
          await act('held', held);
          await act('recording', { missing: said[0] });
          await act('resolution', { conclusions: said[1] });
          break;
        case 'waived-recording':
          await act('held', held);
          if (person.index < ticketCount / 2) await act('recording', { waived: said[0], offeredAlternative: true });
          else await act('recording', { recordingId: 'R-1', startedAt: startsAt, durationSeconds: 900, url: link });
          await act('resolution', { conclusions: said[1] });
          break;
        case 'handed-over':
          await act('held', held);
          await act('resolution', { conclusions: said[1] });
          await act('resolution/handed-over', { channel: 'post', at: hall.service.now().toISOString(), proof: said[0] });
          break;
        case 'moved':
          await act('absent', { who: 'citizen', waitedMinutes: 12 });
          break;
        case 'cancelled':
        case 'reassigned':
      }
    }
    for (const person of people.filter((one) => wayOf(one).endsWith('recording')))
      await hall.happened(ticketOf(person).ticketId, 'ResolutionSent');
  });

  it('are told to nobody who asks wrongly, and stand in no answer for readers', async () => {
    const [first] = people;
    if (first === undefined) throw new Error('Nobody is here.');
    const { ticketId, manageToken } = ticketOf(first);
    const wrongly = [
      hall.call('POST', '/requests/lookup', { body: { requestNumber: first.number, applicantName: first.name, filedOn: first.email } }),
      hall.call('POST', '/requests/lookup', { body: { [first.email]: first.name } }),
      hall.call('POST', '/requests/lookup', { file: { type: 'application/json', text: `{"applicantName": "${first.name}` } }),
      hall.call('GET', `/tickets/${encodeURIComponent(first.email)}`, { token: manageToken }),
      hall.call('GET', `/${encodeURIComponent(first.name)}?name=${encodeURIComponent(first.name)}`),
      hall.call('GET', `/tickets/${ticketId}?email=${encodeURIComponent(first.email)}`, { token: first.name.replaceAll(/[^\w]/g, '') }),
      hall.as('auditor')('GET', `/audit/tickets?staffId=${encodeURIComponent(first.email)}`),
      hall.as('staff', first.staffId)('POST', `/tickets/${ticketId}/resolution`, {
        body: { conclusions: first.said[1], extra: first.said[0] },
      }),
    ];
    for (const answer of await Promise.all(wrongly)) {
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(canaryIn(answer.text)).toBeUndefined();
    }
    const readers = [
      hall.as('auditor')('GET', '/audit/tickets?limit=100'),
      hall.as('auditor')('GET', `/audit/tickets/${ticketId}`),
      hall.as('auditor')('GET', `/audit/tickets/${ticketId}/history`),
      hall.as('auditor')('GET', `/eligibility?number=${first.number}&filedOn=${filedOn}`),
      hall.as('integrator')('GET', '/events?limit=100000'),
      hall.as('reports')('GET', '/reports/summary?from=2026-03-01&to=2026-03-31&by=staff'),
      hall.as('staff', 'c001')('GET', '/tasks'),
      hall.as('admin')('GET', '/parked'),
    ];
    for (const answer of await Promise.all(readers)) {
      expect(answer.status).toBe(200);
      expect([answer.text.slice(0, 60), canaryIn(answer.text)]).toEqual([answer.text.slice(0, 60), undefined]);
    }
    const feed = await must(201, hall.as('staff', first.staffId)('POST', '/calendar/feed'));
    const calendar = await (await fetch(`${hall.service.url}${new URL(feed.body.url).pathname}`)).text();
    expect(calendar).toContain('BEGIN:VCALENDAR');
    expect(canaryIn(calendar)).toBeUndefined();
  });

  it('stand in letters and before the eyes of staff, so that this test can see them at all', async () => {
    const letters = findings(outbox());
    // a code each; an invitation with and without link, and a resolution, or a change, or a cancellation
    expect(letters.length).toBeGreaterThan(people.filter(hasEmail).length);
    const seen = await must(200, hall.as('head', 'c001')('GET', '/calendar?from=2026-03-01&to=2026-03-31&limit=100'));
    expect(canaryIn(seen.text)).toBeDefined();
  });

  it('stand in no database, key store, log file, journal or metric, nor in an address of the web but the link of the meeting', async () => {
    // before the long search: a connection that idles meanwhile is closed by the service
    const metrics = await (await fetch(`${hall.service.url}/metrics`)).text();
    expect(withoutOutbox()).toEqual([]);
    expect(metrics).toContain('tichet_appends_total');
    expect(canaryIn(metrics)).toBeUndefined();
    expect(hall.service.output()).toContain('service.started');
    expect(canaryIn(hall.service.output())).toBeUndefined();
    const mails = await Promise.all(readdirSync(outbox()).map((name) => simpleParser(readFileSync(join(outbox(), name)))));
    const urls = mails.flatMap(({ text, html }) => `${text ?? ''} ${String(html)}`.match(/https?:\/\/[^\s"<>]+/g) ?? []);
    const links = new Set(people.map(({ link }) => link));
    expect(urls.filter((url) => canaryIn(url) !== undefined && !links.has(url))).toEqual([]);
    expect(urls.filter((url) => links.has(url)).length).toBeGreaterThan(0);
  });

  it('forget: nobody of them comes back, in tables, letters, logs of the databases, or a backup that is put back', async () => {
    // What the key store held of them: none of these bytes may be left.
    const database = openSqlite(join(hall.dataFolder, 'keys.db'), { readonly: true });
    const wrapped = database
      .prepare<[], Buffer>(`SELECT wrapped FROM keys WHERE name LIKE 'contact:%' OR name LIKE 'name:%'`)
      .pluck()
      .all();
    database.close();
    expect(wrapped.length).toBe(2 * ticketCount);
    await makeBackup(
      { dataFolder: hall.dataFolder, masterKeyFile: join(hall.dataFolder, 'master.key') },
      join(backup, 'before'),
      hall.service.now().toISOString(),
    );
    expect(findings(backup)).toEqual([]);

    for (const person of people) {
      const { ticketId } = ticketOf(person);
      await must(200, hall.as('admin')('POST', `/tickets/${ticketId}/forget`, { body: { reason: 'zqxcanaryreason' }, headers: key() }));
      const request = { command: 'forget-request', number: person.number, filedOn, reason: 'zqxcanaryreason' } as const;
      expect(await askLocalSocket(hall.dataFolder, request)).toMatchObject({ exit: 0 });
    }
    await nobodyIsThere();
    expect(findings(outbox())).toEqual([]);
    expect(withoutOutbox()).toEqual([]);
    const bytesLeft = (): number => {
      const files = filesUnder(hall.dataFolder).filter((file) => file.includes('keys.db'));
      const bytes = Buffer.concat(files.map((file) => readFileSync(file)));
      return wrapped.filter((one) => bytes.includes(one)).length;
    };
    expect(bytesLeft()).toBe(0);
    expect(canaryIn(hall.service.output())).toBeUndefined();

    await hall.service.stop();
    await everybodyStaysSealed();
    const masterKeyFile = join(hall.dataFolder, 'master.key');
    const restored = await restoreBackup(
      { dataFolder: hall.dataFolder, masterKeyFile },
      join(backup, 'before'),
      '2026-03-06T13:00:00.000Z',
    );
    // of each the contact, the name, and the secret of the manage token
    expect(restored.destroyedKeys).toBe(3 * ticketCount);
    expect(bytesLeft()).toBe(0);
    await everybodyStaysSealed();
    // as on another machine: here the service would remember that it has acknowledged more, and stop
    rmSync(join(hall.dataFolder, 'acknowledged'), { recursive: true });
    hall.forgetPosition();
    await hall.service.start();
    await nobodyIsThere();
    expect(findings(hall.dataFolder)).toEqual([]);
    await everybodyStaysSealed();
  });

  /** What those who may see names see now. */
  const nobodyIsThere = async (): Promise<void> => {
    const names = people.flatMap(({ name, email, phone, notes, link }) => [name, email, phone, notes, link]);
    const answers = [
      await hall.as('head', 'c001')('GET', '/calendar?from=2026-03-01&to=2026-03-31&limit=100'),
      ...(await Promise.all(people.slice(0, 6).map((one) => hall.as('head', 'c001')('GET', `/tickets/${ticketOf(one).ticketId}`)))),
    ];
    for (const { text } of answers) {
      expect(text).toContain('[șters]');
      expect(names.filter((name) => text.includes(name))).toEqual([]);
    }
  };

  /** Every sealed value of the log and of the tables, tried with the key store and the master key as they are. */
  const everybodyStaysSealed = async (): Promise<void> => {
    const masterKey = openMasterKey(join(hall.dataFolder, 'master.key'), { create: false });
    const keys = openSqliteKeyStore({ path: join(hall.dataFolder, 'keys.db'), masterKey, readOnly: true });
    const personalData = createPersonalData({ keys, purposeKeys: derivedFrom(masterKey) });
    const sealedTexts: { readonly sealed: string; readonly key: string; readonly bound: string }[] = [];
    const collect = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      if ('sealed' in value && 'key' in value && 'bound' in value) sealedTexts.push(value as (typeof sealedTexts)[number]);
      else Object.values(value).forEach(collect);
    };
    // what a seal in the log is bound to stands beside it, and is only known once the event is decoded
    const codec = createEventCodec({ keys });
    const store = await openSqliteEventStore({ folder: hall.dataFolder, readOnly: true });
    for await (const recorded of store.readAll({})) collect(codec.decode(recorded).fact.data);
    await store.close();
    const inLog = sealedTexts.length;
    const database = openSqlite(join(hall.dataFolder, 'read-models.db'), { readonly: true });
    const names = database.prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`).pluck();
    for (const table of names.all()) {
      for (const row of database.prepare(`SELECT * FROM "${table}"`).all())
        for (const cell of Object.values(row as object)) if (typeof cell === 'string' && cell.startsWith('{')) collect(JSON.parse(cell));
    }
    database.close();
    const opened = await Promise.all(
      sealedTexts.map(async (text) => [text.key.split(':')[0] ?? '', await personalData.open(text)] as const),
    );
    const readable = opened.filter(([, text]) => text !== undefined);
    const ofContacts = (some: typeof opened): number => some.filter(([kind]) => kind === 'contact').length;
    expect(ofContacts(opened.slice(0, inLog))).toBeGreaterThan(4 * ticketCount);
    expect(ofContacts(opened.slice(inLog))).toBeGreaterThan(3 * ticketCount);
    expect(readable.filter(([kind]) => kind === 'contact' || kind === 'name')).toEqual([]);
    expect(new Set(readable.map(([kind]) => kind))).toContain('record');
    keys.close();
  };
});
