import { defined } from '@tichet-albastru/kernel/defined';
import type { CivilDate, Instant } from '../kernel/fact';
import type { Policies } from '../policies';
import { type Grade, weakest } from '../kernel/grade';
import {
  c04LeadTime,
  c05VerifiedFirst,
  c06CodeHygiene,
  c08FifteenMinutes,
  c09WorkingTime,
  c10NoDoubleBooking,
  c12RightPerson,
} from './booking-checks';
import { type CaseFile, type ChainState, dossierAt, type Dossier, first, type RequestSeen, seenOfRequest, wasRequested } from './case-file';
import { c19ReschedulingDuties } from './change-checks';
import {
  type Check,
  check,
  day,
  fail,
  type Found,
  lengthOf,
  notApplicable,
  type Observer,
  pass,
  restingOn,
  type Sentence,
  type Turns,
  type Verdict,
} from './check';
import { gradeOf } from './grades';
import { c07ToldAboutRecording, c11LinkInTime, c13Recorded, c20NothingForgotten, c22HeldInSlot } from './meeting-checks';
import { c23WhatWasMatched, c24PhoneGiven, c25AnswerRecordedLate } from './request-checks';
import { c14WrittenRecord, c15Order, c16Immediately, c17RightAddress, c18Delivered, c26Amendments } from './resolution-checks';
import { type ClockDispute, disputeAbout } from './log-clock';
import { clarificationWindow } from '../calendar/working-days';
import type { Ground } from '../request/facts';
import { civilDateOf } from '../time/civil-time';
import { type AnswerSeen, calendarThen, policyStamped, requestThen, type RequestThen } from './in-force';

/** C01, Art. 2: the ground and the version of the policy that found it stand in `Requested`. */
const c01EligibilityRecorded = check(
  '2',
  {
    ro: ['Temeiul este înscris', 'Temeiul tichetului și versiunea regulilor aplicate stau înscrise în solicitare.'],
    en: ['Ground recorded', 'The ground of the ticket and the version of the policies applied stand in the request for it.'],
  },
  (dossier) => {
    const requested = first(dossier, 'Requested');
    if (requested === undefined)
      return notApplicable({ ro: 'Tichetul nu a fost cerut.', en: 'The ticket was never requested.' }, [dossier.ticket[0]]);
    const { ground, policies, calendarVersion } = requested.fact.data;
    const groundPolicy = ground.kind !== 'clarification' || /^[a-z-]+@\d+$/.test(ground.policy);
    return policies.length > 0 && calendarVersion !== '' && groundPolicy
      ? pass(
          {
            ro: 'Temeiul și versiunea regulilor sunt înscrise în cerere.',
            en: 'The ground and the version of the policies are recorded in the request.',
          },
          [requested],
        )
      : fail(
          { ro: 'Lipsește temeiul sau versiunea regulilor aplicate.', en: 'The ground or the version of the policies applied is missing.' },
          [requested],
        );
  },
);

type Clarification = Extract<Ground, { readonly kind: 'clarification' }>;

/** Codul civil art. 2554: where the ticket was asked for under a policy by which days declared free since move the end, that end. */
const laterEnd = (dossier: Dossier, communicatedOn: CivilDate, policy: Policies['clarification-window']): CivilDate | undefined => {
  const requested = first(dossier, 'Requested');
  const stamp = requested && policyStamped(requested.fact.data.policies, 'days-declared-later');
  return requested !== undefined && stamp?.value === 'move-the-end'
    ? clarificationWindow(communicatedOn, policy, calendarThen(dossier, requested)).enforcedUntil
    : undefined;
};

/** The window as the policy and the calendar in force at the answer make it, not as it was written down. */
const isTheWindow = (dossier: Dossier, answer: AnswerSeen, ground: Clarification): boolean => {
  const { policy, communicatedOn } = answer.fact.data;
  if (policy.name !== 'clarification-window') return false;
  const { advertisedUntil, enforcedUntil } = clarificationWindow(communicatedOn, policy, calendarThen(dossier, answer));
  const end = laterEnd(dossier, communicatedOn, policy) ?? enforcedUntil;
  return advertisedUntil === ground.advertisedUntil && ground.enforcedUntil === (end > enforcedUntil ? end : enforcedUntil);
};

const answerBehind = (dossier: Dossier, ground: Clarification): AnswerSeen | undefined =>
  requestThen(dossier).answers.find(
    (answer) =>
      answer.fact.data.documentNumber === ground.documentNumber &&
      answer.fact.data.communicatedOn === ground.communicatedOn &&
      isTheWindow(dossier, answer, ground),
  );

