import type { CheckId, Sentence } from './check';

/** What a check is called, the article that demands it, and when it holds. The numbers are those of the policies' first version. */
export type CheckMeaning = { readonly article: string; readonly name: Sentence; readonly holds: Sentence };

const meaning = (article: string, name: readonly [ro: string, en: string], holds: readonly [ro: string, en: string]): CheckMeaning => ({
  article,
  name: { ro: name[0], en: name[1] },
  holds: { ro: holds[0], en: holds[1] },
});

/** C01 to C21, in words. */
export const checkMeanings: Readonly<Record<CheckId, CheckMeaning>> = {
  C01: meaning(
    '2',
    ['Temeiul este înscris', 'Ground recorded'],
    [
      'Temeiul tichetului și versiunea regulilor aplicate stau înscrise în solicitare.',
      'The ground of the ticket and the version of the policies applied stand in the request for it.',
    ],
  ),
  C02: meaning(
    '2',
    ['Temeiul era adevărat', 'Ground was true'],
    [
      'Când s-a cerut tichetul, cererea era în operare sau avea un răspuns comunicat; se recalculează din istoricul cererii.',
      'When the ticket was asked for, the request was in operation or had an answer; found again from the request’s own history.',
    ],
  ),
  C03: meaning(
    '2 b',
    ['În 30 de zile de la răspuns', 'Within 30 days of the answer'],
    [
      'Clarificările s-au cerut cel mult în ultima zi a termenului, sau șeful a admis cererea după termen, cu motiv.',
      'Clarifications were asked for by the last day of the window, or a head admitted them late, with a reason.',
    ],
  ),
  C04: meaning(
    '4',
    ['Cu 48 de ore înainte', '48 hours ahead'],
    [
      'Între fiecare solicitare și ora întâlnirii sunt cel puțin 48 de ore, dacă nu a mutat-o funcționarul cu acordul cetățeanului.',
      'At least 48 hours lie between each request and its meeting, unless the staff moved it and the citizen agreed.',
    ],
  ),
  C05: meaning(
    '3 e',
    ['Adresa verificată întâi', 'Verified first'],
    [
      'Dacă s-a dat un e-mail, adresa a fost validată prin cod înainte ca întâlnirea să fie programată.',
      'If an e-mail was given, the address was validated by code before the meeting was scheduled.',
    ],
  ),
  C06: meaning(
    '3 e',
    ['Codurile folosite corect', 'Codes used properly'],
    [
      'Cel mult 5 încercări greșite pentru un cod; cel bun este ultimul trimis, neexpirat și folosit o singură dată.',
      'At most 5 wrong tries a code; the right one is the newest, has not expired and is used once.',
    ],
  ),
  C07: meaning(
    '5',
    ['Anunțat despre înregistrare', 'Told about the recording'],
    [
      'Cine a ales online a acceptat nota despre înregistrare înainte de începerea întâlnirii.',
      'Whoever chose online accepted the recording notice before the meeting started.',
    ],
  ),
  C08: meaning(
    '6',
    ['15 minute', '15 minutes'],
    [
      'Fiecare programare are 15 minute și începe la fix, și un sfert, și jumătate sau fără un sfert.',
      'Every slot is 15 minutes long and starts on the hour or a quarter of it.',
    ],
  ),
  C09: meaning(
    '4',
    ['În timpul de lucru', 'Within working time'],
    [
      'Fiecare programare cade în programul funcționarului, într-o zi lucrătoare a calendarului de atunci.',
      'Every slot lies within the person’s hours, on a working day of the calendar then in force.',
    ],
  ),
  C10: meaning(
    '4',
    ['Fără suprapuneri', 'No double booking'],
    [
      'În niciun moment al istoricului funcționarul nu a avut altă întâlnire la aceeași oră.',
      'At no moment of the history did the same person have another meeting at the same time.',
    ],
  ),
  C11: meaning(
    '5',
    ['Linkul la timp', 'Link in time'],
    [
      'Invitația cu linkul pentru ora de acum a plecat cu cel puțin o oră înainte și nu s-a întors.',
      'The invitation with the link for the current slot left at least one hour ahead and did not bounce.',
    ],
  ),
  C12: meaning(
    '1',
    ['Persoana potrivită', 'The right person'],
    [
      'Întâlnirea a ținut-o cine are cererea în operare; orice înlocuire are un motiv.',
      'The meeting was held by whoever handles the request; every change of person has a reason.',
    ],
  ),
  C13: meaning(
    '5',
    ['Înregistrată', 'Recorded'],
    [
      'Întâlnirea online are o înregistrare de cel puțin 80 % din durata ei; una sosită târziu contează și ea.',
      'An online meeting has a recording of at least 80 % of its length; one that comes late counts as well.',
    ],
  ),
  C14: meaning(
    '7',
    ['Document conex cererii', 'Written record'],
    [
      'La cerere este conexat un document de tipul „Tichetul albastru”.',
      'A document of the type “Tichetul albastru” is connected to the request.',
    ],
  ),
  C15: meaning(
    '7',
    ['Ordinea pașilor', 'Order'],
    [
      'Întâlnirea a început înainte ca rezoluția să fie scrisă, iar rezoluția a plecat după ce a fost scrisă și după încheiere.',
      'The meeting started before the resolution was written, which left after it was written and after the meeting ended.',
    ],
  ),
  C16: meaning(
    '7',
    ['Imediat după întâlnire', 'Immediately'],
    [
      'Rezoluția a plecat în 2 ore de la încheiere; mai târziu e o atenționare, după sfârșitul zilei lucrătoare următoare e o nerespectare.',
      'The resolution left within 2 hours of the end; later is a warning, after the end of the next working day a failure.',
    ],
  ),
  C17: meaning(
    '7',
    ['Adresa potrivită', 'Right address'],
    [
      'Rezoluția a plecat numai la adresa validată, prin poștă sau la ghișeu, cu dovadă.',
      'The resolution left only for the verified address, or by post or over the counter, with proof.',
    ],
  ),
  C18: meaning(
    '7',
    ['Ajunsă la cetățean', 'Delivered'],
    [
      'Scrisoarea nu s-a întors, sau rezoluția a fost predată pe altă cale în 2 zile lucrătoare.',
      'The letter did not bounce, or the resolution was handed over otherwise within 2 working days.',
    ],
  ),
  C19: meaning(
    '8',
    ['Anunțat și reprogramat', 'Told and rescheduled'],
    [
      'O schimbare făcută de funcționar are motiv și înștiințare în 24 de ore, înaintea noii ore; după o absență sau anulare a lui urmează în 2 zile lucrătoare o oră nouă sau refuzul înscris al cetățeanului; nicio invitație veche nu rămâne.',
      'A change by staff has a reason and a notice within 24 hours and before the new start; after an absence or a cancelling by staff, a new slot or the citizen’s recorded refusal follows within 2 working days; no old invitation is left standing.',
    ],
  ),
  C20: meaning(
    '8',
    ['Nimic uitat', 'Nothing forgotten'],
    [
      'Ce s-a întâmplat cu întâlnirea este înscris în cel mult 2 zile lucrătoare de la ora ei.',
      'What came of the meeting is recorded within 2 working days after its start.',
    ],
  ),
  C21: meaning(
    'D4',
    ['Neatins', 'Untouched'],
    [
      'Lanțul de sigilii al evenimentelor tichetului este întreg, iar evenimentele sunt cele sigilate în jurnal: nimic nu s-a schimbat după scriere.',
      'The chain of seals over the ticket’s events is whole, and they are those that were sealed in the log: nothing was changed after it was written.',
    ],
  ),
};
