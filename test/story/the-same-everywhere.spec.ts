import { dutiesNow, dutiesThen, owedThen } from '../support/everywhere/duties';
import { departmentsEverywhere, figuresEverywhere } from '../support/everywhere/figures';
import { type Asked, askedCity, differencesOf } from '../support/everywhere/same-answers';
import { verdictsEverywhere, verdictsNow } from '../support/everywhere/verdicts';

const isFull = process.env['FAULTS'] === 'full';
const [tickets, moments] = isFull ? [1000, 100] : [150, 20];
/** Of what is so now, the clock is set to each of so many moments, one after the other. */
const isClockSet = (index: number): boolean => isFull || index % 5 === 0;

let asked: Asked;
beforeAll(async () => {
  asked = await askedCity(tickets, moments);
});

describe('Art. 9: what was so at a moment is the same wherever it is asked', () => {
  it.each([
    { kind: verdictsEverywhere, atLeast: tickets * moments * 5 },
    { kind: figuresEverywhere, atLeast: moments },
    // weeks in which nobody meets say nothing
    { kind: departmentsEverywhere, atLeast: moments / 5 },
    { kind: dutiesThen, atLeast: moments * 10 },
    // most tickets are asked about before anything is owed, or after
    { kind: owedThen, atLeast: moments / 5 },
  ])('$kind.name', async ({ kind, atLeast }) => {
    const { differing, said } = await differencesOf(asked, [kind]);
    expect(differing).toEqual([]);
    expect(said).toBeGreaterThan(atLeast);
  });
});

it('Art. 9: what is so now is the same wherever it is asked, as time passes, and while a clock that had been behind the log comes on', async () => {
  for (const now of asked.moments.filter((_, index) => isClockSet(index))) {
    asked.city.service.ports.clock.set(now);
    await asked.databases.fillAt(now);
    expect(await differencesOf({ ...asked, moments: [now] }, [verdictsNow, dutiesNow])).toMatchObject({ differing: [] });
  }
});
