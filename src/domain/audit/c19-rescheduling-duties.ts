import type { Instant } from '../kernel/instant';
import { check, fail, notApplicable, pass, pending, type Sentence } from './check';
import { dutiesAfter, triggers, type Duty } from './duties';

const named: Readonly<Record<Duty['what'], Sentence>> = {
  reason: { ro: 'motivul', en: 'the reason' },
  notice: { ro: 'înștiințarea cetățeanului', en: 'telling the citizen' },
  'new-slot': { ro: 'o oră nouă sau refuzul cetățeanului', en: 'a new slot or the citizen’s refusal' },
  supersede: { ro: 'înlocuirea invitației vechi', en: 'superseding the old invitation' },
};

const missed = (duty: Duty, asOf: Instant): boolean => (duty.done === undefined ? asOf > duty.dueAt : duty.done.at > duty.dueAt);

const naming = (duties: readonly Duty[], language: keyof Sentence): string => duties.map(({ what }) => named[what][language]).join(', ');

/** C19, Art. 8 (A20, A21, A23): reason, notice in 24 h and before the new start, a new slot or a refusal in 2 working days, no old invitation left. */
export const c19ReschedulingDuties = check('C19', '8', (dossier) => {
  const opened = triggers(dossier);
  if (opened.length === 0)
    return notApplicable({ ro: 'Programul nu a fost schimbat de funcționar.', en: 'Staff did not change the schedule.' });
  const duties = opened.flatMap((trigger) => dutiesAfter(dossier, trigger));
  const shown = new Set(duties.flatMap(({ done }) => done?.id ?? []));
  const evidence = [...opened, ...[...dossier.ticket, ...dossier.request].filter(({ id }) => shown.has(id))];
  const late = duties.filter((duty) => missed(duty, dossier.asOf));
  if (late.length > 0) {
    return fail({ ro: `Neîndeplinit la timp: ${naming(late, 'ro')}.`, en: `Not done in time: ${naming(late, 'en')}.` }, evidence);
  }
  const open = duties.filter(({ done }) => done === undefined).toSorted((a, b) => (a.dueAt < b.dueAt ? -1 : 1));
  const next = open[0];
  return next === undefined
    ? pass(
        { ro: 'Cetățeanul a fost înștiințat și reprogramat, cu motiv.', en: 'The citizen was told and rescheduled, with a reason.' },
        evidence,
      )
    : pending({ ro: `De îndeplinit: ${naming(open, 'ro')}.`, en: `Still to be done: ${naming(open, 'en')}.` }, evidence, {
        failsAt: next.dueAt,
      });
});
