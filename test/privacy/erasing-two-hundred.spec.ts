import { type Database, openSqlite } from '@tichet-albastru/event-log/database/sqlite/driver';
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { ErasureReport } from '../../src/application/privacy/erasure-report';
import { forgetRequest, forgetTicket } from '../../src/application/privacy/forget';
import { makeBackup } from '../../src/infrastructure/tools/backup/make-backup';
import { restoreBackup } from '../../src/infrastructure/tools/backup/restore-backup';
import { everyTable, followedTables } from '../../src/infrastructure/nest/tables';
import { openPorts } from '../../src/infrastructure/nest/open-ports';
import { notesIn } from '@tichet-albastru/signed-log';
import type { TicketProof } from '../../src/infrastructure/proof/ticket-proof';
import { catchUp } from '@tichet-albastru/event-log/projector/projector';
import { settingsOf, tichet } from '../infrastructure/tools/command-line/captured';
import { holds, judgements, proofsOf, readableIn, sealAll } from './two-hundred/evidence';
import { createSearch, haystacksUnder, needlesOfBytes, needlesOfWord } from './two-hundred/needles';
import { peopleOf, type Person } from './two-hundred/people';
import { tellOf, type Told } from './two-hundred/told';
import { emptyFolder } from '../support/closing';

const allTables = everyTable(followedTables());

const everybody = peopleOf(220);
const erased = everybody.slice(0, 200);
const staying = everybody.slice(200);

const root = emptyFolder();
const folder = join(root, 'data');
const masterKeyFile = join(folder, 'master.key');
const [backup, exports, asBefore] = [join(root, 'backup'), join(root, 'exports'), join(root, 'as-before')];

const asOf = '2026-03-11T12:10:00.000Z';
const erasedAt = '2026-03-11T12:11:00.000Z';

let opened: Awaited<ReturnType<typeof openPorts>>;
let told: Told;
const ticketOf = (person: Person): string => told.tickets.get(person) ?? '';
const requestOf = ({ request }: Person): string => `request-${request.number}_${request.filedOn}`;

/** Names of the keys that are to be destroyed. */
const namesOfKeys = (people: readonly Person[]): readonly string[] =>
  people.flatMap((person) => [`contact:ticket-${ticketOf(person)}`, `name:${requestOf(person)}`]);

type Kept = { readonly name: string; readonly raw: Buffer; readonly wrapped: Buffer };
const keysKept = async (names: readonly string[]): Promise<readonly Kept[]> => {
  const database = openSqlite(join(folder, 'keys.db'), { readonly: true });
  const wrapped = database.prepare<[string], Buffer>('SELECT wrapped FROM keys WHERE name = ?').pluck();
  const kept = await Promise.all(names.map(async (name) => ({ name, raw: await opened.keys.find(name), wrapped: wrapped.get(name) })));
  database.close();
  return kept.flatMap(({ name, raw, wrapped: bytes }) => (raw && bytes ? [{ name, raw, wrapped: bytes }] : []));
};

const forget = async (person: Person, ports = told.stage.ports): Promise<ErasureReport> => {
  const { act } = told.stage;
  const reason = 'cererea persoanei, nr. 12/2026';
  const admin = { kind: 'staff', id: 'e001' } as const;
  const report = await act(admin, (context) => forgetTicket(ports)(context, { ticketId: ticketOf(person), reason }));
  await act(admin, (context) => forgetRequest(ports)(context, { request: person.request, reason }));
  return report;
};

const exported = async (): Promise<string> => {
  const lines = await Promise.all(
    [['export'], ['export', '--format', 'csv'], ['letters', 'list'], ['audit', '--json']].map((argv) => tichet(folder, ...argv)),
  );
  return lines.map(({ stdout, stderr }) => stdout + stderr).join('\n');
};

let search: ReturnType<typeof createSearch>;
/** of the words alone, in letters */
let wordsOnly: ReturnType<typeof createSearch>;
let keyBytes: ReturnType<typeof createSearch>;
let before: {
  readonly proofs: ReadonlyMap<string, TicketProof>;
  readonly judged: Awaited<ReturnType<typeof judgements>>;
  readonly notes: string;
};

beforeAll(async () => {
  mkdirSync(exports, { recursive: true });
  opened = await openPorts(settingsOf(folder));
  told = await tellOf(opened, everybody);
  await catchUp({ ...opened.ports, rows: opened.rows }, allTables);
  await sealAll(opened);
  const kept = await keysKept(namesOfKeys(erased));
  expect(kept).toHaveLength(2 * erased.length);
  const words = erased.flatMap(({ words: theirs }) => theirs.flatMap(needlesOfWord));
  const bytes = kept.flatMap(({ name, raw, wrapped }) => [...needlesOfBytes(name, raw), ...needlesOfBytes(`${name} wrapped`, wrapped)]);
  search = createSearch([...words, ...bytes]);
  wordsOnly = createSearch(words);
  keyBytes = createSearch(bytes);
  before = {
    proofs: await proofsOf(told),
    judged: await judgements(told, asOf),
    notes: readFileSync(join(folder, 'seal', 'checkpoints'), 'utf8'),
  };
  writeFileSync(join(exports, 'before.txt'), await exported());
  for (const [ticketId, proof] of before.proofs) writeFileSync(join(exports, `${ticketId}.json`), JSON.stringify(proof));
  await makeBackup({ dataFolder: folder, masterKeyFile }, backup, told.stage.clock.now());
  told.stage.clock.moveTo(erasedAt);
  for (const name of ['keys.db', 'keys.db-wal']) if (existsSync(join(folder, name))) cpSync(join(folder, name), join(asBefore, name));
});

