import { check, fail, notApplicable, pass } from './check';
import { first } from './dossier';
import { moment, notOnline } from './wording';

/** C07, Art. 5 (A14): whoever chose `online` had accepted the recording notice before the meeting started. */
export const c07ToldAboutRecording = check('C07', '5', (dossier) => {
  const requested = first(dossier, 'Requested');
  if (requested?.fact.data.mode !== 'online') return notApplicable(notOnline, [requested]);
  const notice = requested.fact.data.recordingNotice;
  const started = first(dossier, 'MeetingStarted') ?? first(dossier, 'Held');
  if (notice === undefined) {
    return fail({ ro: 'Nota despre înregistrare nu a fost acceptată.', en: 'The recording notice was not accepted.' }, [requested]);
  }
  return started !== undefined && notice.acceptedAt > started.fact.data.startedAt
    ? fail(
        {
          ro: `Nota despre înregistrare a fost acceptată abia la ${moment(notice.acceptedAt)}.`,
          en: `The recording notice was accepted only at ${moment(notice.acceptedAt)}.`,
        },
        [requested, started],
      )
    : pass({ ro: 'Nota despre înregistrare a fost acceptată înainte.', en: 'The recording notice was accepted beforehand.' }, [
        requested,
        started,
      ]);
});
