import { endOfWorkingDayAfter } from '../calendar/working-days';
import { isBlank } from '../kernel/blank';
import { fold } from '../kernel/decider';
import type { Instant } from '../kernel/fact';
import type { Policies } from '../policies';
import type { RequestFact } from '../request/facts';
import { responsibleFor } from '../request/admission';
import { registeredRequest } from '../request/request';
import { hasLeft } from '../staff/staff-member';
import { civilDateOf, plusMinutes, secondsBetween } from '../time/civil-time';
import { isSlot, latestStart, overlaps } from '../time/slot';
import { keepsLeadTime } from '../agenda/lead-time';
import {
  choicesOfMode,
  type Dossier,
  type Evidence,
  first,
  handings,
  keepsItsHour,
  type LiveMeeting,
  liveMeetings,
  liveStamps,
  type Placement,
  placements,
  type RequestSeen,
  seen,
  type Seen,
  seenOfRequest,
} from './case-file';
import { check, fail, lengthOf, moment, neverScheduled, notApplicable, notHeld, pass, pending, type Sentence, warn } from './check';
import { addressesGivenLater, givenThen, isVerified } from './contact-then';
import { disputeAbout, stoodBy } from './log-clock';
import {
  answersAfter,
  calendarOfAsking,
  calendarThen,
  dayPlanThen,
  policyThen,
  requestThen,
  type RequestThen,
  staffThen,
} from './in-force';

type Dated = Seen<'Scheduled' | 'Rescheduled'>;

/** A20. An agreement after it was done is no agreement. */
const citizenAgreed = ({ fact }: Dated): boolean =>
  fact.type === 'Rescheduled' &&
  fact.data.by === 'staff' &&
  fact.data.citizenAgreed &&
  (fact.data.agreement === undefined || fact.data.agreement.agreedAt <= fact.data.requestedAt);

const leadTimeOf = (dossier: Dossier, { fact }: Dated): Policies['lead-time'] => policyThen(dossier, 'lead-time', fact.data.policies);

const keepsItsLeadTime = (dossier: Dossier, event: Dated): boolean => {
  const { requestedAt, slot } = event.fact.data;
  return keepsLeadTime(requestedAt, slot.startsAt, leadTimeOf(dossier, event), calendarOfAsking(dossier, event));
};

/** How the hours of A7 are counted. */
const countedAs: Readonly<Record<NonNullable<Policies['lead-time']['value']['counted']> | 'elapsed', Sentence>> = {
  elapsed: { ro: 'de timp scurs', en: 'of elapsed time' },
  'from-next-midnight': { ro: 'de la miezul nopții de după solicitare', en: 'from the midnight after it was asked for' },
  'working-hours': { ro: 'de program', en: 'of office time' },
};

/** The lead times that these were stamped with, each once. */
const leadTimesOf = (dossier: Dossier, dated: readonly Dated[]): Sentence => {
  const stamped = dated.map((event) => leadTimeOf(dossier, event).value);
  const named = (language: keyof Sentence): readonly string[] =>
    stamped.map(({ hours, counted }) => `${String(hours)} h ${countedAs[counted ?? 'elapsed'][language]}`);
  return { ro: [...new Set(named('ro'))].join(' și '), en: [...new Set(named('en'))].join(' and ') };
};

/** What carried the appointments: time alone, or for an hour that was sooner the citizen's agreement. */
const carriedBy = (dossier: Dossier, dated: readonly Dated[]): Sentence => {
  const inTime = dated.filter((event) => keepsItsLeadTime(dossier, event));
  const sooner = dated.filter((event) => !inTime.includes(event));
  const [kept, agreed] = [leadTimesOf(dossier, inTime), leadTimesOf(dossier, sooner)];
  const said: readonly Sentence[] = [
    { ro: `Termenul a fost respectat: ${kept.ro}.`, en: `The lead time was kept: ${kept.en}.` },
    {
      ro: `O oră mai apropiată de ${agreed.ro} a avut acordul cetățeanului.`,
      en: `An hour sooner than ${agreed.en} had the citizen’s agreement.`,
    },
  ].filter((_, place) => [inTime, sooner][place]?.length !== 0);
  return { ro: said.map(({ ro }) => ro).join(' '), en: said.map(({ en }) => en).join(' ') };
};

