import { type Database, openSqlite } from '@tichet-albastru/event-log/database/sqlite/driver';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataFiles, pathIn } from '../../../../src/infrastructure/database/data-folder/data-files';
import { tellDemo } from '../../../../src/infrastructure/tools/demo/tell-demo';
import { openPorts } from '../../../../src/infrastructure/nest/open-ports';
import { createNoteSigner, createSigner, verifierLine } from '@tichet-albastru/signed-log';
import { openSigning } from '../../../../src/infrastructure/proof/signing/signing';
import { settingsOf, tichet } from './captured';
import { emptyFolder } from '../../../support/closing';

let folder = '';
let ticketId = '';
let key = '';
let files = '';

beforeAll(async () => {
  folder = emptyFolder();
  files = emptyFolder();
  const opened = await openPorts(settingsOf(folder));
  const told = await tellDemo(opened, '2026-11-25T14:00:00.000Z');
  ticketId = told.tickets[0]?.ticketId ?? '';
  const { sealing } = opened;
  if (sealing === undefined) throw new Error('The log is not sealed.');
  key = verifierLine(sealing.key);
  const { store } = opened.ports;
  const seal = async (events: number): Promise<void> => {
    const growing = await openSigning({ store, checkpoints: sealing.checkpoints, signer: createSigner(sealing.checkpoints, sealing.key) });
    const after = growing.position === '' ? {} : { after: growing.position };
    for await (const event of store.readAll({ ...after, limit: events })) growing.add(event);
    await growing.sign();
  };
  await seal(100);
  writeFileSync(join(files, 'early.txt'), (await sealing.checkpoints.newest()) ?? '');
  await seal(100_000);
  writeFileSync(join(files, 'newest.txt'), (await sealing.checkpoints.newest()) ?? '');
  writeFileSync(join(files, 'key.txt'), `${key}\n`);
  await opened.close();
});

/** A copy that somebody has changed. */
const changed = (change: (database: Database) => void): string => {
  const copy = emptyFolder();
  cpSync(folder, copy, { recursive: true });
  const database = openSqlite(pathIn(copy, dataFiles.events));
  database.exec('DROP TRIGGER events_never_change; DROP TRIGGER events_never_go;');
  change(database);
  database.close();
  return copy;
};
const at = (name: string): string => join(files, name);

