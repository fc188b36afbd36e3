import { endOfWorkingDayAfter } from '../calendar/working-days';
import { defined } from '@tichet-albastru/kernel/defined';
import type { Instant } from '../kernel/fact';
import { isBlank } from '../kernel/blank';
import type { RequestIdentity } from '../request/facts';
import { type Dossier, first, last, seen, type Seen } from './case-file';
import { plusHours } from '../time/civil-time';
import { type Deadline, resolutionDeadline } from '../ticket/deadlines';
import { calendarThen, policyThen } from './in-force';
import { gradeOf } from './grades';
import { isMissed, type Owed } from './owed';
import type { FilingFinding } from '../ticket/facts';
import { isSameDocument } from '../ticket/filing-confirmation';
import { isOwnNumber } from '../ticket/resolution';
import { check, dueMoment, fail, moment, notApplicable, notHeld, pass, pending, restingOn, type Sentence, warn } from './check';
import { addressesGivenLater, givenThen, isVerified } from './contact-then';

/** How a resolution leaves: by e-mail, accepted by the mail server, or handed over by post or at the counter (A11). */
type Sending = Seen<'ResolutionSent' | 'ResolutionHandedOver'>;

const sendings = (dossier: Dossier): readonly Sending[] => seen(dossier, 'ResolutionSent', 'ResolutionHandedOver');

const sentAt = ({ fact }: Sending): Instant => (fact.type === 'ResolutionSent' ? fact.data.acceptedAt : fact.data.handedOverAt);

/** How many amendments a letter held: as it says, else as many as there were when it was asked for. A letter has the id of what asked for it. */
const amendmentsIn = (dossier: Dossier, letterId: string): number => {
  const sent = seen(dossier, 'ResolutionSent').find(({ fact }) => fact.data.letterId === letterId);
  if (sent !== undefined) return sent.fact.data.amendments ?? 0;
  const asked = dossier.ticket.findIndex(({ id }) => id === letterId);
  return dossier.ticket.slice(0, asked + 1).filter(({ fact }) => fact.type === 'ResolutionAmended').length;
};

/** The e-mail came back, or it could not be sent and a person was asked to send it: `send-letter` about the fact that asked for it. */
const emailFailed = (dossier: Dossier, amendments = 0): boolean => {
  const bounces = seen(dossier, 'ResolutionBounced');
  const letters = seen(dossier, 'ResolutionSent').filter(({ fact: { data } }) => (data.amendments ?? 0) >= amendments);
  const stoodAt = (bouncedAt: Instant): boolean =>
    letters.some(({ fact: { data } }) => data.acceptedAt <= bouncedAt && bounces.every(({ fact }) => fact.data.letterId !== data.letterId));
  const bounced = bounces.some(({ fact: { data } }) => {
    const held = amendmentsIn(dossier, data.letterId);
    // a later letter holds this text too: it came back for it where no other had brought it
    return held === amendments || (held > amendments && !stoodAt(data.bouncedAt));
  });
  if (bounced) return true;
  const amended = seen(dossier, 'ResolutionAmended');
  // an amendment that overtakes the first letter asks for that one too
  const overtaking = letters.length === 0 ? amended : [];
  const written = seen(dossier, 'Held', 'ResolutionIssued');
  const asking = amendments === 0 ? [...written, ...overtaking] : amended.slice(amendments - 1);
  // a citizen who gives another address once a text is owed is sent it there; earlier ones ask for the calendar entry
  const owed = amendments === 0 ? written : [...written, ...asking.slice(0, 1)];
  const owedSince = Math.max(...owed.map((event) => dossier.ticket.indexOf(event)));
  const corrected = addressesGivenLater({ ticket: dossier.ticket.slice(owedSince) });
  return seen(dossier, 'TaskRaised').some(
    ({ fact: { data } }) => data.kind === 'send-letter' && [...asking, ...corrected].some(({ id }) => id === data.subjectId),
  );
};

/** Whether an address was verified by the time that this text was written: one that is given later gets what is written then. */
const hadAddress = (dossier: Dossier, amendments: number): boolean => {
  if (first(dossier, 'EmailVerified') !== undefined) return true;
  const written = amendments === 0 ? first(dossier, 'ResolutionIssued') : seen(dossier, 'ResolutionAmended')[amendments - 1];
  const address = written && givenThen(dossier, 'email', written);
  return address !== undefined && isVerified(dossier, address);
};

