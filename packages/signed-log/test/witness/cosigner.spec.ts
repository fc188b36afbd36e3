import fc from 'fast-check';
import { createNoteSigner, signatureLine, signedNoteOf, verifiedBy } from '../../src/signed-note';
import { createFrontier, rootOf, type NodeHash, type ReadNode } from '../../src/merkle-tree';
import { createCosigner, type Cosigner, type WitnessMemory } from '../../src/witness/cosigner';
import { logKey } from '../../../../test/support/sealed-log';
import { submissionFor, treeOf } from '../../../../test/support/submissions';

const witnessKey = createNoteSigner('control.example/witness', Buffer.alloc(32, 9), 4);
const clock = { now: () => '2026-03-05T09:00:00.000Z' };

const memoryOf = (): WitnessMemory & { readonly kept: Map<string, string> } => {
  const kept = new Map<string, string>();
  return {
    kept,
    last: (origin) => {
      const note = kept.get(origin);
      return Promise.resolve(note === undefined ? undefined : { note });
    },
    keep: async (origin, note) => {
      await Promise.resolve();
      kept.set(origin, note);
    },
  };
};

/** Keeps nothing: the broken variant that every guard below must catch. */
const forgetful: WitnessMemory = { last: () => Promise.resolve(undefined), keep: () => Promise.resolve() };

const cosignerWith = (memory: WitnessMemory): Cosigner => createCosigner({ memory, logs: [logKey], key: witnessKey, clock });

describe('a witness', () => {
  const honest = treeOf(0, 0);

  it('cosigns a checkpoint that continues the one it cosigned last, with the time, and keeps it before it answers', async () => {
    const memory = memoryOf();
    const cosigner = cosignerWith(memory);
    const first = await submissionFor(honest, 0, 5);
    const answer = await cosigner.cosign(first);
    expect(answer.kind).toBe('cosigned');
    const kept = memory.kept.get(logKey.name) ?? '';
    const signed = signedNoteOf(kept);
    expect(signed && verifiedBy(signed, logKey)).toEqual({});
    expect(signed && verifiedBy(signed, witnessKey)).toEqual({ at: Date.parse(clock.now()) });
    expect(await cosigner.cosign(await submissionFor(honest, 5, 12))).toMatchObject({ kind: 'cosigned' });
    expect(await cosigner.cosign(await submissionFor(honest, 12, 12))).toMatchObject({ kind: 'cosigned' });
  });

  it.each([
    ['an old size that is not the one it cosigned', () => submissionFor(honest, 4, 9), { kind: 'knows', size: 5 }],
    ['a shorter log', () => submissionFor(honest, 0, 3), { kind: 'knows', size: 5 }],
    ['an old size above the checkpoint’s', () => submissionFor(honest, 7, 6), { kind: 'malformed' }],
    ['another tree of the same size', () => submissionFor(treeOf(1, 2), 5, 5), { kind: 'knows', size: 5 }],
    ['a fork', () => submissionFor(treeOf(1, 2), 5, 9), { kind: 'inconsistent' }],
    [
      'a proof with one hash changed',
      async () => {
        const right = await submissionFor(honest, 5, 9);
        return { ...right, proof: right.proof.map((hash, place): NodeHash => (place === 0 ? Buffer.alloc(32, 1) : hash)) };
      },
      { kind: 'inconsistent' },
    ],
    [
      'another log',
      () => submissionFor(honest, 0, 9, createNoteSigner('other.example/log', Buffer.alloc(32, 3))),
      { kind: 'log-not-known' },
    ],
    [
      'another key of the log',
      () => submissionFor(honest, 5, 9, createNoteSigner(logKey.name, Buffer.alloc(32, 4))),
      { kind: 'key-not-known' },
    ],
    [
      'a text that the signature is not of',
      async () => {
        const right = await submissionFor(honest, 5, 9);
        return { ...right, note: right.note.replace('\n9\n', '\n8\n') };
      },
      { kind: 'key-not-known' },
    ],
    ['what is no note', () => Promise.resolve({ note: 'hello\n', oldSize: 5, proof: [] }), { kind: 'malformed' }],
  ])('refuses %s, and remembers what it cosigned', async (_, submission, answer) => {
    const memory = memoryOf();
    const cosigner = cosignerWith(memory);
    await cosigner.cosign(await submissionFor(honest, 0, 5));
    const before = memory.kept.get(logKey.name);
    expect(await cosigner.cosign(await submission())).toEqual(answer);
    expect(memory.kept.get(logKey.name)).toBe(before);
  });

  it('would be caught forgetting: one that keeps nothing cosigns a shorter log', async () => {
    const cosigner = cosignerWith(forgetful);
    await cosigner.cosign(await submissionFor(honest, 0, 5));
    expect(await cosigner.cosign(await submissionFor(honest, 0, 3))).toMatchObject({ kind: 'cosigned' });
  });

  it('cosigns nothing when what it kept was changed', async () => {
    const memory = memoryOf();
    const cosigner = cosignerWith(memory);
    await cosigner.cosign(await submissionFor(honest, 0, 5));
    const kept = memory.kept.get(logKey.name) ?? '';
    for (const changed of [kept.replace('\n5\n', '\n4\n'), kept.replace(/— control.*\n/u, ''), 'not a note']) {
      memory.kept.set(logKey.name, changed);
      expect(await cosigner.cosign(await submissionFor(honest, 0, 9))).toEqual({ kind: 'forgot' });
    }
  });

  it('answers nothing when it could not keep it', async () => {
    const memory: WitnessMemory = { last: () => Promise.resolve(undefined), keep: () => Promise.reject(new Error('disk full')) };
    await expect(cosignerWith(memory).cosign(await submissionFor(honest, 0, 5))).rejects.toThrow('disk full');
  });

  it('looks and keeps as one: of two at once, the second sees the first', async () => {
    const cosigner = cosignerWith(memoryOf());
    const answers = await Promise.all([
      cosigner.cosign(await submissionFor(honest, 0, 9)),
      cosigner.cosign(await submissionFor(treeOf(1, 0), 0, 7)),
    ]);
    expect(answers.map(({ kind }) => kind)).toEqual(['cosigned', 'knows']);
  });

  it('does not keep lines of keys that it does not know', async () => {
    const memory = memoryOf();
    const stranger = createNoteSigner('stranger.example', Buffer.alloc(32, 5));
    const { note, ...rest } = await submissionFor(honest, 0, 5);
    const text = signedNoteOf(note)?.text ?? '';
    await cosignerWith(memory).cosign({ note: `${note}${signatureLine(text, stranger)}`, ...rest });
    expect(memory.kept.get(logKey.name)).not.toContain('stranger');
  });
});

