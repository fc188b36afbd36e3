import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSqliteEventStore } from '@tichet-albastru/event-log/stores/sqlite/sqlite-event-store';
import { isRefusal } from '../../../src/domain/kernel/refusal';
import { createCurrentSignedLog } from '../../../src/infrastructure/proof/signing/current-signed-log';
import { verifierLine } from '@tichet-albastru/signed-log';
import { ticketProof, type TicketProof } from '../../../src/infrastructure/proof/ticket-proof';
import { checkTicketProof } from '../../../src/infrastructure/proof/verify/check-ticket-proof';
import { readTicketProof, ticketProofText } from '../../../src/infrastructure/proof/verify/read-ticket-proof';
import { eventLog } from '../../../src/application/kernel/event-log';
import { breaks } from '../../support/broken-proofs';
import { series } from '../../support/copied-history';
import { hasPython, pythonVerdicts, runPython, sigstoreAccepts } from '../../support/independent-verifiers';
import { otherSealKey, sealedTickets, sealKey, checkpointsIn, type SealedLog } from '../../support/sealed-tickets';
import { emptyFolder } from '../../support/closing';

/** All of them in the long form: `npm run test:long`. */
const wanted = process.env['FAULTS'] === 'full' ? 1000 : 250;

let base: SealedLog;
let folder = '';
const proofs: TicketProof[] = [];

const oursAccepts = (path: string): boolean => {
  const proof = readTicketProof(readFileSync(path));
  return proof !== undefined && checkTicketProof(proof, sealKey).kind === 'holds';
};

beforeAll(async () => {
  base = await sealedTickets(wanted, { every: 300, keep: false });
  folder = emptyFolder();
  mkdirSync(join(folder, 'whole'));
  mkdirSync(join(folder, 'broken'));
  const store = await openSqliteEventStore({ folder: base.folder, readOnly: true });
  const signedLog = createCurrentSignedLog({ checkpoints: checkpointsIn(base.folder), verifier: sealKey, counts: true });
  for (const ticketId of base.tickets) {
    const proved = await ticketProof({ store, signedLog }, ticketId);
    if (isRefusal(proved) || proved.kind !== 'proved') throw new Error(`There is no proof of ${ticketId}.`);
    proofs.push(proved.proof);
    writeFileSync(join(folder, 'whole', `${ticketId}.json`), ticketProofText(proved.proof));
  }
  writeFileSync(join(folder, 'log.ndjson'), '');
  const lines: string[] = [];
  for await (const line of eventLog({ store })({})) lines.push(line);
  writeFileSync(join(folder, 'log.ndjson'), `${lines.join('\n')}\n`);
  writeFileSync(join(folder, 'newest.txt'), base.notes.at(-1) ?? '');
  writeFileSync(join(folder, 'all.txt'), base.notes.join(''));
  writeFileSync(join(folder, 'key.txt'), `${verifierLine(sealKey)}\n`);
  await store.close();
});

const withPython = hasPython ? it : it.skip;