/**
 * The hours of the first appointment count from the form. A fact bears the instant of its command, however late it is written or repeated:
 * one that bears a later one than the form by more than the longest hold was not made by it.
 */
const isDatedBack = (dossier: Dossier, scheduled: Dated): boolean => {
  const requested = first(dossier, 'Requested');
  if (requested === undefined || scheduled.fact.type !== 'Scheduled') return false;
  const { requestedAt } = requested.fact.data;
  const { holdMinutesWithNewCode } = policyThen(dossier, 'verification').value;
  return scheduled.fact.data.requestedAt !== requestedAt || plusMinutes(requestedAt, holdMinutesWithNewCode) < requested.recordedAt;
};

/** C04, Art. 4 (A7, A20): the lead time lies between each request and its start, unless the citizen agreed with the staff. */
export const c04LeadTime = check(
  '4',
  {
    ro: [
      'Termenul de la art. 4',
      'Între fiecare solicitare și ora întâlnirii stă termenul de la art. 4, dacă nu a mutat-o funcționarul cu acordul cetățeanului.',
    ],
    en: [
      'The lead time of Art. 4',
      'The lead time of Art. 4 lies between each request and its meeting, unless the staff moved it and the citizen agreed.',
    ],
  },
  (dossier) => {
    const dated = seen(dossier, 'Scheduled', 'Rescheduled').filter((event) => !keepsItsHour(dossier, event));
    if (dated.length === 0) return notApplicable(neverScheduled);
    const datedBack = dated.find((event) => isDatedBack(dossier, event));
    if (datedBack !== undefined) {
      return fail(
        {
          ro: `Programarea socotește termenul (art. 4) de la ${moment(datedBack.fact.data.requestedAt)}, dar atunci nu s-a înscris nicio solicitare.`,
          en: `The appointment counts the lead time (Art. 4) from ${moment(datedBack.fact.data.requestedAt)}, but no request was recorded then.`,
        },
        [first(dossier, 'Requested'), datedBack],
      );
    }
    const early = dated.find((event) => !citizenAgreed(event) && !keepsItsLeadTime(dossier, event));
    if (early === undefined) return pass(carriedBy(dossier, dated), dated);
    const { requestedAt, slot } = early.fact.data;
    const lead = lengthOf(secondsBetween(requestedAt, slot.startsAt));
    const due = leadTimesOf(dossier, [early]);
    return fail(
      {
        ro: `Programat cu numai ${lead} înainte; se cer ${due.ro}.`,
        en: `Scheduled only ${lead} ahead; ${due.en} are required.`,
      },
      [early],
    );
  },
);

