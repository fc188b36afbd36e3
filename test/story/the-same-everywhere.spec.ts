import { dutiesNow } from '../projections/everywhere/duties';
import { figuresEverywhere } from '../projections/everywhere/figures';
import { askedCity, differencesOf } from '../projections/everywhere/same-answers';
import { verdictsEverywhere, verdictsNow } from '../projections/everywhere/verdicts';

const [tickets, moments] = process.env['FAULTS'] === 'full' ? [1000, 100] : [150, 20];

it('Art. 9: what was so at a moment, and what is so now, is the same wherever it is asked', async () => {
  const asked = await askedCity(tickets, moments);
  const { differing, said } = await differencesOf(asked, [verdictsEverywhere, figuresEverywhere]);
  expect(differing).toEqual([]);
  expect(said).toBeGreaterThan(tickets * moments * 5);
  expect(await differencesOf({ ...asked, moments: [asked.city.now] }, [verdictsNow, dutiesNow])).toMatchObject({ differing: [] });
});