/** A11: nothing can go by e-mail, so that a person posts it or hands it over. */
const isForPerson = (dossier: Dossier, amendments: number): boolean => !hadAddress(dossier, amendments) || emailFailed(dossier, amendments);

/**
 * The sendings that Art. 7 asks for: the e-mail where there is a verified address that works; by post or over the counter
 * only where there is none, or where the e-mail failed (A11).
 * @param amendments with so many of them in it
 */
const owedSendings = (dossier: Dossier, amendments = 0): readonly Sending[] => {
  const byPerson = isForPerson(dossier, amendments);
  return sendings(dossier).filter(({ fact }) => (fact.data.amendments ?? 0) >= amendments && (fact.type === 'ResolutionSent' || byPerson));
};

const sooner = (one: Instant, other: Instant): Instant => (one < other ? one : other);

/** A17: until when it is immediate, and until when in time: as written, and no later than policy and calendar of then make it. */
const deadlineThen = (dossier: Dossier, held: Seen<'Held'>): Required<Deadline> => {
  const { endedAt, policies } = held.fact.data;
  const written = resolutionDeadline(held.fact.data);
  if (!policies.some(({ name }) => name === 'resolution-deadline')) return written;
  const { targetHours, hardLimitWorkingDays } = policyThen(dossier, 'resolution-deadline', policies).value;
  return {
    targetAt: sooner(written.targetAt, plusHours(endedAt, targetHours)),
    limitAt: sooner(written.limitAt, endOfWorkingDayAfter(calendarThen(dossier, held), endedAt, hardLimitWorkingDays)),
  };
};

/**
 * The signed paper that the citizen took within the target: they have had it immediately. The e-mail is still owed where there is an
 * address, by the hard limit.
 */
const takenAtOnce = (dossier: Dossier, held: Seen<'Held'>, until: Instant): Sending | undefined =>
  sendings(dossier).find(
    ({ fact }) =>
      fact.type === 'ResolutionHandedOver' &&
      fact.data.channel === 'pickup' &&
      !isBlank(fact.data.proof) &&
      fact.data.handedOverAt >= held.fact.data.endedAt &&
      fact.data.handedOverAt <= until,
  );

const earliest = (sent: readonly Sending[]): Sending | undefined =>
  sent.reduce<Sending | undefined>(
    (soonest, sending) => (soonest === undefined || sentAt(sending) < sentAt(soonest) ? sending : soonest),
    undefined,
  );

/** When the resolution first left as Art. 7 asks (A17 is measured on *sent*). */
const firstOwedSending = (dossier: Dossier): Sending | undefined => earliest(owedSendings(dossier));

/** Art. 7: the resolution is written. Filed and sent it is judged (C14, C16), and neither can be without this. */
export const writingOwed = (dossier: Dossier): Owed | undefined => {
  const held = first(dossier, 'Held');
  if (held === undefined) return undefined;
  const doneAt = first(dossier, 'ResolutionIssued')?.fact.data.issuedAt;
  return { since: held.fact.data.endedAt, ...deadlineThen(dossier, held), ...defined({ doneAt }) };
};

/** Art. 7 (C16): the resolution leaves. */
export const sendingOwed = (dossier: Dossier): (Owed & { readonly targetAt: Instant; readonly byPerson: boolean }) | undefined => {
  const held = first(dossier, 'Held');
  if (held === undefined) return undefined;
  const sent = firstOwedSending(dossier);
  const byPerson = sent === undefined ? isForPerson(dossier, 0) : sent.fact.type === 'ResolutionHandedOver';
  return { since: held.fact.data.endedAt, ...deadlineThen(dossier, held), byPerson, ...defined({ doneAt: sent && sentAt(sent) }) };
};

/** When the resolution first left, in any way. */
const firstSending = (dossier: Dossier): Sending | undefined => earliest(sendings(dossier));

const sameRequest = (one: RequestIdentity, other: RequestIdentity): boolean => one.number === other.number && one.filedOn === other.filedOn;

type Filing = Seen<'ResolutionFiled'>;
type Told = Seen<'ResolutionFiled' | 'FilingDisproved'>;