afterAll(() => opened.close());

/** Everything of this folder and of the exports; what was copied for the broken variants is theirs. */
const everywhere = () => [...haystacksUnder(folder), ...haystacksUnder(exports)];

/** Destroys as somebody would who did not think of the bytes. @returns which keys are still there */
const leftBy = (name: string, destroy: (database: Database, names: readonly string[]) => void): number => {
  const copy = join(root, name);
  cpSync(asBefore, copy, { recursive: true });
  const database = openSqlite(join(copy, 'keys.db'));
  try {
    destroy(database, namesOfKeys(erased));
    return new Set(keyBytes(haystacksUnder(copy)).map(({ value }) => value)).size;
  } finally {
    database.close();
  }
};
const destroyAll = (database: Database, names: readonly string[]): void => {
  const destroy = database.prepare('UPDATE keys SET wrapped = NULL WHERE name = ?');
  database.transaction(() => {
    for (const name of names) destroy.run(name);
  })();
};

describe('220 people, of whom 200 are erased', () => {
  it('are found by this search before: everybody in letters, every key in the key store, and nobody in a database or an export', () => {
    const inLetters = new Set(wordsOnly(haystacksUnder(join(folder, 'outbox'))).map(({ value }) => value));
    const writtenTo = erased.filter(({ words }) => words.some((word) => inLetters.has(word)));
    expect(writtenTo.length).toBe(erased.filter(({ way }) => way !== 'by-phone' && way !== 'reassigned').length);
    expect(erased.some(({ conclusions }) => inLetters.has(conclusions.split(' ').at(-1)?.slice(0, -1) ?? ''))).toBe(true);
    expect(new Set(keyBytes(haystacksUnder(asBefore)).map(({ value }) => value)).size).toBe(2 * erased.length);
    expect(wordsOnly([...haystacksUnder(folder, ['outbox']), ...haystacksUnder(exports)])).toEqual([]);
    const word = erased[0]?.words[0] ?? '';
    const disguises = [
      Buffer.from(word.toUpperCase()),
      Buffer.from(word, 'utf16le'),
      Buffer.from(JSON.stringify(Buffer.from(`x${word}`).toString('base64'))),
      Buffer.from(Buffer.from(word).toString('hex')),
      Buffer.from(word.normalize('NFD').replaceAll(/\p{M}/gu, '')),
      Buffer.from(encodeURIComponent(word)),
    ];
    expect(disguises.filter((bytes) => search([{ file: 'disguised', bytes }]).length === 0)).toEqual([]);
  });

  it('broken variant: an outbox that is not purged is caught', async () => {
    const [person] = erased;
    if (person === undefined) throw new Error('Nobody is here.');
    const { ports } = told.stage;
    await forget(person, { ...ports, mailer: { ...ports.mailer, forget: () => Promise.resolve(0) } });
    const theirs = new Set(person.words);
    expect(wordsOnly(haystacksUnder(folder)).filter(({ value }) => theirs.has(value))).not.toEqual([]);
  });

  it.each<readonly [string, (database: Database, names: readonly string[]) => void, 'some' | 'none']>([
    [
      'broken variant: without secure_delete the keys stay in free pages',
      (database, names) => {
        database.pragma('secure_delete = OFF');
        destroyAll(database, names);
        database.pragma('wal_checkpoint(TRUNCATE)');
      },
      'some',
    ],
    [
      'broken variant: without a truncating checkpoint they stay in the file and its log',
      (database, names) => {
        database.pragma('secure_delete = ON');
        database.pragma('wal_autocheckpoint = 0');
        destroyAll(database, names);
      },
      'some',
    ],
    [
      'with both, as the key store does it, none is left',
      (database, names) => {
        database.pragma('secure_delete = ON');
        destroyAll(database, names);
        database.pragma('wal_checkpoint(TRUNCATE)');
      },
      'none',
    ],
  ])('%s', (name, destroy, expected) => {
    expect(leftBy(name.replaceAll(/\W/g, '-').slice(0, 60), destroy) > 0 ? 'some' : 'none').toBe(expected);
  });

  it('erased: no byte of them and of their keys is left in databases, logs of databases, tables, letters, seals or exports', async () => {
    const reports: ErasureReport[] = [];
    for (let first = 0; first < erased.length; first += 20)
      reports.push(...(await Promise.all(erased.slice(first, first + 20).map((person) => forget(person)))));
    // each report says the same of itself
    expect(
      reports.filter(({ keyDestroyed, seal: left }) => !keyDestroyed || left === undefined || left.stillProved !== left.events),
    ).toEqual([]);
    await catchUp({ ...opened.ports, rows: opened.rows }, allTables);
    await sealAll(opened);
    writeFileSync(join(exports, 'after.txt'), await exported());
    expect(search(everywhere())).toEqual([]);
    expect(await readableIn(folder, masterKeyFile, new Set(namesOfKeys(erased)))).toBe(0);
    expect(await readableIn(folder, masterKeyFile, new Set(namesOfKeys(staying)))).toBeGreaterThan(5 * staying.length);
    expect(readFileSync(join(exports, 'after.txt'), 'utf8').length).toBeGreaterThan(100_000);
  });

  it('every proof that was made before holds, and those made now have the same bytes, hashes and places', async () => {
    const after = await proofsOf(told);
    expect([...before.proofs.values()].filter((proof) => !holds(proof))).toEqual([]);
    expect([...after.values()].filter((proof) => !holds(proof))).toEqual([]);
    for (const [ticketId, { events }] of before.proofs) {
      const now = after.get(ticketId)?.events ?? [];
      const bare = now.slice(0, events.length).map(({ proof: _, ...event }) => event);
      expect(bare).toEqual(events.map(({ proof: _, ...event }) => event));
    }
    const more = erased.map(
      (person) => (after.get(ticketOf(person))?.events.length ?? 0) - (before.proofs.get(ticketOf(person))?.events.length ?? 0),
    );
    expect(new Set(more)).toEqual(new Set([1]));
    const [first] = [...before.proofs.values()];
    const forged = first && {
      ...first,
      events: first.events.map((event) => ({ ...event, body: event.body.replace('"sealed":"', '"sealed":"A') })),
    };
    expect(forged && holds(forged)).toBe(false);
    const notes = readFileSync(join(folder, 'seal', 'checkpoints'), 'utf8');
    expect(notes.startsWith(before.notes) && notesIn(notes).length > notesIn(before.notes).length).toBe(true);
  });

  it('every verdict of C01 to C21 is what it was', async () => {
    const differing = (now: typeof before.judged): readonly unknown[] =>
      now.filter((one, index) => !isDeepStrictEqual(one, before.judged[index]));
    // of the moment before the erasure: to the letter, with sentences and evidence
    expect(differing(await judgements(told, asOf))).toEqual([]);
    // of now: the same, and the erasure itself is one more link of the chain that C21 has verified
    const bare = (all: typeof before.judged) =>
      all.map(({ ticketId, overall, checks }) => [ticketId, overall, ...checks.map(({ id, verdict }) => `${id} ${verdict}`)].join(' '));
    expect(bare(await judgements(told, erasedAt))).toEqual(bare(before.judged));
    const verdicts = new Set(before.judged.flatMap(({ checks }) => checks.map(({ verdict }) => verdict)));
    expect([...verdicts].sort()).toEqual(expect.arrayContaining(['fail', 'not-applicable', 'pass', 'waived', 'warn']));
  });

  it('nobody of them comes back with a backup made before: put back and started, everything is sealed for ever', async () => {
    await opened.close();
    const restored = await restoreBackup({ dataFolder: folder, masterKeyFile }, backup, '2026-03-11T13:00:00.000Z');
    // of each the contact, the name, and the secret of the manage token
    expect(restored.destroyedKeys).toBe(3 * erased.length);
    expect(await readableIn(folder, masterKeyFile, new Set(namesOfKeys(erased)))).toBe(0);
    expect(search(everywhere())).toEqual([]);
    opened = await openPorts(settingsOf(folder));
    await catchUp({ ...opened.ports, rows: opened.rows }, allTables);
    expect(search(everywhere())).toEqual([]);
    expect(await readableIn(folder, masterKeyFile, new Set(namesOfKeys(erased)))).toBe(0);
    expect(await readableIn(folder, masterKeyFile, new Set(namesOfKeys(staying)))).toBeGreaterThan(5 * staying.length);
  });

  it('broken variant: files of a backup that were copied by hand, past the restoring, are caught', async () => {
    const other = join(root, 'by-hand');
    mkdirSync(other);
    for (const name of ['events.db', 'operations.db', 'read-models.db', join('keys', 'keys.db')])
      copyFileSync(join(backup, name), join(other, basename(name)));
    const database = openSqlite(join(other, 'keys.db'));
    database.pragma('journal_mode = WAL');
    database.close();
    expect(await readableIn(other, masterKeyFile, new Set(namesOfKeys(erased)))).toBeGreaterThan(5 * erased.length);
    expect(keyBytes(haystacksUnder(other))).not.toEqual([]);
  });
});
