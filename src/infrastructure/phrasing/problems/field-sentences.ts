import type { Refusal } from '../../../domain/kernel/refusal';
import type { BothLanguages } from './catalogue';

/** One field that is wrong, and what is wrong with it. */
export type FieldFault = { readonly field: string; readonly message: BothLanguages };

/** What the domain finds wrong with a field, in words. */
const sentences: Readonly<Record<string, BothLanguages>> = {
  'already-free': { ro: 'Ziua este deja liberă.', en: 'The day is free already.' },
  'already-working': { ro: 'Ziua este deja lucrătoare.', en: 'The day is a working day already.' },
  'another-hour': { ro: 'Ora trebuie să rămână aceeași.', en: 'The hour must stay the same.' },
  'answer-incomplete': {
    ro: 'Un răspuns are număr de document, dată și canal: toate trei sau niciunul.',
    en: 'An answer has a document number, a date and a channel: all three or none.',
  },
  'answer-not-communicated': {
    ro: 'O cerere este „answered” numai cu un răspuns comunicat.',
    en: 'A request is "answered" only with an answer that was communicated.',
  },
  'before-filing': { ro: 'Înainte de depunerea cererii.', en: 'Before the request was filed.' },
  'before-it-was-issued': { ro: 'Înainte de emitere.', en: 'Before it was issued.' },
  'before-the-end': { ro: 'Înainte de încheierea întâlnirii.', en: 'Before the end of the meeting.' },
  'before-the-slot': { ro: 'Înainte de ora întâlnirii.', en: 'Before the hour of the meeting.' },
  'empty-interval': { ro: 'Sfârșitul trebuie să fie după început.', en: 'The end must be after the beginning.' },
  empty: { ro: 'Nu poate fi gol.', en: 'It cannot be empty.' },
  'in-the-future': { ro: 'Nu poate fi în viitor.', en: 'It cannot be in the future.' },
  'in-the-past': { ro: 'Nu poate fi în trecut.', en: 'It cannot be in the past.' },
  malformed: { ro: 'Nu are forma corectă.', en: 'It does not have the right form.' },
  'not-a-date': { ro: 'Nu este o dată din calendar.', en: 'This is not a date of the calendar.' },
  'not-a-registration-number': { ro: 'Nu este un număr de înregistrare.', en: 'This is not a registration number.' },
  'not-after-from': { ro: 'Trebuie să fie după început.', en: 'It must be after the beginning.' },
  'not-after-start': { ro: 'Trebuie să fie după început.', en: 'It must be after the start.' },
  'not-an-instant': { ro: 'Nu este un moment cu fus orar.', en: 'This is not an instant with its offset.' },
  'not-of-channel': { ro: 'Nu este un rezultat posibil pe acest canal.', en: 'This is no possible outcome on this channel.' },
  'not-on-grid': { ro: 'Întâlnirile încep la :00, :15, :30 sau :45.', en: 'Meetings start at :00, :15, :30 or :45.' },
  'not-positive': { ro: 'Trebuie să fie mai mare decât zero.', en: 'It must be more than zero.' },
  'out-of-range': { ro: 'În afara limitelor.', en: 'Out of range.' },
  overlap: { ro: 'Intervalele se suprapun.', en: 'The stretches overlap.' },
  required: { ro: 'Câmp obligatoriu.', en: 'It is required.' },
  'same-person': { ro: 'Este aceeași persoană.', en: 'It is the same person.' },
  'same-slot': { ro: 'Este aceeași oră.', en: 'It is the same hour.' },
  'unknown-staff': { ro: 'Nu există o persoană cu acest identificator.', en: 'There is no person with this id.' },
  'within-window': { ro: 'Termenul de 30 de zile nu a trecut.', en: 'The 30 days have not passed.' },
};
const unnamed: BothLanguages = { ro: 'Nu este corect.', en: 'It is not correct.' };

/** The field that a refusal names, with a sentence; `undefined` when it names none. */
export const fieldFaultOf = ({ details }: Refusal): FieldFault | undefined => {
  const field = details?.['field'];
  if (typeof field !== 'string') return undefined;
  const reason = details?.['reason'];
  return { field, message: (typeof reason === 'string' ? sentences[reason] : undefined) ?? unnamed };
};
