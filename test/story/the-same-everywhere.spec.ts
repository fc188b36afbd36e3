import { dutiesNow, dutiesThen, owedThen } from '../projections/everywhere/duties';
import { figuresEverywhere } from '../projections/everywhere/figures';
import { askedCity, differencesOf } from '../projections/everywhere/same-answers';
import { verdictsEverywhere, verdictsNow } from '../projections/everywhere/verdicts';

const isFull = process.env['FAULTS'] === 'full';
const [tickets, moments] = isFull ? [1000, 100] : [150, 20];
/** Of what is so now, the clock is set to each of so many moments, one after the other. */
const isClockSet = (index: number): boolean => isFull || index % 5 === 0;

it('Art. 9: what was so at a moment, and what is so now, is the same wherever it is asked', async () => {
  const asked = await askedCity(tickets, moments);
  const { differing, said } = await differencesOf(asked, [verdictsEverywhere, figuresEverywhere, dutiesThen, owedThen]);
  expect(differing).toEqual([]);
  expect(said).toBeGreaterThan(tickets * moments * 5);
  // as time passes, and a clock that had been behind the log comes on
  for (const now of asked.moments.filter((_, index) => isClockSet(index))) {
    asked.city.service.ports.clock.set(now);
    await asked.databases.fillAt(now);
    expect(await differencesOf({ ...asked, moments: [now] }, [verdictsNow, dutiesNow])).toMatchObject({ differing: [] });
  }
});
