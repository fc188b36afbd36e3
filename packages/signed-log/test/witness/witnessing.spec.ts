import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { verifiedCheckpoint } from '../../src/checkpoint';
import { createNoteSigner, signedNoteOf, verifiedLine } from '../../src/signed-note';
import { createMemoryCheckpointStore } from '../../src/checkpoint-store';
import { openWitnessKey } from '../../src/witness/folder-witness';
import { openHttpWitness } from '../../../../src/infrastructure/proof/outside-over-http';
import { createKeepCosigned, witnessNewest, type Witnessed } from '../../src/witness/witness-newest';
import { outsideStatusOf, statusKey } from '../../src/outside-status';
import { logKey, sealedLog } from '../../../../test/support/sealed-log';
import { asking, clock, copied, inFolder, overHttp, signal, type OpenedWitness } from '../../../../test/support/witnesses';
import { closing } from '../../../../test/support/closing';

describe.each([
  ['in a folder', inFolder],
  ['as a process', () => overHttp()],
])('a witness %s', (_, open) => {
  let opened: OpenedWitness;
  beforeEach(async () => {
    opened = await open();
  });

  it('cosigns each checkpoint as the log grows, and what it cosigned is kept with both lines', async () => {
    const { witness, folder } = opened;
    const { checkpoints, grow } = await sealedLog([70]);
    const { ask, faults, operations } = asking(checkpoints);
    expect(await ask(witness)).toBe('cosigned');
    await grow(300);
    expect(await ask(witness, false)).toBe('cosigned');
    expect(await ask(witness, false)).toBe('nothing-new');
    const note = (await checkpoints.get('witnessed')) ?? '';
    expect(verifiedCheckpoint(note, logKey)?.size).toBe(370);
    const key = await witness.verifier(undefined);
    expect(key !== 'forgot' && verifiedLine(note, key)).toMatch(/^— /u);
    expect(outsideStatusOf(await operations.keyValues.get(statusKey(witness.name)))).toMatchObject({ size: 370, at: clock.now() });
    const kept = readFileSync(join(folder, `${encodeURIComponent(logKey.name)}.checkpoint`), 'utf8');
    expect(signedNoteOf(kept)?.text).toBe(signedNoteOf(note)?.text);
    expect(faults).toEqual([]);
  });

  it('reveals that log, seals and all that this side remembers were put back to an earlier, valid state', async () => {
    const { witness } = opened;
    const { checkpoints, grow } = await sealedLog([40]);
    const now = asking(checkpoints);
    await now.ask(witness);
    const operationsThen = await copied(now.operations, witness.name);
    await grow(60);
    await now.ask(witness);
    const back = asking((await sealedLog([40])).checkpoints, operationsThen);
    expect(await back.ask(witness)).toBe('refused');
    expect(back.faults).toEqual([{ witness: witness.name, reason: 'knows-longer-log', size: 40, known: 100 }]);
    expect(await back.ask(witness)).toBe('refused');
    expect(back.faults).toHaveLength(1);
    const root = verifiedCheckpoint((await checkpoints.newest()) ?? '', logKey)?.root.toString('hex');
    const shows = { reason: 'witness-contradicts', number: 100, root };
    expect(back.shown).toEqual([shows, shows]);
    // the newer log, put back in its place
    const mended = asking(checkpoints, back.operations);
    expect(await mended.ask(witness)).toBe('cosigned');
    expect([mended.faults, mended.agreed]).toEqual([[], [witness.name]]);
  });

  it('reveals it also after the log has grown past what the witness knows', async () => {
    const { witness } = opened;
    const { checkpoints, grow } = await sealedLog([40]);
    const now = asking(checkpoints);
    await now.ask(witness);
    const operationsThen = await copied(now.operations, witness.name);
    await grow(60);
    await now.ask(witness);
    const other = await sealedLog([40]);
    await other.grow(75, 'what-came-instead');
    const back = asking(other.checkpoints, operationsThen);
    expect(await back.ask(witness)).toBe('refused');
    expect(back.faults).toEqual([{ witness: witness.name, reason: 'knows-other-log', size: 115 }]);
    expect(back.shown).toEqual([expect.objectContaining({ reason: 'witness-contradicts', number: 100 })]);
  });

  it('refuses another log of the same length, and one whose beginning differs', async () => {
    const { witness } = opened;
    const now = asking((await sealedLog([50])).checkpoints);
    await now.ask(witness);
    const forked = asking((await sealedLog([50], 'forged')).checkpoints, await copied(now.operations, witness.name));
    expect(await forked.ask(witness)).toBe('refused');
    expect(forked.faults).toEqual([{ witness: witness.name, reason: 'knows-other-log', size: 50, known: 50 }]);
    expect(forked.shown).toEqual([expect.objectContaining({ reason: 'witness-contradicts', number: 50 })]);
    const longer = asking((await sealedLog([80], 'forged')).checkpoints);
    expect(await longer.ask(witness)).toBe('refused');
    expect(longer.faults).toEqual([{ witness: witness.name, reason: 'knows-other-log', size: 80 }]);
  });

  it('cosigns again what this side did not get to keep', async () => {
    const { witness } = opened;
    const { checkpoints, grow } = await sealedLog([30]);
    const crashed = asking(checkpoints);
    await crashed.ask(witness);
    await grow(5);
    const dies: Witnessed = { ...crashed.kept, keep: () => Promise.reject(new Error('crash')) };
    await expect(witnessNewest(dies, witness, { again: false, signal })).rejects.toThrow('crash');
    const after = asking(checkpoints, crashed.operations);
    expect(await after.ask(witness, false)).toBe('cosigned');
    expect(verifiedCheckpoint((await checkpoints.get('witnessed')) ?? '', logKey)?.size).toBe(35);
    expect(after.faults).toEqual([]);
  });

  it('says so when it has lost what it cosigned, and cosigns nothing', async () => {
    const { witness, folder } = opened;
    const { checkpoints, grow } = await sealedLog([30]);
    const { ask, faults, shown } = asking(checkpoints);
    await ask(witness);
    rmSync(join(folder, `${encodeURIComponent(logKey.name)}.checkpoint`));
    await grow(5);
    expect(await ask(witness)).toBe('refused');
    expect(faults).toEqual([{ witness: witness.name, reason: 'forgot', size: 35 }]);
    expect(shown).toEqual([]);
    expect(verifiedCheckpoint((await checkpoints.get('witnessed')) ?? '', logKey)?.size).toBe(30);
  });

  it('says how long somebody has waited for it once it is away, and nothing else changes', async () => {
    const { witness, folder } = opened;
    const { checkpoints, grow } = await sealedLog([30]);
    const { ask, faults, operations } = asking(checkpoints);
    await ask(witness);
    await grow(5);
    await opened.close();
    mkdirSync(folder, { recursive: true });
    await expect(ask(witness)).rejects.toMatchObject({ name: 'WitnessUnavailable' });
    expect(outsideStatusOf(await operations.keyValues.get(statusKey(witness.name)))).toMatchObject({
      size: 30,
      waitingSince: clock.now(),
    });
    expect(faults).toEqual([]);
    opened = await open();
  });
});

