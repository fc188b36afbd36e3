import type { ChainState } from './case-file';
import { check, fail, pass, type Sentence } from './check';

const sentences: Readonly<Record<NonNullable<ChainState['because']> | 'changed', Sentence>> = {
  changed: { ro: 'Un eveniment a fost modificat după scriere.', en: 'An event was changed after it was written.' },
  'not-as-sealed': {
    ro: 'Un eveniment nu este cel care a fost sigilat în acest loc al jurnalului.',
    en: 'An event is not the one that was sealed in this place of the log.',
  },
  'seal-unreadable': {
    ro: 'Lanțul de sigilii este întreg, dar sigiliul jurnalului nu poate fi citit.',
    en: 'The chain of seals is whole, but the seal of the log cannot be read.',
  },
};

/** C21, Order 4: the hash chain holds over this ticket's events, and they are those of the sealed log. What is not sealed yet never delays it. */
export const c21Untouched = check('C21', 'D4', (dossier) => {
  const { intact, firstBroken, because = 'changed' } = dossier.chain;
  if (intact) return pass({ ro: 'Lanțul de sigilii este întreg.', en: 'The chain of seals is whole.' }, dossier.ticket);
  const broken = firstBroken === undefined ? [] : [{ id: firstBroken }];
  return fail(sentences[because], broken);
});