/** Why a filing connects no resolution of this meeting to this request; undefined where it does. */
const filingFault = ({ fact: { data } }: Filing, { fact: { data: held } }: Seen<'Held'>): Sentence | undefined => {
  if (!sameRequest(data.connectedTo, held.request))
    return { ro: 'Rezoluția este conexată la altă cerere.', en: 'The resolution is connected to another request.' };
  if (isBlank(data.documentNumber)) return { ro: 'Documentul conexat nu are număr.', en: 'The connected document has no number.' };
  if (isOwnNumber(data.documentNumber, held.request))
    return { ro: 'Numărul documentului este chiar al cererii.', en: 'The document’s number is the request’s own.' };
  return data.filedAt < held.startedAt
    ? { ro: 'Documentul a fost conexat înaintea întâlnirii.', en: 'The document was connected before the meeting.' }
    : undefined;
};

const isOfDocument =
  ({ fact: { data } }: Filing) =>
  ({ fact }: Filing | Told): boolean =>
    isSameDocument(fact.data.documentNumber, data.documentNumber);

/** What the register says against the number of this filing, unless it has shown the document since. Typed once more it is no truer. */
const disproofOf = (filing: Filing, told: readonly Told[]): FilingFinding | undefined => {
  const seenLast = told.filter(isOfDocument(filing)).findLast(({ fact }) => gradeOf(fact) === 'observed');
  return seenLast?.fact.type === 'FilingDisproved' ? seenLast.fact.data.finding : undefined;
};

const disproved: Readonly<Record<FilingFinding, Sentence>> = {
  unknown: {
    ro: 'Registrul nu arată, la cerere, niciun document cu numărul scris.',
    en: 'The register shows no document of the number that was typed with the request.',
  },
  'other-type': {
    ro: 'În registru, documentul cu numărul scris nu este de tipul „Tichetul albastru”.',
    en: 'In the register the document of the number that was typed is not of the type “Tichetul albastru”.',
  },
  'other-request': {
    ro: 'În registru, documentul cu numărul scris este conexat la altă cerere.',
    en: 'In the register the document of the number that was typed is connected to another request.',
  },
  'before-the-meeting': {
    ro: 'În registru, documentul cu numărul scris este dinaintea zilei întâlnirii.',
    en: 'In the register the document of the number that was typed is older than the day of the meeting.',
  },
};

/** What was said of the document of this amendment; without a number, of the resolution’s own. */
const filingsOf = (dossier: Dossier, amendment?: number): { readonly told: readonly Told[]; readonly filed: readonly Filing[] } => {
  const isAbout = ({ fact }: Told): boolean => fact.data.amendment === amendment;
  return {
    told: seen(dossier, 'ResolutionFiled', 'FilingDisproved').filter(isAbout),
    filed: seen(dossier, 'ResolutionFiled').filter(isAbout),
  };
};

/** What was said of the resolution's document, and the saying that connects it to the request, if one does. */
const connectionOf = (
  dossier: Dossier,
  held: Seen<'Held'>,
  amendment?: number,
): ReturnType<typeof filingsOf> & {
  readonly faultOf: (filing: Filing) => Sentence | undefined;
  readonly connected: Filing | undefined;
} => {
  const { told, filed } = filingsOf(dossier, amendment);
  const faultOf = (filing: Filing): Sentence | undefined => {
    const finding = disproofOf(filing, told);
    return finding === undefined ? filingFault(filing, held) : disproved[finding];
  };
  const fitting = filed.filter((filing) => faultOf(filing) === undefined);
  // what the register has shown stands for what was typed before it
  return { told, filed, faultOf, connected: fitting.findLast(({ fact }) => gradeOf(fact) === 'observed') ?? fitting[0] };
};

/** Art. 7 (C14): the resolution is connected to the request. A17 sets a target for its sending alone. */
export const filingOwed = (dossier: Dossier): Owed | undefined => {
  const held = first(dossier, 'Held');
  if (held === undefined) return undefined;
  const doneAt = connectionOf(dossier, held).connected?.fact.data.filedAt;
  return { since: held.fact.data.endedAt, limitAt: deadlineThen(dossier, held).limitAt, ...defined({ doneAt }) };
};

