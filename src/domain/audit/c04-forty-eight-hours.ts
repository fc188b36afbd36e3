import { secondsBetween } from '../time/civil-time';
import { keepsLeadTime } from '../time/lead-time';
import { check, fail, notApplicable, pass } from './check';
import { seen, type Dossier, type Seen } from './dossier';
import { policyThen } from './stamps';
import { lengthOf, neverScheduled } from './wording';

type Dated = Seen<'Scheduled' | 'Rescheduled'>;

const citizenAgreed = ({ fact }: Dated): boolean => fact.type === 'Rescheduled' && fact.data.by === 'staff' && fact.data.citizenAgreed;

const keepsFortyEightHours = (dossier: Dossier, { fact: { data } }: Dated): boolean =>
  keepsLeadTime(data.requestedAt, data.slot.startsAt, policyThen(dossier, 'lead-time', data.policies));

/** C04, Art. 4 (A7, A20): at least 48 h of elapsed time between each request and its start, unless the citizen agreed with the staff. */
export const c04FortyEightHours = check('C04', '4', (dossier) => {
  const dated = seen(dossier, 'Scheduled', 'Rescheduled');
  if (dated.length === 0) return notApplicable(neverScheduled);
  const early = dated.find((event) => !citizenAgreed(event) && !keepsFortyEightHours(dossier, event));
  if (early === undefined) {
    return pass(
      {
        ro: 'Fiecare programare respectă cele 48 de ore sau acordul cetățeanului.',
        en: 'Every appointment keeps the 48 hours or has the citizen’s agreement.',
      },
      dated,
    );
  }
  const { requestedAt, slot, policies } = early.fact.data;
  const lead = lengthOf(secondsBetween(requestedAt, slot.startsAt));
  const due = policyThen(dossier, 'lead-time', policies).value.hours;
  return fail({ ro: `Programat cu numai ${lead} înainte; se cer ${due} h.`, en: `Scheduled only ${lead} ahead; ${due} h are required.` }, [
    early,
  ]);
});