describe('a witness that forgets', () => {
  it('reveals nothing to a side that was put back: the guard above needs one that remembers', async () => {
    const opened = await overHttp(() => ({ last: () => Promise.resolve(undefined), keep: () => Promise.resolve() }));
    const { checkpoints } = await sealedLog([100]);
    await asking(checkpoints).ask(opened.witness);
    const back = asking((await sealedLog([40])).checkpoints);
    expect(await back.ask(opened.witness)).toBe('cosigned');
    expect(back.faults).toEqual([]);
  });

  it('is found by a side that was not', async () => {
    const opened = await overHttp(() => ({ last: () => Promise.resolve(undefined), keep: () => Promise.resolve() }));
    const { checkpoints, grow } = await sealedLog([100]);
    const { ask, faults } = asking(checkpoints);
    await ask(opened.witness);
    await grow(20);
    expect(await ask(opened.witness)).toBe('refused');
    expect(faults).toEqual([{ witness: 'control', reason: 'forgot', size: 120, known: 0 }]);
  });
});

describe('the folder', () => {
  it('of another witness than before is not believed', async () => {
    const { witness, folder } = await inFolder();
    const { checkpoints, grow } = await sealedLog([30]);
    const { ask, faults } = asking(checkpoints);
    await ask(witness);
    await grow(5);
    rmSync(folder, { recursive: true });
    mkdirSync(folder);
    await openWitnessKey(folder, 'somebody/else');
    expect(await ask(witness)).toBe('refused');
    expect(faults).toEqual([{ witness: 'folder', reason: 'forgot', size: 35 }]);
  });

  it('whose key is gone makes no new one', async () => {
    const { witness, folder } = await inFolder();
    const { checkpoints } = await sealedLog([30]);
    await asking(checkpoints).ask(witness);
    rmSync(join(folder, 'witness.key'), { force: true });
    expect(await openWitnessKey(folder, 'x')).toBe('forgot');
    writeFileSync(join(folder, 'witness.key'), 'PRIVATE+KEY+spoiled');
    expect(await asking(checkpoints).ask(witness)).toBe('refused');
  });
});