/** C14, Art. 7 (R7.1): by the hard limit the document system holds a resolution of type "Tichetul albastru" connected to the request, with a number of its own. */
export const c14WrittenRecord = check(
  '7',
  {
    ro: [
      'Document conex cererii',
      'Până la sfârșitul zilei lucrătoare următoare, la cerere este conexat un document de tipul „Tichetul albastru”, cu număr propriu.',
    ],
    en: [
      'Written record',
      'By the end of the next working day a document of the type “Tichetul albastru”, with a number of its own, is connected to the request.',
    ],
  },
  (dossier) => {
    const held = first(dossier, 'Held');
    if (held === undefined) return notApplicable(notHeld);
    const issued = last(dossier, 'ResolutionIssued');
    const { told, filed, faultOf, connected } = connectionOf(dossier, held);
    const { limitAt } = deadlineThen(dossier, held);
    if (connected !== undefined) {
      const { filedAt } = connected.fact.data;
      const evidence = [held, issued, connected];
      if (filedAt > limitAt)
        return fail(
          {
            ro: `Rezoluția a fost conexată la ${moment(filedAt)}, după termenul-limită (${dueMoment(limitAt)}).`,
            en: `The resolution was connected at ${moment(filedAt)}, after the limit ${dueMoment(limitAt)}.`,
          },
          evidence,
        );
      const kept = { ro: 'Rezoluția este conexată la cerere.', en: 'The resolution is connected to the request.' };
      // the number was given before the register showed the document: that a person typed it is of no weight any more
      const isConfirmed = filed.slice(0, filed.indexOf(connected)).some(isOfDocument(connected));
      return restingOn(pass(kept, evidence), isConfirmed ? [connected] : [issued, connected]);
    }
    const evidence = [held, issued, ...told];
    const fault = filed.map(faultOf).at(-1);
    if (dossier.asOf <= limitAt) {
      return pending(fault ?? { ro: 'Rezoluția nu este încă înregistrată.', en: 'The resolution is not filed yet.' }, evidence, {
        failsAt: limitAt,
      });
    }
    return fail(
      fault ?? { ro: 'Rezoluția nu este înregistrată la cerere.', en: 'The resolution is not filed with the request.' },
      evidence,
    );
  },
  'register-documents',
);

/** A paper signed and taken on the spot is older than its record: it holds where the resolution is recorded within the hard limit. */
const isPaperAtOnce = ({ fact }: Sending, issued: Seen<'ResolutionIssued'>, limit: Instant): boolean =>
  fact.type === 'ResolutionHandedOver' && fact.data.channel === 'pickup' && issued.fact.data.issuedAt <= limit;

/** How it left, as the sentences begin: what was taken at the counter was not sent. */
const leftAs = ({ fact }: Sending): Sentence => {
  if (fact.type === 'ResolutionSent') return { ro: 'Trimisă', en: 'Sent' };
  return fact.data.channel === 'post'
    ? { ro: 'Trimisă prin poștă', en: 'Sent by post' }
    : { ro: 'Predată la ghișeu', en: 'Handed over at the counter' };
};

const lowerCase = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** C15, Art. 7 (A18): started ≤ issued ≤ sent, and ended ≤ sent; a paper that was signed on the spot may be older than its record. */
export const c15Order = check(
  '7',
  {
    ro: [
      'Ordinea pașilor',
      'Întâlnirea a început înainte ca rezoluția să fie scrisă, iar rezoluția a plecat după ce a fost scrisă și după încheiere.',
    ],
    en: ['Order', 'The meeting started before the resolution was written, which left after it was written and after the meeting ended.'],
  },
  (dossier) => {
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
    const left = leftAs(sent);
    const evidence = [held, issued, sent];
    const isOlder = issued === undefined || at < issued.fact.data.issuedAt;
    if (issued === undefined || (isOlder && !isPaperAtOnce(sent, issued, deadlineThen(dossier, held).limitAt))) {
      return fail({ ro: `${left.ro} înainte de a fi scrisă.`, en: `${left.en} before it was written.` }, evidence);
    }
    if (at < endedAt) {
      return fail(
        {
          ro: `${left.ro} la ${moment(at)}, înainte de sfârșitul întâlnirii.`,
          en: `${left.en} at ${moment(at)}, before the meeting ended.`,
        },
        evidence,
      );
    }
    return isOlder
      ? pass(
          {
            ro: 'Predată la ghișeu, pe hârtie semnată, după întâlnire; a fost înscrisă apoi, în termen.',
            en: 'Handed over at the counter, on signed paper, after the meeting; it was recorded then, in time.',
          },
          evidence,
        )
      : pass(
          {
            ro: `Începută, scrisă și ${lowerCase(left.ro)} în această ordine.`,
            en: `Started, written and ${lowerCase(left.en)} in this order.`,
          },
          evidence,
        );
  },
);

