import { judge } from '../../../../src/domain/audit/judge';
import { everyLife, historyOfLife, lifeInWords, longAfter } from '../../../support/lives';
import { breaches } from './breaches';
import { toldLives, tryBreach, tryVariation } from './trying';
import { variations } from './variations';

const lives = toldLives(everyLife);
/** Of each breach; the long tests try all. */
const enough = 8;

describe('The law', () => {
  it('finds nothing to say of a life in which the procedure was followed, in every mode and to every end', () => {
    for (const life of everyLife) {
      const { checks } = judge(historyOfLife(life), longAfter);
      const said = checks.filter(
        ({ id, verdict }) => verdict !== 'pass' && verdict !== 'not-applicable' && `${id} ${verdict}` !== 'C13 waived',
      );
      expect({ life: lifeInWords(life), said }).toEqual({ life: lifeInWords(life), said: [] });
    }
  });

  it.each(breaches.map((breach) => [breach.check, breach.reading, breach.told, breach] as const))(
    '%s notices (%s): %s',
    (_, __, ___, breach) => {
      const { lives: tried, survived } = tryBreach(breach, lives, enough);
      expect(tried).toBeGreaterThan(0);
      expect(survived).toEqual([]);
    },
  );

  it.each(variations.map((variation) => [variation.reading, variation.told, variation] as const))(
    'accuses nobody (%s): %s',
    (_, __, variation) => {
      const { lives: tried, survived } = tryVariation(variation, lives, enough);
      expect(tried).toBeGreaterThan(0);
      expect(survived).toEqual([]);
    },
  );

  it('has a name of its own for each breach and each variation', () => {
    const names = [...breaches, ...variations].map(({ reading, told }) => `${reading} ${told}`);
    expect(new Set(names).size).toBe(names.length);
  });
});