/** C05, Art. 3 e (A10): an address that was given is verified by code before the meeting is scheduled. */
export const c05VerifiedFirst = check(
  '3 e',
  {
    ro: ['Adresa verificată întâi', 'Dacă s-a dat un e-mail, adresa a fost validată prin cod înainte ca întâlnirea să fie programată.'],
    en: ['Verified first', 'If an e-mail was given, the address was validated by code before the meeting was scheduled.'],
  },
  (dossier) => {
    const requested = first(dossier, 'Requested');
    const later = addressesGivenLater(dossier);
    const unverified = later.find((given) => !isVerified(dossier, given));
    if (unverified !== undefined)
      return fail(
        { ro: 'Altă adresă a fost folosită fără să fi fost verificată prin cod.', en: 'Another address was used without a code for it.' },
        [unverified],
      );
    if (requested?.fact.data.contact.email === undefined) {
      const online = choicesOfMode(dossier).find(
        (choice) => choice.fact.data.mode === 'online' && givenThen(dossier, 'email', choice) === undefined,
      );
      if (online !== undefined) return fail({ ro: 'Online, fără o adresă de e-mail.', en: 'Online, without an e-mail address.' }, [online]);
      return later.length > 0
        ? pass({ ro: 'Adresa dată mai târziu a fost verificată prin cod.', en: 'The address given later was verified by code.' }, later)
        : notApplicable({ ro: 'Nu s-a dat o adresă de e-mail.', en: 'No e-mail address was given.' }, [requested]);
    }
    const verified = first(dossier, 'EmailVerified');
    const scheduled = first(dossier, 'Scheduled');
    if (scheduled !== undefined) {
      return verified !== undefined && dossier.ticket.indexOf(verified) < dossier.ticket.indexOf(scheduled)
        ? pass(
            { ro: 'Adresa a fost verificată prin cod înaintea programării.', en: 'The address was verified by code before scheduling.' },
            [verified, scheduled],
          )
        : fail(
            { ro: 'Programat fără ca adresa să fi fost verificată prin cod.', en: 'Scheduled before the address was verified by code.' },
            [scheduled, verified],
          );
    }
    const lapsed = first(dossier, 'Lapsed');
    return lapsed === undefined
      ? pending({ ro: 'Se așteaptă codul sau programarea.', en: 'The code or the scheduling is awaited.' }, [requested, verified])
      : notApplicable({ ro: 'Tichetul a căzut înainte de programare.', en: 'The ticket lapsed before it was scheduled.' }, [lapsed]);
  },
);

/** A code that went out, for the booking or for another address; and one that was entered. */
type CodeSeen = Seen<'VerificationCodeIssued' | 'ContactCorrectionRequested'>;
type EntrySeen = Seen<'EmailVerified' | 'ContactCorrected'>;

/** A9. By which a code was made: as its own fact keeps it, else as the form does. */
const verificationOf = (dossier: Dossier, { fact }: CodeSeen): Policies['verification']['value'] =>
  policyThen(dossier, 'verification', 'policies' in fact.data ? fact.data.policies : []).value;

const intervalOf = (dossier: Dossier, { fact }: CodeSeen): Policies['code-interval']['value'] =>
  policyThen(dossier, 'code-interval', 'policies' in fact.data ? fact.data.policies : []).value;

const wrongTries = (dossier: Dossier, n: number): number =>
  seen(dossier, 'VerificationFailed').filter(({ fact }) => fact.data.n === n).length;

/** A9. A code that came sooner after the one before than the policy allows, or as one more within the hour. A clock that went back says nothing. */
const tooSoonIssued = (dossier: Dossier, codes: readonly CodeSeen[]): CodeSeen | undefined => {
  const isWithin = (index: number, issuedAt: string, within: number): boolean => {
    const earlier = codes[index]?.fact.data.issuedAt;
    return earlier !== undefined && earlier <= issuedAt && secondsBetween(earlier, issuedAt) < within;
  };
  return codes.find((code, index) => {
    const { issuedAt } = code.fact.data;
    const { codesPerHour } = verificationOf(dossier, code);
    return isWithin(index - 1, issuedAt, intervalOf(dossier, code).seconds) || isWithin(index - codesPerHour, issuedAt, 3600);
  });
};