/** C16, Art. 7 (A17): sent, or taken on signed paper, within the target, else a warning; sent within the hard limit, else a failure. */
export const c16Immediately = check(
  '7',
  {
    ro: [
      'Imediat după întâlnire',
      'Rezoluția a plecat în 2 ore de la încheiere; mai târziu e o atenționare, după sfârșitul zilei lucrătoare următoare e o nerespectare.',
    ],
    en: [
      'Immediately',
      'The resolution left within 2 hours of the end; later is a warning, after the end of the next working day a failure.',
    ],
  },
  (dossier) => {
    const held = first(dossier, 'Held');
    if (held === undefined) return notApplicable(notHeld);
    const { targetAt: warnsAt, limitAt: failsAt } = deadlineThen(dossier, held);
    const sent = firstOwedSending(dossier);
    const paper = takenAtOnce(dossier, held, warnsAt);
    if (sent === undefined) {
      if (paper !== undefined && dossier.asOf <= failsAt)
        return pending(
          {
            ro: 'Luată pe hârtie imediat după întâlnire; e-mailul urmează.',
            en: 'Taken on paper immediately after the meeting; the e-mail is to follow.',
          },
          [held, paper],
          { failsAt },
        );
      if (dossier.asOf <= warnsAt)
        return pending({ ro: 'Rezoluția este în termen.', en: 'The resolution is not due yet.' }, [held], { warnsAt, failsAt });
      return dossier.asOf <= failsAt
        ? warn(
            {
              ro: `Termenul-țintă (${dueMoment(warnsAt)}) a trecut, rezoluția nu a plecat.`,
              en: `The target (${dueMoment(warnsAt)}) has passed and the resolution has not left.`,
            },
            [held],
            { failsAt },
          )
        : fail(
            { ro: `Rezoluția nu a plecat până la ${dueMoment(failsAt)}.`, en: `The resolution had not left by ${dueMoment(failsAt)}.` },
            [held],
          );
    }
    const at = sentAt(sent);
    const left = leftAs(sent);
    if (at <= warnsAt)
      return pass({ ro: `${left.ro} imediat după întâlnire.`, en: `${left.en} immediately after the meeting.` }, [held, sent]);
    if (at <= failsAt && paper !== undefined) {
      return pass(
        {
          ro: `Luată pe hârtie imediat după întâlnire; e-mailul a plecat la ${moment(at)}.`,
          en: `Taken on paper immediately after the meeting; the e-mail left at ${moment(at)}.`,
        },
        [held, paper, sent],
      );
    }
    return at <= failsAt
      ? warn(
          {
            ro: `${left.ro} la ${moment(at)}, după termenul-țintă (${dueMoment(warnsAt)}).`,
            en: `${left.en} at ${moment(at)}, after the target (${dueMoment(warnsAt)}).`,
          },
          [held, sent],
        )
      : fail(
          {
            ro: `${left.ro} la ${moment(at)}, după termenul-limită (${dueMoment(failsAt)}).`,
            en: `${left.en} at ${moment(at)}, after the limit ${dueMoment(failsAt)}.`,
          },
          [held, sent],
        );
  },
);

/** Where no code was entered for the address that held, it was not verified, even where the letter says so. */
const toTheRightPlace = (dossier: Dossier, sending: Sending): boolean => {
  const { fact } = sending;
  if (fact.type !== 'ResolutionSent') return !isBlank(fact.data.proof);
  const address = givenThen(dossier, 'email', sending);
  return fact.data.toVerifiedAddress && address !== undefined && isVerified(dossier, address);
};

/** C17, Art. 7 (R7.2, A10, A11): every sending went to the verified address, or by post or over the counter with proof. */
export const c17RightAddress = check(
  '7',
  {
    ro: ['Adresa potrivită', 'Rezoluția a plecat numai la adresa validată, prin poștă sau la ghișeu, cu dovadă.'],
    en: ['Right address', 'The resolution left only for the verified address, or by post or over the counter, with proof.'],
  },
  (dossier) => {
    const sent = sendings(dossier);
    if (sent.length === 0) return notApplicable({ ro: 'Rezoluția nu a fost trimisă.', en: 'The resolution has not been sent.' });
    const astray = sent.find((sending) => !toTheRightPlace(dossier, sending));
    if (astray !== undefined) {
      return fail(
        { ro: 'Trimisă la o adresă neverificată sau fără dovadă.', en: 'Sent to an address that was not verified, or without proof.' },
        [astray],
      );
    }
    if (owedSendings(dossier).length === 0) {
      return notApplicable(
        {
          ro: 'Predată pe hârtie; e-mailul către adresa verificată nu a plecat încă.',
          en: 'Handed over on paper; the e-mail to the verified address has not left yet.',
        },
        sent,
      );
    }
    return sent.some(({ fact }) => fact.type === 'ResolutionSent')
      ? pass({ ro: 'Trimisă la adresa verificată.', en: 'Sent to the verified address.' }, sent)
      : pass(
          {
            ro: 'Predată prin poștă sau la ghișeu, cu dovadă; nu s-a folosit e-mail.',
            en: 'Handed over by post or at the counter, with proof; no e-mail was used.',
          },
          sent,
        );
  },
);