describe('proofs of tickets, by verifiers that share nothing with ours', () => {
  it('hold for ours and for Sigstore’s client', () => {
    expect(proofs).toHaveLength(wanted);
    for (const proof of proofs) {
      expect(checkTicketProof(proof, sealKey)).toMatchObject({ kind: 'holds' });
      expect(sigstoreAccepts(proof, sealKey)).toBe(true);
      expect(sigstoreAccepts(proof, otherSealKey)).toBe(false);
    }
  });

  withPython('hold for the Python program', () => {
    const verdicts = pythonVerdicts(join(folder, 'whole'), sealKey);
    expect([...verdicts.values()].filter((holds) => holds)).toHaveLength(wanted);
  });

  it('hold with a time stamp, which none of them takes for verified', () => {
    const [proof] = proofs;
    if (proof === undefined) throw new Error('There are no proofs.');
    const path = join(folder, 'stamped.json');
    writeFileSync(path, ticketProofText({ ...proof, timeStamp: Buffer.from('a token').toString('base64') }));
    expect(oursAccepts(path)).toBe(true);
    if (hasPython)
      expect(runPython('--lang', 'en', path)).toMatchObject({ status: 0, stdout: expect.stringContaining('not verified here') });
    for (const timeStamp of ['', 'YQ', 'YR==', '*', 7 as unknown as string]) {
      writeFileSync(path, ticketProofText({ ...proof, timeStamp }));
      expect([timeStamp, oursAccepts(path)]).toEqual([timeStamp, false]);
      if (hasPython) expect(runPython(path).status).toBe(5);
    }
  });

  it('are read alike, however a number or the beginning of the file is written', () => {
    const [proof] = proofs;
    if (proof === undefined) throw new Error('There are no proofs.');
    const text = ticketProofText(proof);
    const path = join(folder, 'spelled.json');
    for (const [changed, holds] of [
      [`\uFEFF${text}`, true],
      [text.replaceAll('\n', '\r\n'), true],
      [text.replace(/"revision": (\d+)/u, '"revision": $1.0'), true],
      [text.replace(/"revision": (\d+)/u, '"revision": $1e0'), true],
      [text.replace(/"revision": (\d+)/u, '"revision": $1.5'), false],
      [text.replace(/"leaf": (\d+)/u, '"leaf": 1e400'), false],
      [text.replace(/"leaf": (\d+)/u, '"leaf": 9007199254740992'), false],
      [text.replace(/"leaf": (\d+)/u, '"leaf": NaN'), false],
      [text.replace(/"leaf": (\d+)/u, '"leaf": "$1"'), false],
      [text.replace('"id": "', '"id": "\\ud800'), false],
      [text.replace('"id": "', '"id": "\\u0000'), false],
      [`${text}{}`, false],
    ] as const) {
      writeFileSync(path, changed);
      expect([changed.slice(0, 40), oursAccepts(path)]).toEqual([changed.slice(0, 40), holds]);
      if (hasPython) expect(runPython('--quiet', '--key', verifierLine(sealKey), path).status === 0).toBe(holds);
    }
  });

  it('fail for all of them once something was changed', () => {
    const seed = Date.now() % 1_000_000_000;
    console.log(`SEED=${seed}`);
    const next = series(seed);
    const chance = (most: number): number => Math.floor(next() * most);
    const kinds = Object.entries(breaks);
    const accepted: unknown[] = [];
    for (const [nth, proof] of proofs.entries()) {
      const [name = '', kind] = kinds[nth % kinds.length] ?? [];
      if (kind === undefined) throw new Error('There is nothing to break.');
      const broken = kind.break(proof, chance);
      const path = join(folder, 'broken', `${nth}.json`);
      writeFileSync(path, ticketProofText(broken));
      if (oursAccepts(path)) accepted.push({ by: 'ours', name, nth });
      if (kind.seen && sigstoreAccepts(broken, sealKey)) accepted.push({ by: 'sigstore', name, nth });
    }
    const verdicts = hasPython ? pythonVerdicts(join(folder, 'broken'), sealKey) : new Map<string, boolean>();
    for (const [path, holds] of verdicts) if (holds) accepted.push({ by: 'python', path });
    expect(accepted).toEqual([]);
    if (hasPython) expect(verdicts.size).toBe(readdirSync(join(folder, 'broken')).length);
  });

  it('are no proofs where a name stands twice, or one stands there that nobody checks', () => {
    const [proof] = proofs;
    if (proof === undefined) throw new Error('There are no proofs.');
    const text = ticketProofText(proof);
    for (const changed of [
      text.replace('"ticketId"', '"ticketId": "x",\n  "ticketId"'),
      text.replace('"ticketId"', '"verified": true,\n  "ticketId"'),
      text.replace('"leaf": ', '"leaf": -1'),
      text.replace('"events"', '"timeStamp": "no base64",\n  "events"'),
      text.replace('"events"', '"timeStamp": null,\n  "events"'),
      text.slice(0, -10),
      '[]',
    ]) {
      expect(readTicketProof(Buffer.from(changed))).toBeUndefined();
      if (!hasPython) continue;
      const path = join(folder, 'no-proof.json');
      writeFileSync(path, changed);
      expect(runPython(path).status).toBe(5);
    }
  });
});

