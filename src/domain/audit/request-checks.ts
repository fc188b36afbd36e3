import { matchedAll } from '../ticket/request-ticket';
import { civilDateOf } from '../time/civil-time';
import { choicesOfMode, type Dossier, first, seenOfRequest } from './case-file';
import { check, day, fail, notApplicable, pass, warn } from './check';
import { givenThen } from './contact-then';
import { answersAfter, type AnswerSeen, requestThen } from './in-force';
import { needsOf } from '../ticket/facts';

const neverRequested = { ro: 'Tichetul nu a fost cerut.', en: 'The ticket was never requested.' };

/** C23, Art. 3 b (A28): of number, name and filing date all three were matched with the register, and the request is the one that they name. */
export const c23WhatWasMatched = check(
  '3 b',
  {
    ro: [
      'Număr, nume și dată',
      'Numărul cererii, numele solicitantului și data depunerii s-au potrivit toate trei cu registrul; faptul stă înscris în solicitare.',
    ],
    en: [
      'Number, name and date',
      'The request’s number, the applicant’s name and the filing date all matched the register; that stands in the request for the ticket.',
    ],
  },
  (dossier) => {
    const requested = first(dossier, 'Requested');
    if (requested === undefined) return notApplicable(neverRequested, [dossier.ticket[0]]);
    const { matched, request } = requested.fact.data;
    const registered = seenOfRequest(requestThen(dossier).events, 'RequestRegistered')[0];
    const isThatOne = registered?.fact.data.number === request.number && registered.fact.data.filedOn === request.filedOn;
    if (!isThatOne)
      return fail(
        { ro: 'Cererea numită nu era în registru când s-a cerut tichetul.', en: 'The request named was not in the register by then.' },
        [registered, requested],
      );
    if (matched?.includes('unrecorded') === true)
      return notApplicable(
        {
          ro: 'Tichetul e de dinainte ca potrivirea numărului, a numelui și a datei să se păstreze.',
          en: 'The ticket is older than the keeping of what was matched of number, name and date.',
        },
        [requested],
      );
    return matched !== undefined && matchedAll(matched)
      ? pass({ ro: 'Numărul, numele și data s-au potrivit.', en: 'Number, name and date were matched.' }, [registered, requested])
      : fail({ ro: 'Nu s-au potrivit toate trei: numărul, numele și data.', en: 'Number, name and date were not all three matched.' }, [
          registered,
          requested,
        ]);
  },
  'register',
);

/** C24, Art. 3 e and 3 d (A10): a citizen who chose `online` or `phone` gave a telephone number. */
export const c24PhoneGiven = check(
  '3 e',
  {
    ro: ['Numărul de telefon', 'Cine a ales întâlnirea online sau telefonică a dat un număr de telefon.'],
    en: ['Phone number', 'Whoever chose a meeting online or by phone gave a telephone number.'],
  },
  (dossier) => {
    const requested = first(dossier, 'Requested');
    if (requested === undefined) return notApplicable(neverRequested, [dossier.ticket[0]]);
    const chosen = choicesOfMode(dossier).filter(({ fact }) => needsOf(fact.data.mode).contact.phone !== undefined);
    if (chosen.length === 0)
      return notApplicable({ ro: 'La sediu nu se cere telefonul.', en: 'In person no phone number is asked for.' }, [requested]);
    const without = chosen.filter((choice) => givenThen(dossier, 'phone', choice) === undefined);
    return without.length > 0
      ? fail({ ro: 'Nu s-a dat un număr de telefon.', en: 'No phone number was given.' }, without)
      : pass({ ro: 'S-a dat un număr de telefon.', en: 'A phone number was given.' }, chosen);
  },
);

/** An answer that had reached the citizen on a day before the ticket was asked for, and that the register told of only afterwards. */
const answersToldLate = (dossier: Dossier, requestedOn: string): readonly AnswerSeen[] => {
  const { events } = requestThen(dossier);
  // A mistake that was put right counts against no person; nor does the correction of what was known already.
  return answersAfter(dossier.request.filter((event) => !events.includes(event))).filter(
    ({ fact: { data } }) => data.communicatedOn < requestedOn,
  );
};

/** C25, Art. 2 (A2, A5): "in operation" was so; an answer of before, recorded late, makes it a clarification, which has its 30 days. */
export const c25AnswerRecordedLate = check(
  '2',
  {
    ro: [
      'Răspuns înscris târziu',
      'Cererea „în operare” nu avea deja un răspuns comunicat, înscris abia după tichet; dacă avea, tichetul trebuia cerut în cele 30 de zile.',
    ],
    en: [
      'Answer recorded late',
      'The request “in operation” had not been answered already, with the answer recorded only after the ticket; if it had, the ticket was due within the 30 days.',
    ],
  },
  (dossier) => {
    const requested = first(dossier, 'Requested');
    if (requested?.fact.data.ground.kind !== 'in-operation')
      return notApplicable({ ro: 'Temeiul nu este „în operare”.', en: 'The ground is not “in operation”.' }, [requested]);
    const requestedOn = civilDateOf(requested.fact.data.requestedAt);
    const late = answersToldLate(dossier, requestedOn);
    const newest = late.toSorted((a, b) => (a.fact.data.enforcedUntil < b.fact.data.enforcedUntil ? 1 : -1))[0];
    if (newest === undefined)
      return pass(
        {
          ro: 'Niciun răspuns mai vechi decât tichetul nu s-a înscris după el.',
          en: 'No answer older than the ticket was recorded after it.',
        },
        [requested],
      );
    const { communicatedOn, enforcedUntil } = newest.fact.data;
    return requestedOn <= enforcedUntil
      ? warn(
          {
            ro: `Răspunsul din ${day(communicatedOn)} s-a înscris abia după tichet; acesta a fost cerut totuși în termen.`,
            en: `The answer of ${day(communicatedOn)} was recorded only after the ticket, which was asked for in time all the same.`,
          },
          [requested, ...late],
        )
      : fail(
          {
            ro: `Cererea avea răspuns din ${day(communicatedOn)}, înscris abia după tichet, iar termenul trecuse la ${day(enforcedUntil)}.`,
            en: `The request had been answered on ${day(communicatedOn)}, recorded only after the ticket, and the window had ended on ${day(enforcedUntil)}.`,
          },
          [requested, ...late],
        );
  },
);
