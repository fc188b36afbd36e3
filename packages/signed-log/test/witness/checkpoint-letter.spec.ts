import type { Letter, Mailer } from '../../../../src/application/kernel/ports/mailer';
import { retryLetter } from '../../../../src/application/operation/retry-letter';
import { createIdentifiers } from '@tichet-albastru/event-log/runtime/identifiers';
import { createMemoryOperations } from '../../../../src/infrastructure/tables/operations/memory-operations';
import { notesIn, verifiedCheckpoint } from '../../src/checkpoint';
import { verifierLine } from '../../src/signed-note';
import { letterKey, publishNewest, type Publishing } from '../../../../src/infrastructure/proof/publication/publish-newest';
import { createMemoryCheckpointStore } from '../../src/checkpoint-store';
import { outsideStatusOf, statusKey } from '../../src/outside-status';
import { logKey, notedJournal, seal, sealedLog } from '../../../../test/support/sealed-log';

const publishing = async (sizes: readonly number[] = [20]) => {
  const log = await sealedLog(sizes);
  const letters: Letter[] = [];
  let now = '2026-03-05T09:00:00.000Z';
  const accept: Mailer['send'] = (letter) => {
    letters.push(letter);
    return Promise.resolve({ kind: 'accepted' });
  };
  let answer = accept;
  const { logger, lines } = notedJournal();
  const given: Publishing = {
    operations: createMemoryOperations(),
    mailer: { send: (letter) => answer(letter), forget: () => Promise.resolve(0) },
    clock: { now: () => now },
    identifiers: createIdentifiers(),
    logger,
    checkpoints: log.checkpoints,
    log: logKey,
    to: 'control@city.example',
  };
  return {
    ...log,
    given,
    letters,
    lines,
    at: (moment: string) => {
      now = moment;
    },
    /** @param send it accepts again what it is sent where this is left out */
    answers: (send = accept) => {
      answer = send;
    },
    /** as the installation stands */
    standing: async () => outsideStatusOf(await given.operations.keyValues.get(statusKey('letter'))),
  };
};