/** Another ticket of the same request that was admitted before this one, and had not ended. */
const stillGoingOn = (events: RequestThen['events']): RequestSeen<'TicketAdmitted'> | undefined => {
  const last = seenOfRequest(events, 'TicketAdmitted').at(-1);
  const hasEnded = seenOfRequest(events, 'AdmissionEnded').some(({ fact }) => fact.data.ticketId === last?.fact.data.ticketId);
  return hasEnded ? undefined : last;
};

/** The ending that left a new hour owed (Art. 8), unless it was declined, or given by a ticket since. */
const owedBefore = (events: RequestThen['events']): RequestSeen<'AdmissionEnded'> | undefined => {
  const ended = seenOfRequest(events, 'AdmissionEnded').at(-1);
  const ticketId = ended?.fact.data.newHourOwedFor;
  const isDeclined = seenOfRequest(events, 'NewHourDeclined').some(({ fact }) => fact.data.ticketId === ticketId);
  return ticketId === undefined || isDeclined ? undefined : ended;
};

/** C02, Art. 2 (A2, A5, A24): the ground, recomputed from the request's own events as they stood when the ticket was admitted. The 30 days are C03's. */
const c02GroundWasTrue = check(
  '2',
  {
    ro: [
      'Temeiul era adevărat',
      'Când s-a cerut tichetul, cererea era în operare, avea un răspuns comunicat sau i se datora o oră nouă, și nu avea alt tichet în curs; se recalculează din istoricul cererii.',
    ],
    en: [
      'Ground was true',
      'When the ticket was asked for, the request was in operation, had an answer or was owed a new hour, and no other ticket going on; found again from the request’s own history.',
    ],
  },
  (dossier) => {
    const requested = first(dossier, 'Requested');
    if (requested === undefined)
      return notApplicable({ ro: 'Tichetul nu a fost cerut.', en: 'The ticket was never requested.' }, [dossier.ticket[0]]);
    const { ground } = requested.fact.data;
    const then = requestThen(dossier);
    const other = stillGoingOn(then.events);
    if (other !== undefined)
      return fail({ ro: 'Cererea avea deja un tichet în curs.', en: 'The request had another ticket going on already.' }, [
        other,
        requested,
      ]);
    if (ground.kind === 'in-operation') {
      return then.status === 'in-operation'
        ? pass({ ro: 'Cererea era în operare.', en: 'The request was in operation.' }, [then.statusEvent, requested])
        : fail(
            {
              ro: 'Cererea nu era în operare când s-a cerut tichetul.',
              en: 'The request was not in operation when the ticket was requested.',
            },
            [then.statusEvent, requested],
          );
    }
    if (ground.kind === 'new-hour-owed') {
      const owed = owedBefore(then.events);
      const isSo = owed?.fact.data.newHourOwedFor === ground.ticketId;
      return isSo
        ? pass(
            {
              ro: 'Primăria anulase un tichet al cererii și datora o oră nouă (art. 8).',
              en: 'City Hall had cancelled a ticket of the request and owed a new hour (Art. 8).',
            },
            [owed, requested],
          )
        : fail(
            {
              ro: 'Când s-a cerut tichetul, nu se datora nicio oră nouă pentru tichetul numit.',
              en: 'When the ticket was asked for, no new hour was owed for the ticket named.',
            },
            [owed, then.statusEvent, requested],
          );
    }
    const answer = answerBehind(dossier, ground);
    return answer !== undefined && then.status !== 'redirected'
      ? pass(
          {
            ro: 'Răspunsul fusese comunicat, iar termenul este cel calculat.',
            en: 'The answer had been communicated and the window is as computed.',
          },
          [answer, requested],
        )
      : fail(
          {
            ro: 'Răspunsul sau termenul înscris nu se regăsește în istoricul cererii.',
            en: 'The answer or the window recorded is not borne out by the request’s history.',
          },
          [...then.answers, then.statusEvent, requested],
        );
  },
  'register',
);

