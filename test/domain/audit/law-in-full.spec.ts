import { everyLife } from '../../support/lives';
import { breaches } from './law/breaches';
import { toldLives, tryBreach, tryVariation } from './law/trying';
import { variations } from './law/variations';

const lives = toldLives(everyLife);

describe('The law, in every life', () => {
  it.each(breaches.map((breach) => [breach.check, breach.reading, breach.told, breach] as const))(
    '%s notices (%s): %s',
    (_, __, ___, breach) => {
      const { survived } = tryBreach(breach, lives);
      expect(survived).toEqual([]);
    },
  );

  it.each(variations.map((variation) => [variation.reading, variation.told, variation] as const))(
    'accuses nobody (%s): %s',
    (_, __, variation) => {
      const { survived } = tryVariation(variation, lives);
      expect(survived).toEqual([]);
    },
  );
});
