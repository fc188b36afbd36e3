import { check, fail, pass } from './check';

/** C21, Order 4: the hash chain holds over this ticket's events. Checkpoints never delay it. */
export const c21Untouched = check('C21', 'D4', (dossier) => {
  const { intact, firstBroken } = dossier.chain;
  if (intact) return pass({ ro: 'Lanțul de sigilii este întreg.', en: 'The chain of seals is whole.' }, dossier.ticket);
  const broken = firstBroken === undefined ? [] : [{ id: firstBroken }];
  return fail({ ro: 'Un eveniment a fost modificat după scriere.', en: 'An event was changed after it was written.' }, broken);
});