describe('a proof that bears a time stamp', () => {
  it('holds for both, which say that they do not look at the stamp', () => {
    const [proof] = proofs;
    if (proof === undefined) throw new Error('There are no proofs.');
    const stamped = { ...proof, timeStamp: Buffer.from('a token').toString('base64') };
    const path = join(folder, 'stamped.json');
    writeFileSync(path, ticketProofText(stamped));
    expect(readTicketProof(readFileSync(path))).toEqual(stamped);
    expect(oursAccepts(path)).toBe(true);
    if (!hasPython) return;
    expect(runPython('--lang', 'ro', path)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('(timeStamp) nu se verifică aici'),
    });
  });

  withPython('and a key with a slip in it is told from a file that is not there', () => {
    const slipped = verifierLine(sealKey).replace(/\+[0-9a-f]{8}\+/, '+00000000+');
    const given = (key: string) => runPython('--lang', 'ro', '--key', key, join(folder, 'newest.txt'));
    expect(given(slipped)).toMatchObject({ status: 5, stderr: expect.stringContaining('nu este o cheie publică') });
    expect(given(join(folder, 'no-key.txt'))).toMatchObject({
      status: 5,
      stderr: expect.stringContaining('no-key.txt: nu poate fi citit'),
    });
  });
});

describe('a whole log that was exported, by the Python program', () => {
  const check = (log: string, checkpoint: string) =>
    runPython('--lang', 'ro', '--key', join(folder, 'key.txt'), '--log', log, '--checkpoint', join(folder, checkpoint));

  withPython('holds against the newest checkpoint, and against all', () => {
    expect(check(join(folder, 'log.ndjson'), 'newest.txt')).toMatchObject({ status: 0, stderr: '' });
    expect(check(join(folder, 'log.ndjson'), 'all.txt')).toMatchObject({ status: 0 });
    // as GET /audit/checkpoint answers in JSON
    const [note, early] = [base.notes.at(-1), base.notes[0]];
    writeFileSync(join(folder, 'answer.json'), JSON.stringify({ size: 1, root: '', note, verifier: '', witnessed: { note: early } }));
    expect(check(join(folder, 'log.ndjson'), 'answer.json')).toMatchObject({ status: 0 });
    writeFileSync(join(folder, 'answer.json'), JSON.stringify({ note: `x${note ?? ''}` }));
    expect(check(join(folder, 'log.ndjson'), 'answer.json')).toMatchObject({ status: 6 });
    writeFileSync(join(folder, 'answer.json'), JSON.stringify({ size: 1 }));
    expect(check(join(folder, 'log.ndjson'), 'answer.json')).toMatchObject({ status: 5 });
  });

  withPython('fails, and names the event, where one is missing, changed, or was never sealed', () => {
    const lines = readFileSync(join(folder, 'log.ndjson'), 'utf8').trimEnd().split('\n');
    const changed = join(folder, 'changed.ndjson');
    writeFileSync(changed, `${lines.slice(0, -1).join('\n')}\n`);
    expect(check(changed, 'newest.txt')).toMatchObject({
      status: 6,
      stdout: expect.stringContaining(`lipsește evenimentul ${lines.length}`),
    });
    writeFileSync(changed, `${lines.map((line, place) => (place === 41 ? line.replace('recordedAt', 'recordedat') : line)).join('\n')}\n`);
    expect(check(changed, 'newest.txt')).toMatchObject({ status: 6, stdout: expect.stringContaining('evenimentul 42 a fost modificat') });
    writeFileSync(changed, `${[...lines.slice(0, 1), ...lines.slice(3)].join('\n')}\n`);
    expect(check(changed, 'newest.txt').status).toBe(6);
    writeFileSync(changed, 'nimic\n');
    expect(check(changed, 'newest.txt').status).toBe(5);
  });
});
