import type { RefusalCode } from '../../../domain/kernel/refusal';

/** Every code that a problem may carry: the procedure's refusals, and those of the way in. */
export type ProblemCode =
  | RefusalCode
  | 'unauthenticated'
  | 'method-not-allowed'
  | 'too-large'
  | 'unsupported-media-type'
  | 'idempotency-conflict'
  | 'unavailable'
  | 'read-only'
  | 'parked'
  | 'internal';

export type BothLanguages = { readonly ro: string; readonly en: string };
type Entry = { readonly status: number; readonly title: BothLanguages; readonly detail: BothLanguages };

const entry = (status: number, title: readonly [string, string], detail: readonly [string, string]): Entry => ({
  status,
  title: { ro: title[0], en: title[1] },
  detail: { ro: detail[0], en: detail[1] },
});

/** The status and the words of every problem, Romanian first. The only place where a refusal becomes a status. */
export const problemCatalogue: Readonly<Record<ProblemCode, Entry>> = {
  invalid: entry(
    400,
    ['Date incorecte', 'Incorrect data'],
    ['Unele date lipsesc sau nu sunt corecte.', 'Some data are missing or not correct.'],
  ),
  unauthenticated: entry(
    401,
    ['Autentificare necesară', 'Authentication needed'],
    ['Este nevoie de un cod de acces valabil.', 'A valid access token is needed.'],
  ),
  forbidden: entry(403, ['Acces interzis', 'Access denied'], ['Nu aveți dreptul la această operațiune.', 'You may not do this.']),
  'not-found': entry(404, ['Nu există', 'Not found'], ['Nu am găsit ce ați cerut.', 'What you asked for was not found.']),
  'request-not-found': entry(
    404,
    ['Cerere negăsită', 'Request not found'],
    [
      'Nu am găsit o cerere cu aceste date. Verificați numărul, numele și data depunerii.',
      'No request was found with these data. Check the number, the name and the filing date.',
    ],
  ),
  'method-not-allowed': entry(
    405,
    ['Metodă nepermisă', 'Method not allowed'],
    ['Această adresă nu acceptă metoda folosită.', 'This address does not accept the method used.'],
  ),
  'slot-taken': entry(
    409,
    ['Interval ocupat', 'Slot taken'],
    ['Intervalul ales nu mai este liber. Alegeți altul.', 'The chosen slot is no longer free. Choose another.'],
  ),
  'active-ticket-exists': entry(
    409,
    ['Există deja un tichet', 'A ticket exists already'],
    ['Cererea are deja un tichet albastru activ.', 'The request already has an active blue ticket.'],
  ),
  'too-many-tickets': entry(
    409,
    ['Prea multe tichete', 'Too many tickets'],
    [
      'Această adresă de e-mail are deja numărul maxim de tichete active.',
      'This e-mail address already has the greatest number of active tickets.',
    ],
  ),
  'wrong-state': entry(
    409,
    ['Nu este posibil acum', 'Not possible now'],
    ['Operațiunea nu este posibilă în starea actuală.', 'This is not possible in the present state.'],
  ),
  'idempotency-conflict': entry(
    409,
    ['Cheie refolosită', 'Key used again'],
    ['Aceeași cheie Idempotency-Key a fost folosită cu alte date.', 'The same Idempotency-Key was used with other data.'],
  ),
  'code-expired': entry(
    410,
    ['Cod expirat', 'Code expired'],
    [
      'Codul nu mai este valabil. Cereți un cod nou sau o nouă programare.',
      'The code is no longer valid. Ask for a new code or a new appointment.',
    ],
  ),
  'precondition-failed': entry(
    412,
    ['Schimbat între timp', 'Changed meanwhile'],
    [
      'Datele s-au schimbat de când le-ați citit. Citiți-le din nou, apoi repetați modificarea.',
      'The data have changed since you read them. Read them again, then repeat your change.',
    ],
  ),
  'too-large': entry(413, ['Prea mare', 'Too large'], ['Corpul cererii depășește 16 KiB.', 'The body is over 16 KiB.']),
  'unsupported-media-type': entry(
    415,
    ['Tip de conținut neacceptat', 'Unsupported content type'],
    [
      'Trimiteți JSON în UTF-8 (application/json); la importuri, text/csv sau application/x-ndjson.',
      'Send JSON in UTF-8 (application/json); for imports, text/csv or application/x-ndjson.',
    ],
  ),
  'too-soon': entry(
    422,
    ['Prea devreme', 'Too soon'],
    ['Întâlnirea poate fi programată cu cel puțin 48 de ore înainte.', 'A meeting can be booked at least 48 hours ahead.'],
  ),
  'beyond-horizon': entry(
    422,
    ['Prea departe', 'Too far ahead'],
    ['Data este în afara perioadei în care se pot face programări.', 'The date is outside the period that can be booked.'],
  ),
  'window-expired': entry(
    422,
    ['Termen depășit', 'Time limit passed'],
    ['Au trecut cele 30 de zile de la comunicarea răspunsului.', 'The 30 days from the communication of the answer have passed.'],
  ),
  'not-eligible': entry(
    422,
    ['Cerere neeligibilă', 'Request not eligible'],
    ['Pentru această cerere nu se poate solicita tichet albastru.', 'No blue ticket can be asked for with this request.'],
  ),
  'not-working-time': entry(
    422,
    ['În afara programului', 'Outside working time'],
    ['Intervalul nu este în programul de lucru.', 'The slot is not within working time.'],
  ),
  'notice-not-accepted': entry(
    422,
    ['Informare neacceptată', 'Notice not accepted'],
    [
      'Întâlnirile online se înregistrează. Pentru a alege modul online este nevoie de acceptarea informării în vigoare.',
      'Online meetings are recorded. To choose the online mode, the recording notice in force must be accepted.',
    ],
  ),
  'wrong-code': entry(422, ['Cod greșit', 'Wrong code'], ['Codul introdus nu este corect.', 'The code entered is not correct.']),
  'reschedule-limit': entry(
    422,
    ['Limită de reprogramări', 'Rescheduling limit'],
    [
      'Ați reprogramat de numărul maxim de ori. Pentru o altă oră, adresați-vă funcționarului.',
      'You have rescheduled as often as possible. For another hour, ask the civil servant.',
    ],
  ),
  'too-early': entry(
    422,
    ['Prea devreme', 'Too early'],
    ['Nu a sosit încă momentul pentru această operațiune.', 'The moment for this has not come yet.'],
  ),
  'too-many-requests': entry(429, ['Prea multe încercări', 'Too many attempts'], ['Încercați din nou mai târziu.', 'Try again later.']),
  internal: entry(
    500,
    ['Eroare internă', 'Internal error'],
    ['A apărut o eroare. A fost consemnată.', 'Something went wrong. It has been recorded.'],
  ),
  unavailable: entry(
    503,
    ['Indisponibil', 'Unavailable'],
    ['Serviciul nu poate răspunde acum. Încercați din nou.', 'The service cannot answer now. Try again.'],
  ),
  'read-only': entry(
    503,
    ['Numai citire', 'Read only'],
    [
      'Programările sunt oprite pentru o verificare a jurnalului. Nu s-a înregistrat nimic acum; ce era confirmat rămâne și poate fi citit.',
      'Appointments are stopped while the log is verified. Nothing was recorded now; what was confirmed stays and can be read.',
    ],
  ),
  parked: entry(
    503,
    ['În așteptare', 'Parked'],
    ['Aceste date așteaptă intervenția unui administrator.', 'These data wait for an administrator.'],
  ),
};