/** The code that this entry used must be the newest one issued, still valid, and entered for the first time. */
const wellUsed = (dossier: Dossier, entry: EntrySeen): boolean => {
  const { n } = entry.fact.data;
  const verifiedAt = entry.fact.type === 'EmailVerified' ? entry.fact.data.verifiedAt : entry.fact.data.correctedAt;
  const sends = entry.fact.type === 'EmailVerified' ? 'VerificationCodeIssued' : 'ContactCorrectionRequested';
  const before = { ticket: dossier.ticket.slice(0, dossier.ticket.indexOf(entry)) };
  const code = seen(before, sends).at(-1);
  if (code === undefined) return false;
  const newest = code.fact.data;
  const { triesPerCode, validMinutes } = verificationOf(dossier, code);
  const usedBefore = seen(before, 'EmailVerified', 'ContactCorrected').some(({ fact }) => fact.data.n === n);
  if (newest.n !== n || usedBefore || wrongTries(dossier, newest.n) >= triesPerCode) return false;
  // a clock that had gone back says an earlier time; that the code was there before it was entered says the order of the log
  const isIssued = newest.issuedAt <= verifiedAt || disputeAbout(dossier.disputes ?? [], entry) !== undefined;
  return isIssued && verifiedAt < newest.expiresAt && verifiedAt < plusMinutes(newest.issuedAt, validMinutes);
};

/** C06, Art. 3 e (A9): at most five wrong tries a code, the right one before its expiry, none used twice or after a newer one. */
export const c06CodeHygiene = check(
  '3 e',
  {
    ro: [
      'Codurile folosite corect',
      'Cel mult 5 încercări greșite pentru un cod; cel bun este ultimul trimis, neexpirat și folosit o singură dată.',
    ],
    en: ['Codes used properly', 'At most 5 wrong tries a code; the right one is the newest, has not expired and is used once.'],
  },
  (dossier) => {
    const [booking, ofAddresses] = [seen(dossier, 'VerificationCodeIssued'), seen(dossier, 'ContactCorrectionRequested')];
    const codes: readonly CodeSeen[] = [...booking, ...ofAddresses];
    const entries = [...seen(dossier, 'EmailVerified'), ...addressesGivenLater(dossier)];
    if (codes.length === 0 && entries.length === 0) return notApplicable({ ro: 'Nu s-au folosit coduri.', en: 'No codes were used.' });
    const overtried = codes.find((code) => wrongTries(dossier, code.fact.data.n) > verificationOf(dossier, code).triesPerCode);
    if (overtried !== undefined) {
      const { triesPerCode: tries } = verificationOf(dossier, overtried);
      const wrong = seen(dossier, 'VerificationFailed').filter(({ fact }) => fact.data.n === overtried.fact.data.n);
      return fail({ ro: `Mai mult de ${tries} încercări greșite pentru un cod.`, en: `More than ${tries} wrong tries of one code.` }, [
        overtried,
        ...wrong,
      ]);
    }
    const tooSoon = tooSoonIssued(dossier, booking) ?? tooSoonIssued(dossier, ofAddresses);
    if (tooSoon !== undefined) {
      return fail(
        {
          ro: `Codul ${tooSoon.fact.data.n} s-a trimis mai repede decât îngăduie regula.`,
          en: `Code ${tooSoon.fact.data.n} was sent sooner than the rule allows.`,
        },
        codes,
      );
    }
    const misused = entries.find((entry) => !wellUsed(dossier, entry));
    return misused === undefined
      ? pass({ ro: 'Codurile au fost folosite la timp și o singură dată.', en: 'The codes were used in time and once only.' }, [
          ...codes,
          ...entries,
        ])
      : fail(
          {
            ro: 'Un cod a fost acceptat expirat, înlocuit, epuizat sau a doua oară.',
            en: 'A code was accepted when expired, replaced, used up or used before.',
          },
          [...codes, misused],
        );
  },
);