type Bounce = Seen<'ResolutionBounced'>;

/** As written, and no later than policy and calendar of then make it. Older facts do not say which policy that was. */
const dueAfter = (dossier: Dossier, bounce: Bounce): Instant => {
  const { bouncedAt, followUpDueAt, policies } = bounce.fact.data;
  if (policies === undefined) return followUpDueAt;
  const { workingDays } = policyThen(dossier, 'bounce-follow-up', policies).value;
  return sooner(followUpDueAt, endOfWorkingDayAfter(calendarThen(dossier, bounce), bouncedAt, workingDays));
};

/** What took over from a letter that came back: the paper, or another letter that still stood at this bounce’s limit. */
const followUpsOf = (dossier: Dossier, bounce: Bounce): readonly Sending[] => {
  const bounced = seen(dossier, 'ResolutionBounced');
  const cameBackInTime = (letterId: string): boolean =>
    bounced.some(({ fact: { data } }) => data.letterId === letterId && data.bouncedAt <= dueAfter(dossier, bounce));
  return sendings(dossier).filter(
    ({ fact }) =>
      fact.type === 'ResolutionHandedOver' || (fact.data.letterId !== bounce.fact.data.letterId && !cameBackInTime(fact.data.letterId)),
  );
};

/** The letters with the resolution that C18 is about, and their bounces; what became of an amended one is C26's, unless the resolution first left in it. */
const lettersOf = (dossier: Dossier): { readonly sent: readonly Seen<'ResolutionSent'>[]; readonly bounces: readonly Bounce[] } => {
  const letters = seen(dossier, 'ResolutionSent');
  const alone = letters.filter(({ fact }) => fact.data.amendments === undefined);
  const sent = alone.length > 0 ? alone : letters;
  // a letter that was refused at once never left
  const bounces = seen(dossier, 'ResolutionBounced').filter(
    ({ fact: { data } }) => sent.length === 0 || sent.some((letter) => letter.fact.data.letterId === data.letterId),
  );
  return { sent, bounces };
};

type FollowUp = Owed & { readonly bounce: Bounce; readonly by: Sending | undefined };

/** Art. 7 (C18): each letter that came back is followed up, by another one or on paper. */
export const followUpsOwed = (dossier: Dossier): readonly FollowUp[] =>
  lettersOf(dossier).bounces.map((bounce) => {
    const by = earliest(followUpsOf(dossier, bounce));
    const doneAt = by && sentAt(by);
    return { since: bounce.fact.data.bouncedAt, limitAt: dueAfter(dossier, bounce), bounce, by, ...defined({ doneAt }) };
  });

/** C18, Art. 7 (A21): the letter did not bounce, or another letter or the paper took over within two working days of each bounce. */
export const c18Delivered = check(
  '7',
  {
    ro: [
      'Ajunsă la cetățean',
      'Scrisoarea nu s-a întors, sau în 2 zile lucrătoare a plecat alta care nu s-a întors, ori rezoluția a fost predată pe hârtie.',
    ],
    en: [
      'Delivered',
      'The letter did not bounce, or within 2 working days another one left that did not, or the resolution was handed over on paper.',
    ],
  },
  (dossier) => {
    const { sent, bounces } = lettersOf(dossier);
    if (sent.length === 0 && bounces.length === 0)
      return notApplicable({ ro: 'Rezoluția nu a fost trimisă prin e-mail.', en: 'The resolution was not sent by e-mail.' });
    if (bounces.length === 0)
      return pass({ ro: 'Scrisoarea a fost acceptată și nu s-a întors.', en: 'The letter was accepted and did not bounce.' }, sent);
    const followed = followUpsOwed(dossier);
    const taken = followed.flatMap(({ by }) => by ?? []);
    const evidence = dossier.ticket.filter((event) => [...sent, ...bounces, ...taken].some(({ id }) => id === event.id));
    const late = followed.find((one) => one.by !== undefined && isMissed(one, dossier.asOf));
    const open = followed.filter(({ by }) => by === undefined).toSorted((a, b) => (a.limitAt < b.limitAt ? -1 : 1))[0];
    if (late?.by !== undefined) {
      const at = moment(sentAt(late.by));
      return fail({ ro: `Predată pe altă cale abia la ${at}.`, en: `Handed over by another channel only at ${at}.` }, evidence);
    }
    if (open !== undefined) {
      return dossier.asOf <= open.limitAt
        ? pending({ ro: 'Scrisoarea s-a întors; trebuie altă cale.', en: 'The letter bounced; another channel is needed.' }, evidence, {
            failsAt: open.limitAt,
          })
        : fail({ ro: 'Scrisoarea s-a întors și nimeni nu a urmărit-o.', en: 'The letter bounced and nobody followed it up.' }, evidence);
    }
    return taken.some(({ fact }) => fact.type === 'ResolutionHandedOver')
      ? pass(
          {
            ro: 'Scrisoarea s-a întors; rezoluția a fost predată pe altă cale.',
            en: 'The letter bounced; the resolution was handed over by another channel.',
          },
          evidence,
        )
      : pass(
          {
            ro: 'Scrisoarea s-a întors; a plecat din nou și nu s-a mai întors.',
            en: 'The letter bounced; it was sent again and did not come back.',
          },
          evidence,
        );
  },
  'mail',
);