describe('the process', () => {
  it('shows what it last cosigned, and refuses what it does not know', async () => {
    const opened = await overHttp();
    const { checkpoints } = await sealedLog([12]);
    await asking(checkpoints).ask(opened.witness);
    const shown = await (await fetch(opened.url)).text();
    expect(shown).toContain('witness: control.example/witness+');
    expect(shown).toContain(`${logKey.name}\n12\n`);
    const post = (body: string) => fetch(`${opened.url}/add-checkpoint`, { method: 'POST', body });
    expect((await post('hello')).status).toBe(400);
    expect((await post('x'.repeat(70_000)).catch(() => ({ status: 400 }))).status).toBe(400);
    expect((await fetch(`${opened.url}/add-checkpoint`)).status).toBe(405);
    expect((await fetch(`${opened.url}/elsewhere`)).status).toBe(404);
    const conflict = await post(`old 3\n\n${(await checkpoints.newest()) ?? ''}`);
    expect([conflict.status, conflict.headers.get('content-type'), await conflict.text()]).toEqual([409, 'text/x.tlog.size', '12\n']);
  });

  it('is believed for its signature only', async () => {
    const opened = await overHttp();
    const { checkpoints } = await sealedLog([12]);
    const another = createNoteSigner('control.example/witness', Buffer.alloc(32, 1), 4);
    const witness = closing(openHttpWitness({ name: 'control', url: opened.url, verifier: another, private: true }));
    await expect(asking(checkpoints).ask(witness)).rejects.toMatchObject({ reason: 'answer-not-believed' });
    expect(await checkpoints.get('witnessed')).toBeUndefined();
  });
});

describe('what was cosigned', () => {
  it('bears the lines of all who cosigned the same checkpoint, and is never replaced by an older one', async () => {
    const [first, second] = [await overHttp(), await inFolder()];
    const { checkpoints, grow } = await sealedLog([12]);
    const { ask } = asking(checkpoints);
    await Promise.all([ask(first.witness), ask(second.witness)]);
    const lines = ((await checkpoints.get('witnessed')) ?? '').match(/^— .*$/gmu) ?? [];
    expect(lines.map((line) => line.split(' ')[1]).sort()).toEqual([
      'city.example/tichet-albastru',
      'city.example/tichet-albastru/folder',
      'control.example/witness',
    ]);
    const older = await checkpoints.newest();
    await grow(3);
    await ask(first.witness);
    const keep = createKeepCosigned(checkpoints, logKey);
    const by = createNoteSigner('late.example', Buffer.alloc(32, 2), 4);
    await keep({ note: older ?? '', line: '— late.example AAAA\n', by });
    expect(verifiedCheckpoint((await checkpoints.get('witnessed')) ?? '', logKey)?.size).toBe(15);
    await Promise.all([first.close(), second.close()]);
  });

  it('refuses to keep what is no checkpoint of this log', async () => {
    const by = createNoteSigner('w.example', Buffer.alloc(32, 2), 4);
    await expect(createKeepCosigned(createMemoryCheckpointStore(), logKey)({ note: 'x\n\n', line: '', by })).rejects.toThrow(TypeError);
  });
});