/** C03, Art. 2 b (A5, A6, A27): the request for a clarification falls on or before the last day, or a head had admitted it late. */
const c03WithinThirtyDays = check(
  '2 b',
  {
    ro: [
      'În 30 de zile de la răspuns',
      'Clarificările s-au cerut cel mult în ultima zi a termenului, sau șeful a admis cererea după termen, cu motiv.',
    ],
    en: [
      'Within 30 days of the answer',
      'Clarifications were asked for by the last day of the window, or a head admitted them late, with a reason.',
    ],
  },
  (dossier) => {
    const requested = first(dossier, 'Requested');
    if (requested?.fact.data.ground.kind === 'new-hour-owed') {
      return notApplicable(
        {
          ro: 'Ora nouă datorată după anularea de către primărie nu piere cu cele 30 de zile (art. 8).',
          en: 'The new hour owed after a cancelling by City Hall does not end with the 30 days (Art. 8).',
        },
        [requested],
      );
    }
    if (requested?.fact.data.ground.kind !== 'clarification') {
      return notApplicable({ ro: 'Cererea nu era de clarificare.', en: 'The ground was not a clarification.' }, [requested]);
    }
    const { ground, requestedAt } = requested.fact.data;
    const requestedOn = civilDateOf(requestedAt);
    if (requestedOn <= ground.enforcedUntil && ground.lateAdmission) {
      return fail(
        {
          ro: 'Înscris ca admis după termen, deși termenul nu trecuse.',
          en: 'Recorded as admitted late, though the window was not over.',
        },
        [requested],
      );
    }
    if (requestedOn <= ground.enforcedUntil) {
      return pass(
        { ro: `Cerut în termen (până la ${day(ground.enforcedUntil)}).`, en: `Requested in time (until ${day(ground.enforcedUntil)}).` },
        [requested],
      );
    }
    const admission = seenOfRequest(requestThen(dossier).events, 'LateAdmissionGranted').find(({ fact }) => requestedOn <= fact.data.until);
    return admission === undefined
      ? fail(
          {
            ro: `Cerut la ${day(requestedOn)}, după ${day(ground.enforcedUntil)}.`,
            en: `Requested on ${day(requestedOn)}, after ${day(ground.enforcedUntil)}.`,
          },
          [requested],
        )
      : pass({ ro: 'Cerut după termen, cu admitere motivată.', en: 'Requested after the window, with a reasoned late admission.' }, [
          admission,
          requested,
        ]);
  },
  'register',
);

const sentences: Readonly<Record<NonNullable<ChainState['because']> | 'changed', Sentence>> = {
  changed: { ro: 'Un eveniment a fost modificat după scriere.', en: 'An event was changed after it was written.' },
  'not-as-sealed': {
    ro: 'Un eveniment nu este cel care a fost sigilat în acest loc al jurnalului.',
    en: 'An event is not the one that was sealed in this place of the log.',
  },
  'seal-unreadable': {
    ro: 'Lanțul de sigilii este întreg, dar sigiliul jurnalului nu poate fi citit.',
    en: 'The chain of seals is whole, but the seal of the log cannot be read.',
  },
};

/** C21, Order 4: the hash chain holds over this ticket's events, and they are those of the sealed log. What is not sealed yet never delays it. */
export const c21Untouched = check(
  'D4',
  {
    ro: [
      'Neatins',
      'Lanțul de sigilii al evenimentelor tichetului este întreg, iar evenimentele sunt cele sigilate în jurnal: nimic nu s-a schimbat după scriere.',
    ],
    en: [
      'Untouched',
      'The chain of seals over the ticket’s events is whole, and they are those that were sealed in the log: nothing was changed after it was written.',
    ],
  },
  (dossier) => {
    const { intact, firstBroken, because = 'changed' } = dossier.chain;
    const whole = { ro: 'Lanțul de sigilii este întreg.', en: 'The chain of seals is whole.' };
    // It is about the bytes: the seals are seen, regardless of the events and their writer.
    if (intact) return restingOn(pass(whole, dossier.ticket), []);
    const broken = firstBroken === undefined ? [] : [{ id: firstBroken }];
    return restingOn(fail(sentences[because], broken), []);
  },
);

/** Every check by its id, in order. */
export const auditChecks = {
  C01: c01EligibilityRecorded,
  C02: c02GroundWasTrue,
  C03: c03WithinThirtyDays,
  C04: c04LeadTime,
  C05: c05VerifiedFirst,
  C06: c06CodeHygiene,
  C07: c07ToldAboutRecording,
  C08: c08FifteenMinutes,
  C09: c09WorkingTime,
  C10: c10NoDoubleBooking,
  C11: c11LinkInTime,
  C12: c12RightPerson,
  C13: c13Recorded,
  C14: c14WrittenRecord,
  C15: c15Order,
  C16: c16Immediately,
  C17: c17RightAddress,
  C18: c18Delivered,
  C19: c19ReschedulingDuties,
  C20: c20NothingForgotten,
  C21: c21Untouched,
  C22: c22HeldInSlot,
  C23: c23WhatWasMatched,
  C24: c24PhoneGiven,
  C25: c25AnswerRecordedLate,
  C26: c26Amendments,
};
export type CheckId = keyof typeof auditChecks;
const isCheckId = (id: string): id is CheckId => id in auditChecks;
export const checkIds: readonly CheckId[] = Object.keys(auditChecks).filter(isCheckId);
/** C21 is about the bytes of the log: its verdict is found when a ticket is read, and is in no table. */
export const tableCheckIds = checkIds.filter((id) => id !== 'C21');

