import { outsideLoop, type Turn } from '../../../../src/infrastructure/proof/outside-loop';
import { AuthorityUnavailable, TimeStampNotBelieved } from '../../src/time-stamp/stamp-newest';
import { TileMissing } from '../../src/tiles';
import { WitnessUnavailable } from '../../src/witness/witness';
import { notedJournal } from '../../../../test/support/sealed-log';

const pauses = { usual: 0, refused: 0, unavailable: [0] };

/** Plays these turns, an error for one that throws, and stops. */
const played = async (turns: readonly (Turn | Error)[]) => {
  const over = new AbortController();
  const { logger, lines } = notedJournal();
  const counted: Turn[] = [];
  const firsts: boolean[] = [];
  const left = [...turns];
  const turn = (_: AbortSignal, first: boolean): Promise<Turn> => {
    firsts.push(first);
    const next = left.shift();
    if (left.length === 0) over.abort();
    return next instanceof Error ? Promise.reject(next) : Promise.resolve(next ?? 'nothing-due');
  };
  await outsideLoop('control', turn, { logger, count: (outcome) => counted.push(outcome), pauses })(over.signal);
  return { counted, firsts, lines: lines.map(({ event, values }) => [event, values]) };
};

describe('the loop of somebody outside', () => {
  it('counts what came of each turn, and is the first until there was an answer', async () => {
    const { counted, firsts } = await played(['nothing-due', 'confirmed', 'nothing-due', 'refused', 'nothing-due']);
    expect(counted).toEqual(['confirmed', 'refused']);
    expect(firsts).toEqual([true, true, false, false, false]);
  });

  it('says once that nobody answers, and once that somebody does again', async () => {
    const { counted, lines } = await played([
      new WitnessUnavailable('ECONNREFUSED'),
      new AuthorityUnavailable('503'),
      new TileMissing({ level: 0, index: 0 }),
      'confirmed',
      'nothing-due',
    ]);
    expect(counted).toEqual(['unavailable', 'unavailable', 'unavailable', 'confirmed']);
    expect(lines).toEqual([
      ['outside.unavailable', { outside: 'control', reason: 'ECONNREFUSED' }],
      ['outside.answers-again', { outside: 'control' }],
    ]);
  });

  it('says each time that an answer is not believed', async () => {
    const lie = new TimeStampNotBelieved('other-imprint');
    const { lines } = await played([lie, lie, 'nothing-due']);
    expect(lines).toEqual(Array(2).fill(['outside.not-believed', { outside: 'control', reason: 'other-imprint' }]));
  });

  it('leaves what is no matter of theirs to whoever keeps the loops', async () => {
    await expect(played([new Error('SQLITE_FULL'), 'nothing-due', 'nothing-due'])).rejects.toThrow('SQLITE_FULL');
  });
});
