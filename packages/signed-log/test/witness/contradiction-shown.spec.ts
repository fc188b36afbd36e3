import { checkpointText, verifiedCheckpoint } from '../../src/checkpoint';
import { createNoteSigner, signNote, verifierLine } from '../../src/signed-note';
import { contradictionView } from '../../src/witness/witness-newest';
import { openHttpWitness } from '../../../../src/infrastructure/proof/outside-over-http';
import { raisedAlarmOf, wasCleared } from '../../../../src/infrastructure/proof/alarm/log-alarm';
import { withOneMore } from '@tichet-albastru/kernel/json.codec';
import type { SignedLogFault } from '../../src/not-as-signed';
import { logKey, sealedLog } from '../../../../test/support/sealed-log';
import { asking, signal } from '../../../../test/support/witnesses';
import { serveHttp } from '../../../../test/support/http-server';
import { closing } from '../../../../test/support/closing';

const key = createNoteSigner('control.example/witness', Buffer.alloc(32, 7), 4);

/** A process that says to every submission that it knows a longer log, and shows whatever it likes. */
const liar = async (shown: string, status = 200) => {
  const { url } = await serveHttp((request, response) => {
    request.resume();
    response.writeHead(request.method === 'GET' ? status : 409).end(request.method === 'GET' ? shown : '1000\n');
  });
  return closing(openHttpWitness({ name: 'control', url, verifier: key, private: true }));
};

/** As our own witness shows a note. */
const page = (note: string): string => `witness: ${verifierLine(key)}\n\nlog: ${verifierLine(logKey)}\n\n${note}`;
const longer = checkpointText({ origin: logKey.name, size: 1000, root: Buffer.alloc(32, 1) });

const shownBy = async (shown: string, status?: number): Promise<readonly SignedLogFault[]> => {
  const witness = await liar(shown, status);
  const { ask, shown: told, faults } = asking((await sealedLog([40, 300])).checkpoints);
  expect(await ask(witness)).toBe('refused');
  expect(faults).toHaveLength(1);
  return told;
};

describe('a witness that contradicts our log and', () => {
  it.each([
    ['shows nothing', 'nothing yet\n'],
    ['shows a longer checkpoint that nobody has signed', page(`${longer}\n`)],
    ['shows one that another key has signed', page(signNote(longer, createNoteSigner(logKey.name, Buffer.alloc(32, 9))))],
    ['shows one that our key has signed for another log', page(signNote(longer.replace('city', 'town'), logKey))],
    ['shows one with more than was signed', page(signNote(longer, logKey).replace('\n1000\n', '\n1001\n'))],
    ['shows 60 KiB of a single line', `${logKey.name}\n${'x'.repeat(60_000)}`],
    ['shows 60 KiB of short lines', `${logKey.name}\n${'x\n'.repeat(30_000)}`],
    ['shows more than anybody would read', 'x'.repeat(200_000)],
  ])('%s is told of, and stops nothing', async (_, shown) => {
    expect(await shownBy(shown)).toEqual([]);
  });

  it('shows one of our own earlier ones is told of, and stops nothing', async () => {
    const notes: string[] = [];
    for await (const note of (await sealedLog([40, 300])).checkpoints.notes()) notes.push(note);
    expect(notes).toHaveLength(2);
    for (const note of notes) expect(await shownBy(page(note))).toEqual([]);
  });

  it('does not answer when it should show something stops nothing', async () => {
    expect(await shownBy(page(signNote(longer, logKey)), 500)).toEqual([]);
  });

  it('shows a longer one with our own signature need not be believed', async () => {
    const root = Buffer.alloc(32, 1).toString('hex');
    expect(await shownBy(page(signNote(longer, logKey)))).toEqual([{ reason: 'witness-contradicts', number: 1000, root }]);
  });

  it.each([40, 41, 300])('shows another log of %d events that we have signed need not be believed', async (size) => {
    const text = checkpointText({ origin: logKey.name, size, root: Buffer.alloc(32, 1) });
    expect(await shownBy(page(signNote(text, logKey)))).toEqual([expect.objectContaining({ reason: 'witness-contradicts', number: size })]);
  });

  it('accuses nobody by tiles that are not those that were signed', async () => {
    const { checkpoints } = await sealedLog([40, 300]);
    await checkpoints.putTile({ level: 0, index: 0 }, Buffer.alloc(256 * 32, 5));
    const other = checkpointText({ origin: logKey.name, size: 40, root: Buffer.alloc(32, 1) });
    const witness = await liar(page(signNote(other, logKey)));
    expect(await contradictionView({ checkpoints, log: logKey }, witness, signal)).toBeUndefined();
    expect(verifiedCheckpoint((await checkpoints.newest()) ?? '', logKey)?.size).toBe(300);
  });
});

describe('what was shown, once a person has cleared the alarm', () => {
  const fault: SignedLogFault = { reason: 'witness-contradicts', number: 1000, root: 'aa' };
  const cleared = { fault, at: '2026-03-05T09:00:00.000Z', clearedAt: '2026-03-05T10:00:00.000Z', by: 'root', reason: 'a disk died' };

  it('is remembered, and only that', () => {
    const kept = withOneMore(undefined, cleared);
    expect(wasCleared(kept, fault)).toBe(true);
    expect(wasCleared(kept, { ...fault, root: 'bb' })).toBe(false);
    expect(wasCleared(kept, { ...fault, number: 1001 })).toBe(false);
    for (const spoiled of [undefined, '', '{}', '[null,1,{}]', '[{"fault":7}]']) expect(wasCleared(spoiled, fault)).toBe(false);
  });

  it('stands in the register with its root', () => {
    expect(raisedAlarmOf(JSON.stringify({ fault, at: cleared.at }))?.fault).toEqual(fault);
  });
});