/** C08, Art. 6 (A15): every slot is fifteen minutes on the grid :00 :15 :30 :45. */
export const c08FifteenMinutes = check(
  '6',
  {
    ro: ['15 minute', 'Fiecare programare are 15 minute și începe la fix, și un sfert, și jumătate sau fără un sfert.'],
    en: ['15 minutes', 'Every slot is 15 minutes long and starts on the hour or a quarter of it.'],
  },
  (dossier) => {
    const placed = placements(dossier);
    if (placed.length === 0) return notApplicable(neverScheduled);
    const odd = placed.find(({ fact: { data } }) => !isSlot(data.slot));
    if (odd === undefined) return pass({ ro: 'Intervalul este de 15 minute.', en: 'The slot is 15 minutes long.' }, placed);
    const { startsAt, endsAt } = odd.fact.data.slot;
    const span = `${moment(startsAt)} – ${moment(endsAt)}`;
    return fail({ ro: `Intervalul ${span} nu are 15 minute pe grilă.`, en: `The slot ${span} is not 15 minutes on the grid.` }, [odd]);
  },
);

/** Hours, absences and calendar as known when the meeting was put there. That it is a proper slot is C08's business. */
const inWorkingTime = (dossier: Dossier, place: Placement): boolean => {
  const { slot, staffId } = place.fact.data;
  const plan = dayPlanThen(dossier, staffId, civilDateOf(slot.startsAt), place);
  return plan.windows.some(({ from, to }) => from <= slot.startsAt && slot.endsAt <= to);
};

/** A16. A move says by which policy; before the first booking the form does. An hour that stays is not asked for anew. */
const isTooFarAhead = (dossier: Dossier, placement: Placement): boolean => {
  const { fact } = placement;
  if (fact.type === 'Reassigned' || keepsItsHour(dossier, placement)) return false;
  const { requestedAt, slot, policies } = fact.data;
  return slot.startsAt > latestStart(requestedAt, policyThen(dossier, 'booking-horizon', fact.type === 'Rescheduled' ? policies : []));
};

/** C09, Art. 4 (A16): every slot lies within the person's working hours, on a working day of the calendar then in force. */
export const c09WorkingTime = check(
  '4',
  {
    ro: [
      'În timpul de lucru',
      'Fiecare programare cade în programul funcționarului, într-o zi lucrătoare a calendarului de atunci, cel mult 60 de zile înainte.',
    ],
    en: [
      'Within working time',
      'Every slot lies within the person’s hours, on a working day of the calendar then in force, at most 60 days ahead.',
    ],
  },
  (dossier) => {
    const placed = placements(dossier);
    if (placed.length === 0) return notApplicable(neverScheduled);
    const far = placed.find((place) => isTooFarAhead(dossier, place));
    if (far !== undefined) {
      const hour = moment(far.fact.data.slot.startsAt);
      return fail({ ro: `Programat la ${hour}, prea departe în viitor.`, en: `Scheduled at ${hour}, too far ahead.` }, [far]);
    }
    const outside = placed.find((place) => !inWorkingTime(dossier, place));
    if (outside === undefined) return pass({ ro: 'Intervalul este în timpul de lucru.', en: 'The slot is within working time.' }, placed);
    const at = moment(outside.fact.data.slot.startsAt);
    return fail({ ro: `Programat la ${at}, în afara timpului de lucru.`, en: `Scheduled at ${at}, outside working time.` }, [outside]);
  },
);

const beganBeforeTheEndOf = (one: LiveMeeting, other: LiveMeeting): boolean => {
  const [{ from }, { until }] = [liveStamps(one), liveStamps(other)];
  return until === undefined || !stoodBy(until, from);
};

const liveTogether = (one: LiveMeeting, other: LiveMeeting): boolean => beganBeforeTheEndOf(one, other) && beganBeforeTheEndOf(other, one);

const clash = (one: LiveMeeting, other: LiveMeeting): boolean =>
  one.staffId === other.staffId && overlaps(one.slot, other.slot) && liveTogether(one, other);