describe('the letter to the control department', () => {
  it('says size, root, key and the whole checkpoint, in both languages, and nothing of anybody', async () => {
    const { given, letters, checkpoints, lines } = await publishing();
    expect(await publishNewest(given)).toBe('sent');
    const [letter] = letters;
    const note = (await checkpoints.newest()) ?? '';
    expect(letter?.to).toBe('control@city.example');
    expect(letter?.text).toContain(note.trimEnd());
    expect(letter?.text).toContain(verifierLine(logKey));
    expect(letter?.text).toContain(verifiedCheckpoint(note, logKey)?.root.toString('hex'));
    expect(letter?.text).toMatch(/Păstrați această scrisoare[^]*Keep this letter/u);
    expect(letter?.text).not.toMatch(/[şţŞŢ]/u);
    expect(letter?.html).toContain('— city.example/tichet-albastru');
    expect(await checkpoints.get('published')).toBe(note);
    expect(JSON.stringify(lines)).not.toContain('control@city.example');
  });

  it('goes once a day, and only when the log has grown', async () => {
    const { given, letters, grow, at } = await publishing();
    for (let turn = 0; turn < 5; turn += 1) await publishNewest(given);
    await grow(5);
    await publishNewest(given);
    at('2026-03-05T21:59:00.000Z');
    await publishNewest(given);
    expect(letters).toHaveLength(1);
    at('2026-03-05T22:00:01.000Z'); // midnight in Bucharest
    await publishNewest(given);
    await publishNewest(given);
    expect(letters.map(({ text }) => /events: (\d+)/u.exec(text)?.[1])).toEqual(['20', '25']);
    at('2026-03-07T10:00:00.000Z');
    expect(await publishNewest(given)).toBe('nothing-due');
    expect(letters).toHaveLength(2);
  });

  it('is the same letter to the byte when a crash came between sending and noting it', async () => {
    const { given, letters, grow, at } = await publishing();
    const { keyValues } = given.operations;
    const crashing: Publishing = {
      ...given,
      operations: {
        ...given.operations,
        keyValues: {
          ...keyValues,
          put: async (name, value) => {
            if (name === letterKey && value.includes('"sent":true')) throw new Error('crash');
            await keyValues.put(name, value);
          },
        },
      },
    };
    await expect(publishNewest(crashing)).rejects.toThrow('crash');
    await grow(5);
    at('2026-03-05T10:00:00.000Z');
    expect(await publishNewest(given)).toBe('sent');
    expect(letters).toHaveLength(2);
    expect(letters[1]).toEqual(letters[0]);
    expect(await publishNewest(given)).toBe('nothing-due');
  });

  it('is tried as other letters are, waits between, and says since when it waits', async () => {
    const { given, at, answers, standing } = await publishing();
    let tries = 0;
    answers(() => {
      tries += 1;
      return Promise.reject(new Error('server away'));
    });
    expect(await publishNewest(given)).toBe('failed');
    expect(await publishNewest(given)).toBe('nothing-due');
    expect(tries).toBe(1);
    expect(await standing()).toMatchObject({ size: 0, waitingSince: '2026-03-05T09:00:00.000Z' });
    answers();
    at('2026-03-05T09:02:00.000Z');
    expect(await publishNewest(given)).toBe('sent');
    expect(await standing()).toMatchObject({ size: 20 });
    expect(await standing()).not.toHaveProperty('waitingSince');
  });

  it('that a server refuses is given up for the day, said, and can be tried again by hand', async () => {
    const { given, letters, at, answers, lines, grow } = await publishing();
    answers(() => Promise.resolve({ kind: 'refused', reason: '550 at RCPT TO' }));
    expect(await publishNewest(given)).toBe('failed');
    at('2026-03-05T20:00:00.000Z');
    expect(await publishNewest(given)).toBe('nothing-due');
    const refused = lines.find(({ event }) => event === 'checkpoint-letter.refused');
    const { letterId } = (refused?.values ?? {}) as { readonly letterId: string };
    answers();
    expect(await retryLetter(given, letterId)).toEqual({ again: 1, underWay: 0 });
    expect(await publishNewest(given)).toBe('sent');
    await grow(2);
    at('2026-03-06T08:00:00.000Z');
    expect(await publishNewest(given)).toBe('sent');
    expect(letters).toHaveLength(2);
  });

  it('gives way to the next day’s, which says more', async () => {
    const { given, letters, at, answers, grow } = await publishing();
    answers(() => Promise.reject(new Error('server away')));
    await publishNewest(given);
    await grow(7);
    at('2026-03-06T09:00:00.000Z');
    answers();
    expect(await publishNewest(given)).toBe('sent');
    expect(letters.map(({ text }) => /events: (\d+)/u.exec(text)?.[1])).toEqual(['27']);
    expect((await given.operations.attempts.list()).every(({ done }) => done)).toBe(true);
  });

  it('alone reveals that log and seals were put back: the log does not lead to the checkpoint in it', async () => {
    const { given, letters } = await publishing([20, 60]);
    await publishNewest(given);
    const text = letters[0]?.text ?? '';
    // as a person copies it: from the name of the log to the last line that begins with a dash
    const [note = ''] = notesIn(text.slice(text.indexOf(`\n\n${logKey.name}\n`) + 2));
    const checkpoints = createMemoryCheckpointStore();
    await checkpoints.append(note, 60);
    await expect(seal((await sealedLog([20])).store, checkpoints)).rejects.toMatchObject({ fault: { reason: 'log-shorter', number: 21 } });
    await expect(seal((await sealedLog([20, 60], 'forged')).store, checkpoints)).rejects.toMatchObject({
      fault: { reason: 'tree-differs' },
    });
    // the seals that were put back with the log say nothing: what is compared must come from outside
    const putBack = await sealedLog([20]);
    expect(await seal(putBack.store, putBack.checkpoints)).toBe(20);
  });
});