export type CheckResult = Omit<Found, 'restsOn'> &
  Turns & {
    readonly id: CheckId;
    readonly article: string;
    /** the weakest of what it rests on; absent where it says nothing yet: it does not apply, or is not due */
    readonly grade?: Grade;
    /** Of a verdict that is only declared: the outside systems that could have confirmed it, where an installation has them. */
    readonly observable?: readonly Observer[];
    /** What it rests on was recorded while a clock was wrong: by so many seconds the times in the log go back. The sentence says it too. */
    readonly clockOffBySeconds?: number;
  };

export type Overall = 'pass' | 'fail' | 'pending';

export type Judgement = {
  /** `fail` if any check fails, else `pending` if any is pending, else `pass` */
  readonly overall: Overall;
  /** the weakest grade of what was found kept: of the checks that pass, warn or are waived */
  readonly grade?: Grade;
  /** number of checks that warn */
  readonly warnings: number;
  /** number of checks that were waived */
  readonly waived: number;
  /** every one, in order */
  readonly checks: readonly CheckResult[];
  /**
   * The judgement stands up to and including this moment while no new fact is recorded; after it at least one verdict turns.
   * Absent: time alone changes nothing any more.
   */
  readonly nextChangeAt?: Instant;
};

/** What a list keeps of a judgement: the verdicts, how each is known, and who could have confirmed what is only declared. */
export type Verdicts = Pick<Judgement, 'overall' | 'warnings' | 'waived'> & {
  /** the weakest grade of what was found kept */
  readonly grade: Grade | null;
  /** by check, as `C01` */
  readonly verdicts: Readonly<Record<string, Verdict>>;
  /** by check; none for what does not apply, or waits for what has not happened */
  readonly grades: Readonly<Record<string, Grade>>;
  /** by check that is only declared: the outside systems that could have confirmed it, where an installation has them */
  readonly observable: Readonly<Record<string, readonly Observer[]>>;
};

/** Who could have confirmed something of a ticket that is only declared, in one word a table can look for: `register webex`. */
export const confirmableBy = (observable: Verdicts['observable']): string | null =>
  [...new Set(Object.values(observable).flat())].sort().join(' ') || null;

/** @param without a check that is not kept there */
export const verdictsOf = ({ overall, warnings, waived, grade, checks }: Omit<Judgement, 'nextChangeAt'>, without?: CheckId): Verdicts => {
  const verdicts: Record<string, Verdict> = {};
  const grades: Record<string, Grade> = {};
  const observable: Record<string, readonly Observer[]> = {};
  for (const check of checks) {
    if (check.id === without) continue;
    verdicts[check.id] = check.verdict;
    if (check.grade !== undefined) grades[check.id] = check.grade;
    if (check.observable !== undefined) observable[check.id] = check.observable;
  }
  return { overall, warnings, waived, grade: grade ?? null, verdicts, grades, observable };
};

export const overallOf = (results: readonly CheckResult[]): Overall =>
  results.some(({ verdict }) => verdict === 'fail') ? 'fail' : results.some(({ verdict }) => verdict === 'pending') ? 'pending' : 'pass';

const count = (results: readonly CheckResult[], verdict: CheckResult['verdict']): number =>
  results.filter((result) => result.verdict === verdict).length;

/** The soonest of the moments that have not passed. */
const nextOf = (moments: readonly (Instant | undefined)[], asOf: Instant): Instant | undefined =>
  moments.filter((moment) => moment !== undefined && moment >= asOf).toSorted()[0];

/** By which dispute about the clock the events are concerned that a verdict rests on; one that names none rests on the whole ticket. */
const disputeOf = ({ disputes = [], ticket, request }: Dossier): ((evidence: readonly string[]) => ClockDispute | undefined) => {
  if (disputes.length === 0) return () => undefined;
  const disputed = new Map<string, ClockDispute>();
  for (const event of [...ticket, ...request]) {
    const dispute = disputeAbout(disputes, event);
    if (dispute !== undefined) disputed.set(event.id, dispute);
  }
  const ofTicket = ticket.map(({ id }) => id);
  return (evidence) => {
    const concerned = (evidence.length === 0 ? ofTicket : evidence).find((id) => disputed.has(id));
    return concerned === undefined ? undefined : disputed.get(concerned);
  };
};

