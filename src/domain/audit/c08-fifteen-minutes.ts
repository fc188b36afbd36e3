import { isSlot } from '../time/slot';
import { check, fail, notApplicable, pass } from './check';
import { placements } from './dossier';
import { moment, neverScheduled } from './wording';

/** C08, Art. 6 (A15): every slot is fifteen minutes on the grid :00 :15 :30 :45. */
export const c08FifteenMinutes = check('C08', '6', (dossier) => {
  const placed = placements(dossier);
  if (placed.length === 0) return notApplicable(neverScheduled);
  const odd = placed.find(({ fact: { data } }) => !isSlot(data.slot));
  if (odd === undefined) return pass({ ro: 'Intervalul este de 15 minute.', en: 'The slot is 15 minutes long.' }, placed);
  const { startsAt, endsAt } = odd.fact.data.slot;
  const span = `${moment(startsAt)} – ${moment(endsAt)}`;
  return fail({ ro: `Intervalul ${span} nu are 15 minute pe grilă.`, en: `The slot ${span} is not 15 minutes on the grid.` }, [odd]);
});
