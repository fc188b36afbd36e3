import { civilDateOf } from '../time/civil-time';
import { check, fail, notApplicable, pass } from './check';
import { placements, type Dossier, type Placement } from './dossier';
import { dayPlanThen } from './in-force';
import { moment, neverScheduled } from './wording';

/** Hours, absences and calendar as known when the meeting was put there. That it is a proper slot is C08's business. */
const inWorkingTime = (dossier: Dossier, { fact, recordedAt }: Placement): boolean => {
  const { slot, staffId } = fact.data;
  const plan = dayPlanThen(dossier, staffId, civilDateOf(slot.startsAt), recordedAt);
  return plan.windows.some(({ from, to }) => from <= slot.startsAt && slot.endsAt <= to);
};

/** C09, Art. 4 (A16): every slot lies within the person's working hours, on a working day of the calendar then in force. */
export const c09WorkingTime = check('C09', '4', (dossier) => {
  const placed = placements(dossier);
  if (placed.length === 0) return notApplicable(neverScheduled);
  const outside = placed.find((place) => !inWorkingTime(dossier, place));
  if (outside === undefined) return pass({ ro: 'Intervalul este în timpul de lucru.', en: 'The slot is within working time.' }, placed);
  const at = moment(outside.fact.data.slot.startsAt);
  return fail({ ro: `Programat la ${at}, în afara timpului de lucru.`, en: `Scheduled at ${at}, outside working time.` }, [outside]);
});