/** C10, Art. 4 and 6: at no moment of the history had the same person another live meeting at the same time. */
export const c10NoDoubleBooking = check(
  '4',
  {
    ro: ['Fără suprapuneri', 'În niciun moment al istoricului funcționarul nu a avut altă întâlnire la aceeași oră.'],
    en: ['No double booking', 'At no moment of the history did the same person have another meeting at the same time.'],
  },
  (dossier) => {
    const own = liveMeetings(dossier.ticketId, dossier.ticket);
    if (own.length === 0) return notApplicable(neverScheduled);
    for (const meeting of own) {
      const other = dossier.otherMeetings.find((candidate) => clash(meeting, candidate));
      if (other !== undefined) {
        const at = moment(meeting.slot.startsAt);
        return fail(
          { ro: `Altă întâlnire a aceleiași persoane se suprapune la ${at}.`, en: `Another meeting of the same person overlaps at ${at}.` },
          [{ id: meeting.eventId }, { id: other.eventId }],
        );
      }
    }
    return pass(
      { ro: 'Nicio suprapunere cu altă întâlnire a aceleiași persoane.', en: 'No overlap with another meeting of the same person.' },
      own.map(({ eventId }) => ({ id: eventId })),
    );
  },
);

const hasReason = ({ fact }: Placement): boolean => {
  if (fact.type === 'Reassigned') return !isBlank(fact.data.reason);
  return fact.type === 'Rescheduled' && fact.data.reason !== undefined;
};

/** For a request that is closed, redirected or past its 30 days it is still the person who answered, or had it last. */
const responsibleNow = ({ events }: RequestThen): string | undefined => {
  const request = fold(
    registeredRequest,
    events.map(({ fact }) => fact),
  );
  return request.status === 'unknown' ? undefined : responsibleFor(request);
};

/**
 * A3: the handler while in operation, afterwards the person who gave the answer. Where that person has left or is not known here, a head
 * stands in. The request's history does not tell who that is.
 */
const wasResponsible = (dossier: Dossier, requested: Seen<'Requested'>): boolean => {
  const { data } = requested.fact;
  const then = requestThen(dossier);
  const { ground } = data;
  const person =
    ground.kind === 'clarification'
      ? then.answers.findLast(({ fact }) => fact.data.documentNumber === ground.documentNumber)?.fact.data.answeredBy
      : ground.kind === 'new-hour-owed'
        ? responsibleNow(then)
        : then.handlerStaffId;
  if (person === undefined || person === data.staffId) return true;
  const known = staffThen(dossier, person, requested);
  return known.status === 'unknown' || hasLeft(known, civilDateOf(data.requestedAt));
};

/** Where the file went while the request was in operation, when that was recorded, and to whom: the last move before the meeting began. */
const fileMovedTo = (dossier: Dossier, began: Instant): RequestSeen<'HandlerAssigned'> | undefined => {
  const { events } = requestThen(dossier);
  const since = dossier.request.slice(events.length).filter(({ recordedAt }) => recordedAt < began);
  // an answer that was withdrawn by then never took the request out of operation
  const stood = (event: Evidence<RequestFact>, place: number): boolean =>
    event.fact.type === 'AnswerCommunicated' &&
    answersAfter([event, ...since.slice(place + 1).filter(({ fact }) => fact.type !== 'AnswerCommunicated')]).length > 0;
  const answered = since.findIndex(stood);
  return seenOfRequest(answered < 0 ? since : since.slice(0, answered), 'HandlerAssigned').at(-1);
};

/** The file had moved to another person, the ticket was not given on, and the person who had it before held the meeting. */
const movedAway = (dossier: Dossier, held: Seen<'Held'>, responsible: string): RequestSeen<'HandlerAssigned'> | undefined => {
  const { startedAt } = held.fact.data;
  const move = first(dossier, 'Requested')?.fact.data.ground.kind === 'in-operation' ? fileMovedTo(dossier, startedAt) : undefined;
  if (move === undefined || move.fact.data.handlerStaffId === responsible) return undefined;
  const isGone = hasLeft(staffThen(dossier, move.fact.data.handlerStaffId, held), civilDateOf(startedAt));
  return isGone || handings(dossier).some((given) => stoodBy(move, given)) ? undefined : move;
};