/** Beside a verdict on what was done then. */
const disputedSentence = ({ seconds }: Pick<ClockDispute, 'seconds'>): Sentence => ({
  ro: `Înscris când un ceas era greșit: orele din jurnal dau înapoi cu ${lengthOf(seconds)}; ordinea jurnalului este cea sigură.`,
  en: `Recorded while a clock was wrong: the times in the log go back by ${lengthOf(seconds)}; the order of the log is what is sure.`,
});

/** The verdict, its sentence and beside it that a clock was wrong. */
const whileDisputed = (result: CheckResult, dispute: ClockDispute | undefined): CheckResult => {
  if (dispute === undefined) return result;
  const { ro, en } = disputedSentence(dispute);
  const text = { ro: `${result.text.ro} ${ro}`, en: `${result.text.en} ${en}` };
  return { ...result, text, clockOffBySeconds: dispute.seconds };
};

/** How an event is known that a verdict names. A meeting of another ticket stands by a fact of our own form; of nothing else is it taken for granted. */
const gradeById = ({ ticket, request, otherMeetings }: Dossier): ((id: string) => Grade) => {
  const known = new Map<string, Grade>();
  for (const events of [ticket, request]) for (const { id, fact } of events) known.set(id, gradeOf(fact));
  return (id) => known.get(id) ?? (otherMeetings.some(({ eventId }) => eventId === id) ? 'observed' : 'declared');
};

const gradeOfFound = ({ verdict, evidence, restsOn }: Found, gradeFor: (id: string) => Grade): Grade | undefined => {
  if (verdict === 'not-applicable' || verdict === 'pending') return undefined;
  if (restsOn?.length === 0) return 'observed';
  return weakest((restsOn ?? evidence).map(gradeFor));
};

const isKept = ({ verdict }: CheckResult): boolean => verdict === 'pass' || verdict === 'warn' || verdict === 'waived';

/** What is not there is left out. Field by field, for it is done for every check of every ticket of a rebuild. */
const resultOf = (id: CheckId, found: ReturnType<Check['find']>, grade: Grade | undefined): CheckResult => {
  const { article, observable } = auditChecks[id];
  const { verdict, evidence, text, turns } = found;
  const result: { -readonly [Field in keyof CheckResult]: CheckResult[Field] } = { id, article, verdict, evidence, text };
  Object.assign(result, turns);
  if (grade !== undefined) result.grade = grade;
  if (grade === 'declared' && observable.length > 0) result.observable = observable;
  return result;
};

/** A case file that holds no request for the ticket: no check speaks of it, and silence is no verdict. */
export class NothingToJudge extends Error {
  constructor(ticketId: string) {
    super(`The case file of ticket ${ticketId} holds no request for it.`);
  }
}

/**
 * What an auditor asks of a ticket (rulebook, section 5), as the answer was at `asOf`. The same facts give the same answer for ever.
 * @param whole on all that the case file knows, regardless of recorded times: now, where a clock may be behind the log
 * @throws NothingToJudge where the file holds no `Requested` at all; a moment before it is answered
 */
export const judge = (caseFile: CaseFile, asOf: Instant, whole = false): Judgement => {
  if (!wasRequested(caseFile)) throw new NothingToJudge(caseFile.ticketId);
  const dossier = dossierAt(caseFile, asOf, whole);
  const dispute = disputeOf(dossier);
  const gradeFor = gradeById(dossier);
  const turns: (Instant | undefined)[] = [];
  const results = checkIds.map((id): CheckResult => {
    const found = auditChecks[id].find(dossier);
    if (found.turns !== undefined) turns.push(found.turns.failsAt, found.turns.warnsAt, found.turns.appliesAt);
    return whileDisputed(resultOf(id, found, gradeOfFound(found, gradeFor)), dispute(found.evidence));
  });
  return {
    overall: overallOf(results),
    ...defined({ grade: weakest(results.filter(isKept).map(({ grade }) => grade)) }),
    warnings: count(results, 'warn'),
    waived: count(results, 'waived'),
    checks: results,
    ...defined({ nextChangeAt: nextOf(turns, asOf) }),
  };
};