/** An amendment as it stands: what of it was done too late or not at all, else by when it fails, or was warned of. */
type AmendmentFound = {
  readonly evidence: readonly ({ readonly id: string } | undefined)[];
  readonly fault?: Sentence;
  readonly open?: { readonly text: Sentence; readonly failsAt: Instant };
  readonly late?: true;
};

/** Until when an amended letter that left in time is believed to have arrived: until the follow-up of its bounce is over. */
const standsUntil = (dossier: Dossier, sending: Sending): Instant | undefined => {
  if (sending.fact.type !== 'ResolutionSent') return undefined;
  const { letterId } = sending.fact.data;
  const bounce = seen(dossier, 'ResolutionBounced').find(({ fact }) => fact.data.letterId === letterId);
  return bounce && dueAfter(dossier, bounce);
};

type AmendmentOwed = Owed & { readonly amended: Seen<'ResolutionAmended'> };

/** Art. 7 (C26): the document of an amendment is connected to the request. */
const amendmentFiling = (dossier: Dossier, held: Seen<'Held'>, amended: Seen<'ResolutionAmended'>) => {
  const { told, connected } = connectionOf(dossier, held, amended.fact.data.amendment);
  const { amendedAt: since } = amended.fact.data;
  const { limitAt } = resolutionDeadline(amended.fact.data);
  return { told, connected, owed: { amended, since, limitAt, ...defined({ doneAt: connected?.fact.data.filedAt }) } };
};

/** Art. 7 (C26): it leaves for the citizen. A letter that left in time and came back leaves the time of its follow-up (A21). */
const amendmentSending = (dossier: Dossier, amended: Seen<'ResolutionAmended'>) => {
  const { amendment, amendedAt: since } = amended.fact.data;
  const { targetAt, limitAt } = resolutionDeadline(amended.fact.data);
  const sent = owedSendings(dossier, amendment).filter((sending) => sentAt(sending) >= since && toTheRightPlace(dossier, sending));
  const standing = earliest(sent.filter((sending) => standsUntil(dossier, sending) === undefined));
  const followed = sent.flatMap((sending) => (sentAt(sending) <= limitAt ? (standsUntil(dossier, sending) ?? []) : []));
  const until = [limitAt, ...followed].toSorted().at(-1) ?? limitAt;
  return {
    sent,
    followed,
    standing,
    owed: { amended, since, targetAt, limitAt: until, ...defined({ doneAt: standing && sentAt(standing) }) },
  };
};

export const amendmentFilingsOwed = (dossier: Dossier): readonly AmendmentOwed[] => {
  const held = first(dossier, 'Held');
  return held === undefined ? [] : seen(dossier, 'ResolutionAmended').map((amended) => amendmentFiling(dossier, held, amended).owed);
};

export const amendmentSendingsOwed = (dossier: Dossier): readonly (AmendmentOwed & { readonly byPerson: boolean })[] =>
  first(dossier, 'Held') === undefined
    ? []
    : seen(dossier, 'ResolutionAmended').map((amended) => {
        const { owed, standing } = amendmentSending(dossier, amended);
        const byPerson =
          standing === undefined ? isForPerson(dossier, amended.fact.data.amendment) : standing.fact.type === 'ResolutionHandedOver';
        return { ...owed, byPerson };
      });