/** Of the checkpoints that were cosigned, those of which one is not the beginning of the other. */
const contradictions = async (memory: WitnessMemory, tries: readonly { history: number; forkAt: number; size: number; old: number }[]) => {
  const cosigner = cosignerWith(memory);
  const cosigned: { readonly tree: ReadNode; readonly size: number }[] = [];
  for (const { history, forkAt, size, old } of tries) {
    const tree = treeOf(history, forkAt);
    let answer = await cosigner.cosign(await submissionFor(tree, Math.min(old, size), size));
    if (answer.kind === 'knows' && answer.size <= size) answer = await cosigner.cosign(await submissionFor(tree, answer.size, size));
    if (answer.kind === 'cosigned') cosigned.push({ tree, size });
  }
  let found = 0;
  for (const [place, later] of cosigned.entries())
    for (const earlier of cosigned.slice(0, place)) {
      const same = (await rootOf(later.tree, earlier.size)).equals(await rootOf(earlier.tree, earlier.size));
      if (later.size < earlier.size || !same) found += 1;
    }
  return found;
};

describe('whatever a log submits', () => {
  const tries = fc.array(
    fc.record({
      history: fc.integer({ min: 0, max: 2 }),
      forkAt: fc.integer({ min: 0, max: 20 }),
      size: fc.integer({ min: 1, max: 24 }),
      old: fc.integer({ min: 0, max: 24 }),
    }),
    { maxLength: 12 },
  );

  it('a witness never cosigns two checkpoints that contradict each other', async () => {
    await fc.assert(
      fc.asyncProperty(tries, async (sequence) => (await contradictions(memoryOf(), sequence)) === 0),
      { numRuns: 150 },
    );
  });

  it('and one that forgets would be found', async () => {
    const { failed } = await fc.check(
      fc.asyncProperty(tries, async (sequence) => (await contradictions(forgetful, sequence)) === 0),
      { numRuns: 150 },
    );
    expect(failed).toBe(true);
  });
});

it('a frontier and the tree read by nodes agree', async () => {
  const tree = treeOf(0, 0);
  const frontier = createFrontier(0, []);
  for (let index = 0; index < 13; index += 1) frontier.append(await tree({ level: 0, index }));
  expect(frontier.root().equals(await rootOf(tree, 13))).toBe(true);
});
