import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { inTheLog } from '../../../support/behind-its-back';
import { emptyFolder } from '../../../support/closing';
import { describeAccepting, type Told } from '../../../support/accepting-a-log';
import { keptTicket, lostTicket, now, opening, shortenedLog } from '../../../support/shortened-log';
import { registerDemoStaff, inFolder, sealNow } from '../../../support/sealed-folder';
import { createFolderWitness, noteVerifierOf } from '@tichet-albastru/signed-log';
import { environmentOf, tichet, tichetIn } from '../command-line/captured';

describeAccepting('a data folder');
describeAccepting('a data folder, put back from a backup');

it('keeps the seal as it was, and its key, as evidence', async () => {
  const { environment, folder, note, verifier } = await shortenedLog('a data folder');
  const key = readFileSync(join(folder, 'seal.key'));
  expect((await tichetIn(environment, ['accept-log', '--reason', 'x'])).exit).toBe(0);
  const [aside = ''] = readdirSync(folder).filter((name) => name.startsWith('set-aside'));
  expect(readFileSync(join(folder, aside, 'seal', 'checkpoint'), 'utf8')).toBe(note);
  expect(readFileSync(join(folder, aside, 'seal', 'verifier'), 'utf8').trim()).toBe(verifier);
  expect(readFileSync(join(folder, aside, 'seal.key'))).toEqual(key);
  expect(readFileSync(join(folder, 'seal.key'))).not.toEqual(key);
});

it('is no continuation to any witness of the tree before, and what was proved before holds under the key of then', async () => {
  const { environment, folder, note, verifier } = await shortenedLog('a data folder');
  const run = (...argv: readonly string[]) => tichetIn(environment, argv);
  const [keptIn, clock] = [emptyFolder(), { now: () => now }];
  const before = noteVerifierOf(verifier);
  if (before === undefined) throw new Error('There was no key.');
  const witness = createFolderWitness({ folder: keptIn, log: before, clock });
  await witness.verifier(undefined);
  expect(await witness.cosign({ note, oldSize: 0, proof: [] })).toMatchObject({ kind: 'cosigned' });
  // of the ticket that stays, while the log was what was signed of it
  const proof = join(keptIn, 'proof.json');
  expect((await run('proof', keptTicket, '--out', proof)).exit).toBe(0);

  expect((await run('accept-log', '--reason', 'x')).exit).toBe(0);
  const line = readFileSync(join(folder, 'seal', 'verifier'), 'utf8').trim();
  const log = noteVerifierOf(line);
  if (log === undefined) throw new Error('There is no new key.');
  const submission = { note: readFileSync(join(folder, 'seal', 'checkpoint'), 'utf8'), oldSize: 0, proof: [] };
  expect(await witness.cosign(submission)).toEqual({ kind: 'key-not-known' });
  const told = createFolderWitness({ folder: keptIn, log, clock });
  await told.verifier(undefined);
  expect(await told.cosign(submission)).toEqual({ kind: 'forgot' });
  expect(await told.shown(before, new AbortController().signal)).toContain(note.split('\n\n')[0]);
  const another = createFolderWitness({ folder: emptyFolder(), log, clock });
  await another.verifier(undefined);
  expect(await another.cosign(submission)).toMatchObject({ kind: 'cosigned' });

  expect((await run('verify', proof, '--key', verifier)).exit).toBe(0);
  expect((await run('verify', proof, '--key', line)).exit).toBe(6);
  expect((await run('proof', keptTicket, '--out', join(keptIn, 'new.json'))).exit).toBe(0);
  expect((await run('verify', join(keptIn, 'new.json'), '--key', line)).exit).toBe(0);
});

it('says from where on more may be gone than anybody remembers by name', async () => {
  const { environment, folder } = await shortenedLog('a data folder');
  rmSync(join(folder, 'acknowledged'), { recursive: true });
  const { stdout } = await tichetIn(environment, ['accept-log', '--dry-run', '--json']);
  const { gone, behind, events } = JSON.parse(stdout) as Told;
  // only the letter, the row and the attempt speak of it
  expect(gone.map(({ stream, revision }) => [stream, revision])).toEqual(
    expect.arrayContaining([
      [`ticket-${lostTicket}`, undefined],
      [`ticket-${keptTicket}`, undefined],
    ]),
  );
  expect(Number(behind)).toBeGreaterThan(0);
  expect(Number(behind)).toBeLessThan(events);
});

it('takes the code by which a citizen opens a ticket for no fact: its letter has no cause in the log', async () => {
  const environment = environmentOf(emptyFolder());
  await opening(environment, async ({ ports }) => {
    const letterId = ports.identifiers.derive('opening', 'of a browser', '1');
    await ports.operations.attempts.begin(`process-opening-letters:${keptTicket}:${letterId}:${now}`, now);
  });
  const { exit, stdout } = await tichetIn(environment, ['accept-log', '--reason', 'x', '--json']);
  expect([exit, JSON.parse(stdout)]).toEqual([0, { outcome: 'nothing-gone', alarm: false }]);
});

it('accepts nothing of a log that contradicts itself, is in use, or lacks nothing', async () => {
  const folder = emptyFolder();
  await inFolder(folder, async (opened) => {
    await registerDemoStaff(opened);
    await sealNow(opened);
    expect((await tichet(folder, 'accept-log', '--reason', 'x')).exit).toBe(1);
  });
  expect(await tichet(folder, 'accept-log', '--reason', 'x')).toMatchObject({
    exit: 0,
    stdout: expect.stringContaining('Nothing is gone'),
  });
  inTheLog(folder, (database) => database.exec("UPDATE events SET data = replace(data, 'd02', 'd03') WHERE position = 2"));
  const before = readdirSync(folder);
  expect(await tichet(folder, 'accept-log', '--reason', 'x')).toMatchObject({
    exit: 1,
    stderr: expect.stringContaining('contradicts itself'),
  });
  expect(readdirSync(folder)).toEqual(before);
  expect((await tichet(emptyFolder(), 'accept-log', '--reason', 'x')).exit).toBe(3);
});