const amendmentFiled = (dossier: Dossier, held: Seen<'Held'>, amended: Seen<'ResolutionAmended'>): AmendmentFound => {
  const {
    told,
    connected,
    owed: { limitAt: failsAt, doneAt },
  } = amendmentFiling(dossier, held, amended);
  const { amendment: n } = amended.fact.data;
  const evidence = [amended, ...told];
  const what = { ro: `Rectificarea nr. ${n}`, en: `Amendment no. ${n}` };
  if (doneAt === undefined)
    return dossier.asOf <= failsAt
      ? { evidence, open: { text: { ro: `${what.ro} nu este încă conexată.`, en: `${what.en} is not filed yet.` }, failsAt } }
      : { evidence, fault: { ro: `${what.ro} nu este conexată la cerere.`, en: `${what.en} is not filed with the request.` } };
  return doneAt <= failsAt
    ? { evidence: [amended, connected] }
    : {
        evidence,
        fault: { ro: `${what.ro} a fost conexată abia la ${moment(doneAt)}.`, en: `${what.en} was filed only at ${moment(doneAt)}.` },
      };
};

const amendmentSent = (dossier: Dossier, amended: Seen<'ResolutionAmended'>): AmendmentFound => {
  const {
    sent,
    followed,
    owed: { targetAt: warnsAt, limitAt: failsAt, doneAt: at },
  } = amendmentSending(dossier, amended);
  const { amendment: n } = amended.fact.data;
  const evidence = [amended, ...sent];
  const what = { ro: `Rectificarea nr. ${n}`, en: `Amendment no. ${n}` };
  if (at === undefined)
    return dossier.asOf <= failsAt
      ? { evidence, open: { text: { ro: `${what.ro} nu a plecat încă.`, en: `${what.en} has not left yet.` }, failsAt } }
      : {
          evidence,
          fault: { ro: `${what.ro} nu a plecat până la ${dueMoment(failsAt)}.`, en: `${what.en} had not left by ${dueMoment(failsAt)}.` },
        };
  if (at > failsAt)
    return { evidence, fault: { ro: `${what.ro} a plecat abia la ${moment(at)}.`, en: `${what.en} left only at ${moment(at)}.` } };
  return { evidence, ...(at > warnsAt && followed.length === 0 ? { late: true } : {}) };
};

/**
 * C26, Art. 7 (A17): each amendment of the resolution is a document of its own, filed and sent by the deadlines that count from its own
 * instant. It is judged by itself: it repairs nothing of the first resolution (C14–C18), and takes nothing from it.
 */
export const c26Amendments = check(
  '7',
  {
    ro: [
      'Rectificările rezoluției',
      'Fiecare erată sau înlocuire a rezoluției a fost conexată și a plecat la cetățean până la sfârșitul zilei lucrătoare următoare; după 2 ore e o atenționare.',
    ],
    en: [
      'Amendments of the resolution',
      'Each erratum or replacement of the resolution was filed and left for the citizen by the end of the next working day; after 2 hours is a warning.',
    ],
  },
  (dossier) => {
    const held = first(dossier, 'Held');
    const amendments = seen(dossier, 'ResolutionAmended');
    if (held === undefined || amendments.length === 0)
      return notApplicable({ ro: 'Rezoluția nu a fost rectificată.', en: 'The resolution was not amended.' });
    const found = amendments.flatMap((amended) => [amendmentFiled(dossier, held, amended), amendmentSent(dossier, amended)]);
    const told = found.flatMap(({ evidence }) => evidence);
    const evidence = dossier.ticket.filter(({ id }) => told.some((one) => one?.id === id));
    const fault = found.find((one) => one.fault !== undefined)?.fault;
    if (fault !== undefined) return fail(fault, evidence);
    const open = found.flatMap((one) => one.open ?? []).toSorted((a, b) => (a.failsAt < b.failsAt ? -1 : 1))[0];
    if (open !== undefined) return pending(open.text, evidence, { failsAt: open.failsAt });
    return found.some(({ late }) => late)
      ? warn({ ro: 'O rectificare a plecat după ținta de 2 ore.', en: 'An amendment left after the target of 2 hours.' }, evidence)
      : pass({ ro: 'Rectificările sunt conexate și trimise.', en: 'The amendments are filed and sent.' }, evidence);
  },
  'register-documents',
);