describe('tichet verify, over the whole log', () => {
  it('holds, and says what it cannot see', async () => {
    const { exit, stdout } = await tichet(folder, 'verify', '--json');
    expect(exit).toBe(0);
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({ checkpoints: 2, outside: 0, faults: [], verifier: key });
    expect(report.events).toBe(report.sealed);
    expect(report.limits).toHaveLength(2);
    const whole = await tichet(
      folder,
      'verify',
      '--json',
      '--key',
      at('key.txt'),
      '--checkpoint',
      at('early.txt'),
      '--checkpoint',
      at('newest.txt'),
    );
    expect(JSON.parse(whole.stdout)).toMatchObject({ outside: 2, faults: [], limits: [] });
    expect((await tichet(folder, 'verify')).stdout).toContain('The log is the one that was sealed');
  });

  it('ends with 6 and names the event, where one is missing or was changed', async () => {
    const gone = changed((database) => database.prepare('DELETE FROM events WHERE position = 42').run());
    const { exit, stdout } = await tichet(gone, 'verify', '--json');
    expect(exit).toBe(6);
    expect(JSON.parse(stdout).faults[0]).toMatchObject({
      reason: 'event-missing',
      number: 42,
      leaf: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const other = changed((database) =>
      database.prepare(`UPDATE events SET data = replace(data, '2026', '2025') WHERE position = 17`).run(),
    );
    const shown = await tichet(other, 'verify');
    expect([shown.exit, shown.stdout]).toEqual([6, expect.stringContaining('Event no. 17')]);
  });

  it('ends with 6 where the seals were taken away, or the key is another', async () => {
    const bare = emptyFolder();
    cpSync(pathIn(folder, dataFiles.events), pathIn(bare, dataFiles.events));
    expect(await tichet(bare, 'verify')).toMatchObject({ exit: 6, stderr: expect.stringContaining('the seals were taken away') });
    expect((await tichet(bare, 'verify', '--key', key, '--checkpoint', at('newest.txt'))).exit).toBe(6);
    const other = verifierLine(createNoteSigner('localhost/tichet-albastru', Buffer.alloc(32, 1)));
    expect((await tichet(folder, 'verify', '--key', other)).exit).toBe(6);
  });

  it('ends with 6 where the database is none any more', async () => {
    const damaged = changed(() => undefined);
    writeFileSync(pathIn(damaged, dataFiles.events), 'nothing of a database'.repeat(1000));
    expect(await tichet(damaged, 'verify')).toMatchObject({ exit: 6, stderr: expect.stringContaining('cannot be read') });
  });

  it('answers 3 and 5 for files that are not there or are none', async () => {
    expect((await tichet(folder, 'verify', '--checkpoint', at('nothing'))).exit).toBe(3);
    expect((await tichet(folder, 'verify', '--checkpoint', at('key.txt'))).exit).toBe(5);
    expect((await tichet(folder, 'verify', '--key', at('early.txt'))).exit).toBe(5);
    expect((await tichet(folder, 'verify', '--key', at('nothing'))).exit).toBe(3);
    // a line with a slip in it is no name of a file
    const slipped = await tichet(folder, 'verify', '--key', key.replace(/\+[0-9a-f]{8}\+/, '+00000000+'));
    expect(slipped).toMatchObject({ exit: 5, stderr: expect.stringContaining('neither a line') });
    expect((await tichet(emptyFolder(), 'verify')).exit).toBe(3);
  });
});

/** In the form of before, in which nothing is signed but the checkpoint. */
const plain = ({ evidence: _, manifest: __, ...proof }: Record<string, unknown> & { readonly events: readonly object[] }) => ({
  ...proof,
  format: 'tichet-albastru/ticket-proof/1',
  events: proof.events.map((event) => Object.fromEntries(Object.entries(event).filter(([name]) => name !== 'position'))),
});

describe('tichet proof, and tichet verify of its file', () => {
  it('proves a ticket offline, shows its steps, and says what is not proved', async () => {
    const made = await tichet(folder, 'proof', ticketId, '--out', at('proof.json'));
    expect(made).toMatchObject({ exit: 0, stdout: '' });
    const nowhere = join(files, 'no-data-folder');
    const { exit, stdout } = await tichet(nowhere, 'verify', at('proof.json'));
    expect(exit).toBe(0);
    for (const said of ['Requested', 'Not proved: that the ticket has no newer events than the checkpoint', key])
      expect(stdout).toContain(said);
    const withKey = await tichet(nowhere, 'verify', at('proof.json'), '--key', at('key.txt'), '--json');
    const answer = JSON.parse(withKey.stdout);
    expect(answer).toMatchObject({ holds: true, keyGiven: true, ticketId });
    expect(answer.steps[0]).toMatchObject({ type: 'Requested' });
    expect(withKey.stdout).not.toContain('"sealed"');
    // the same but for the moment of its verdicts, which is signed with them
    const again = JSON.parse((await tichet(folder, 'proof', ticketId)).stdout);
    expect({ ...again, evidence: {}, manifest: '' }).toEqual({
      ...JSON.parse(readFileSync(at('proof.json'), 'utf8')),
      evidence: {},
      manifest: '',
    });
  });

  it('says of a time stamp in the file that it does not look at it', async () => {
    const stamped = { ...plain(JSON.parse((await tichet(folder, 'proof', ticketId)).stdout)), timeStamp: 'YSB0b2tlbg==' };
    writeFileSync(at('stamped.json'), JSON.stringify(stamped));
    const answer = await tichet(folder, 'verify', at('stamped.json'));
    expect(answer).toMatchObject({
      exit: 0,
      stdout: expect.stringContaining('a time stamp as well (timeStamp), which is not verified here'),
    });
    // and of a proof of the older form what it does not show
    expect(answer.stdout).toContain('Not proved: with which event the ticket ends. This proof is of the older form');
  });

  it('writes over no file, and refuses a proof that was changed or is none', async () => {
    expect((await tichet(folder, 'proof', ticketId, '--out', at('key.txt'))).exit).toBe(5);
    expect((await tichet(folder, 'proof', '019c0000-0001-7000-8000-000000000001')).exit).toBe(3);
    writeFileSync(at('changed.json'), (await tichet(folder, 'proof', ticketId)).stdout.replace('2026-', '2025-'));
    expect(await tichet(folder, 'verify', at('changed.json'))).toMatchObject({ exit: 6, stdout: expect.stringContaining('was changed') });
    expect((await tichet(folder, 'verify', at('key.txt'))).exit).toBe(5);
    expect((await tichet(folder, 'verify', at('proof.json'), '--checkpoint', at('newest.txt'))).exit).toBe(2);
  });

  it('says when an event is not the one that was sealed', async () => {
    const other = changed((database) =>
      database.prepare(`UPDATE events SET hash = zeroblob(32) WHERE stream = ? AND revision = 1`).run(`ticket-${ticketId}`),
    );
    expect(await tichet(other, 'proof', ticketId)).toMatchObject({
      exit: 6,
      stderr: expect.stringContaining('not the one that was sealed'),
    });
  });
});

describe('tichet judge, on a computer without a data folder', () => {
  const judged = (...argv: readonly string[]) => tichet(join(files, 'no-data-folder'), 'judge', ...argv);

  it('finds the verdicts of a proof anew, and says that they are those that were signed', async () => {
    await tichet(folder, 'proof', ticketId, '--out', at('judged.json'));
    const told = await judged(at('judged.json'), '--key', at('key.txt'));
    expect(told).toMatchObject({ exit: 0, stdout: expect.stringContaining('every verdict is the one that was signed') });
    const answer = JSON.parse((await judged(at('judged.json'), '--json')).stdout);
    const audited = JSON.parse((await tichet(folder, 'audit', ticketId, '--json')).stdout);
    expect(answer).toMatchObject({ holds: true, ticketId, judgement: { overall: audited.overall } });
    expect(told.stdout).toContain(`Judged as of ${answer.asOf}.`);
    expect((await judged(at('judged.json'), '--as-of', '2001-01-01')).exit).toBe(3);
  });

  it('does not say what would have become of it after the file was written', async () => {
    writeFileSync(at('until.jsonl'), (await tichet(folder, 'export')).stdout);
    for (const file of ['judged.json', 'until.jsonl'])
      expect(await judged(at(file), '--as-of', '2999-01-01')).toMatchObject({
        exit: 5,
        stderr: expect.stringContaining('holds nothing of what came after'),
      });
  });

  it('and those of an export, under another reading as well', async () => {
    writeFileSync(at('judged.jsonl'), (await tichet(folder, 'export')).stdout);
    const answer = await judged(at('judged.jsonl'), '--key', at('key.txt'), '--json');
    expect(answer.exit).toBe(0);
    const { holds, tickets, judged: found } = JSON.parse(answer.stdout);
    expect({ holds, tickets, differences: found.differences, notJudged: found.notJudged }).toEqual({
      holds: true,
      tickets: found.tickets,
      differences: 0,
      notJudged: 0,
    });
    const other = JSON.parse((await judged(at('judged.jsonl'), '--policy', 'lead-time=720', '--json')).stdout);
    expect(other.judged.refused).toBeGreaterThan(0);
    expect(other.judged.otherwise[0].other.refused[0]).toMatchObject({ refusal: { code: 'too-soon', article: '4' } });
    expect(await judged(at('judged.jsonl'), '--policy', 'clarification-window=strict-30')).toMatchObject({
      exit: 0,
      stdout: expect.stringContaining('Under the other reading'),
    });
  });

  it('judges under the policies file that the service reads, and names those of which it cannot be asked', async () => {
    const policies = at('policies.json');
    const write = (content: object): void => {
      writeFileSync(policies, JSON.stringify(content));
    };
    write({ 'lead-time': { value: { hours: 720 }, version: 2 }, 'meeting-gap': { value: { minutes: 15 }, version: 2 } });
    const { stdout, exit } = await judged(at('judged.jsonl'), '--policies', policies);
    const alone = await judged(at('judged.jsonl'), '--policy', 'lead-time=720');
    expect(exit).toBe(alone.exit);
    expect(stdout).toContain('meeting-gap');
    expect(stdout.split('\n').slice(1).join('\n')).toBe(alone.stdout);
    expect(stdout.split('\n')[0]).toBe('Of these a file cannot be asked: meeting-gap.');
    // what is named beside the file goes before it
    const both = await judged(at('judged.jsonl'), '--policies', policies, '--policy', 'lead-time=48', '--json');
    expect(JSON.parse(both.stdout)).toMatchObject({ notAsked: ['meeting-gap'], judged: { others: 0 } });
    write({ 'lead-time': { value: { hours: 'many' }, version: 2 } });
    expect((await judged(at('judged.jsonl'), '--policies', policies)).exit).toBe(5);
    expect((await judged(at('judged.jsonl'), '--policies', at('none.json'))).exit).toBe(3);
  });

  it('refuses a file that was changed, one that holds no evidence, one that is none, and a policy that is none', async () => {
    const whole = readFileSync(at('judged.json'), 'utf8');
    writeFileSync(at('changed.json'), whole.replace('"overall": "', '"overall": "x'));
    expect(await judged(at('changed.json'))).toMatchObject({ exit: 6, stdout: expect.stringContaining('something in it was changed') });
    const cut = JSON.parse(whole);
    writeFileSync(at('cut.json'), JSON.stringify({ ...cut, events: cut.events.slice(0, -1) }));
    expect(await judged(at('cut.json'))).toMatchObject({ exit: 6, stdout: expect.stringContaining('was cut off') });
    writeFileSync(at('former.json'), JSON.stringify(plain(cut)));
    expect(await judged(at('former.json'))).toMatchObject({ exit: 1, stderr: expect.stringContaining('does not hold the evidence') });
    expect((await judged(at('key.txt'))).exit).toBe(5);
    expect((await judged(at('nothing.json'))).exit).toBe(3);
    for (const policy of ['lead-time', 'lead-time=many', 'daily-cap=3', 'nothing=1'])
      expect([policy, (await judged(at('judged.json'), '--policy', policy)).exit]).toEqual([policy, 5]);
  });
});

describe('the JSON answer of GET /audit/checkpoint', () => {
  it('is a checkpoint that was kept elsewhere, for both verifiers', async () => {
    const note = readFileSync(at('early.txt'), 'utf8');
    writeFileSync(at('answer.json'), JSON.stringify({ size: 1, root: '', note, verifier: key, witnessed: { size: 1, root: '', note } }));
    expect(await tichet(folder, 'verify', '--key', at('key.txt'), '--checkpoint', at('answer.json'))).toMatchObject({ exit: 0 });
    writeFileSync(at('answer.json'), JSON.stringify({ note: note.replace(/\n\d+\n/, '\n999999\n') }));
    expect((await tichet(folder, 'verify', '--key', at('key.txt'), '--checkpoint', at('answer.json'))).exit).toBe(6);
    writeFileSync(at('answer.json'), JSON.stringify({ size: 1 }));
    expect((await tichet(folder, 'verify', '--checkpoint', at('answer.json'))).exit).toBe(5);
  });
});
