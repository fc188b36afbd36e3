import { check, fail, notApplicable, pass, pending } from './check';
import { first } from './dossier';

/** C05, Art. 3 e (A10): an address that was given is verified by code before the meeting is scheduled. */
export const c05VerifiedFirst = check('C05', '3 e', (dossier) => {
  const requested = first(dossier, 'Requested');
  if (requested?.fact.data.contact.email === undefined) {
    return notApplicable({ ro: 'Nu s-a dat o adresă de e-mail.', en: 'No e-mail address was given.' }, [requested]);
  }
  const verified = first(dossier, 'EmailVerified');
  const scheduled = first(dossier, 'Scheduled');
  if (scheduled !== undefined) {
    return verified !== undefined && dossier.ticket.indexOf(verified) < dossier.ticket.indexOf(scheduled)
      ? pass({ ro: 'Adresa a fost verificată prin cod înaintea programării.', en: 'The address was verified by code before scheduling.' }, [
          verified,
          scheduled,
        ])
      : fail({ ro: 'Programat fără ca adresa să fi fost verificată prin cod.', en: 'Scheduled before the address was verified by code.' }, [
          scheduled,
          verified,
        ]);
  }
  const lapsed = first(dossier, 'Lapsed');
  return lapsed === undefined
    ? pending({ ro: 'Se așteaptă codul sau programarea.', en: 'The code or the scheduling is awaited.' }, [requested, verified])
    : notApplicable({ ro: 'Tichetul a căzut înainte de programare.', en: 'The ticket lapsed before it was scheduled.' }, [lapsed]);
});
