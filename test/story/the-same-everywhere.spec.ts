import { kinds } from '../projections/everywhere/kinds';
import { askedCity, differencesOf } from '../projections/everywhere/same-answers';

const [tickets, moments] = process.env['FAULTS'] === 'full' ? [1000, 100] : [150, 20];

it('Art. 9: what was so at a moment is the same wherever it is asked', async () => {
  const { differing, said } = await differencesOf(await askedCity(tickets, moments), kinds);
  expect(differing).toEqual([]);
  expect(said).toBeGreaterThan(tickets * moments * 5);
});