/**
 * The start or the end was noted by another official: the official who begins a meeting is in it, and what is noted afterwards may be noted
 * for another.
 */
const notedByAnother = (
  started: Seen<'MeetingStarted'> | undefined,
  held: Seen<'Held'>,
  responsible: string,
): 'began' | 'noted' | undefined => {
  const isAnother = (event: Seen<'MeetingStarted' | 'Held'> | undefined): boolean =>
    event?.actor?.kind === 'staff' && event.actor.id !== responsible;
  if (isAnother(started) && started?.recordedAt !== held.recordedAt) return 'began';
  return isAnother(started) || isAnother(held) ? 'noted' : undefined;
};

/** C12, Art. 1 and 2 (A3): held by the person who answers for the request; another person replaced them only with a reason. */
export const c12RightPerson = check(
  '1',
  {
    ro: [
      'Persoana potrivită',
      'Întâlnirea a ținut-o cine are cererea în operare, și cine a primit-o cu mai mult de o zi lucrătoare înainte; orice înlocuire are un motiv.',
    ],
    en: [
      'The right person',
      'The meeting was held by whoever handles the request, also if it came to them more than a working day before; every change of person has a reason.',
    ],
  },
  (dossier) => {
    const held = first(dossier, 'Held');
    const requested = first(dossier, 'Requested');
    if (held === undefined || requested === undefined) return notApplicable(notHeld);
    const placed = placements(dossier);
    let responsible = requested.fact.data.staffId;
    for (const place of placed) {
      if (place.fact.data.staffId !== responsible && !hasReason(place)) {
        return fail({ ro: 'Persoana a fost schimbată fără motiv.', en: 'The person was changed without a reason.' }, [place]);
      }
      responsible = place.fact.data.staffId;
    }
    const starts = seen(dossier, 'MeetingStarted', 'Held');
    if (starts.some(({ fact }) => fact.data.staffId !== responsible)) {
      return fail({ ro: 'Întâlnirea a fost ținută de altă persoană.', en: 'The meeting was held by somebody else.' }, [
        ...placed,
        ...starts,
      ]);
    }
    const noted = notedByAnother(first(dossier, 'MeetingStarted'), held, responsible);
    if (noted === 'began')
      return fail({ ro: 'Întâlnirea a început-o altă persoană.', en: 'The meeting was begun by somebody else.' }, [...placed, ...starts]);
    if (!wasResponsible(dossier, requested))
      return fail(
        { ro: 'Tichetul nu a fost dat persoanei care avea cererea.', en: 'The ticket was not given to the person who had the request.' },
        [requested, held],
      );
    const move = movedAway(dossier, held, responsible);
    if (move !== undefined) {
      const { workingDays } = policyThen(dossier, 'handover-notice', held.fact.data.policies).value;
      const { startsAt } = placed.at(-1)?.fact.data.slot ?? requested.fact.data.slot;
      const inTime = endOfWorkingDayAfter(calendarThen(dossier, move), move.recordedAt, workingDays) > startsAt;
      const at = moment(move.recordedAt);
      const text = {
        ro: `Cererea trecuse la altă persoană la ${at}, tichetul nu a fost dat mai departe, iar întâlnirea a ținut-o cine o avusese.`,
        en: `The file had moved to somebody else at ${at}, the ticket was not given on, and whoever had had it held the meeting.`,
      };
      return inTime ? warn(text, [move, ...placed, held]) : fail(text, [move, ...placed, held]);
    }
    if (noted === 'noted')
      return warn({ ro: 'Că s-a ținut a înscris altă persoană.', en: 'That it was held was noted by somebody else.' }, [
        ...placed,
        ...starts,
      ]);
    return pass({ ro: 'Întâlnirea a fost ținută de persoana responsabilă.', en: 'The meeting was held by the responsible person.' }, [
      requested,
      ...placed,
      held,
    ]);
  },
);
