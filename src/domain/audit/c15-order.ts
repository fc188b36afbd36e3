import { check, fail, notApplicable, pass, pending } from './check';
import { first } from './dossier';
import { firstSending, sentAt } from './sending';
import { moment, notHeld } from './wording';

/** C15, Art. 7 (A18): started ≤ issued ≤ sent, and ended ≤ sent. */
export const c15Order = check('C15', '7', (dossier) => {
  const held = first(dossier, 'Held');
  if (held === undefined) return notApplicable(notHeld);
  const issued = first(dossier, 'ResolutionIssued');
  const sent = firstSending(dossier);
  const { startedAt, endedAt } = held.fact.data;
  if (issued !== undefined && issued.fact.data.issuedAt < startedAt) {
    return fail({ ro: 'Rezoluția a fost scrisă înaintea întâlnirii.', en: 'The resolution was written before the meeting.' }, [
      issued,
      held,
    ]);
  }
  if (sent === undefined)
    return pending({ ro: 'Rezoluția nu a fost încă trimisă.', en: 'The resolution has not been sent yet.' }, [held, issued]);
  const at = sentAt(sent);
  if (issued === undefined || at < issued.fact.data.issuedAt) {
    return fail({ ro: 'Trimisă înainte de a fi scrisă.', en: 'Sent before it was written.' }, [held, issued, sent]);
  }
  return at < endedAt
    ? fail({ ro: `Trimisă la ${moment(at)}, înainte de sfârșitul întâlnirii.`, en: `Sent at ${moment(at)}, before the meeting ended.` }, [
        held,
        issued,
        sent,
      ])
    : pass({ ro: 'Începută, scrisă și trimisă în această ordine.', en: 'Started, written and sent in this order.' }, [held, issued, sent]);
});
