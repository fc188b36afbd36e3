import type { Instant } from '../kernel/fact';
import { isBlank } from '../kernel/blank';
import type { RequestIdentity } from '../request/facts';
import { type Dossier, first, last, seen, type Seen } from './case-file';
import { check, fail, moment, notApplicable, notHeld, pass, pending, warn } from './check';

/** How a resolution leaves: by e-mail, accepted by the mail server, or handed over by post or at the counter (A11). */
type Sending = Seen<'ResolutionSent' | 'ResolutionHandedOver'>;

const sendings = (dossier: Dossier): readonly Sending[] => seen(dossier, 'ResolutionSent', 'ResolutionHandedOver');

const sentAt = ({ fact }: Sending): Instant => (fact.type === 'ResolutionSent' ? fact.data.acceptedAt : fact.data.handedOverAt);

/** The e-mail came back, or nobody could send it and a person was asked to: `send-letter` about the fact that asked for it. */
const emailFailed = (dossier: Dossier): boolean => {
  if (first(dossier, 'ResolutionBounced') !== undefined) return true;
  const asking = seen(dossier, 'Held', 'ResolutionIssued');
  return seen(dossier, 'TaskRaised').some(
    ({ fact: { data } }) => data.kind === 'send-letter' && asking.some(({ id }) => id === data.subjectId),
  );
};

/**
 * The sendings that Art. 7 asks for: the e-mail where there is a verified address that works; by post or over the counter
 * only where there is none, or where the e-mail failed (A11).
 */
const owedSendings = (dossier: Dossier): readonly Sending[] => {
  const owesEmail = first(dossier, 'EmailVerified') !== undefined && !emailFailed(dossier);
  return sendings(dossier).filter(({ fact }) => fact.type === 'ResolutionSent' || !owesEmail);
};

const earliest = (sent: readonly Sending[]): Sending | undefined =>
  sent.reduce<Sending | undefined>(
    (soonest, sending) => (soonest === undefined || sentAt(sending) < sentAt(soonest) ? sending : soonest),
    undefined,
  );

/** When the resolution first left as Art. 7 asks (A17 is measured on *sent*). */
const firstOwedSending = (dossier: Dossier): Sending | undefined => earliest(owedSendings(dossier));

/** When the resolution first left, in whatever way. */
const firstSending = (dossier: Dossier): Sending | undefined => earliest(sendings(dossier));

const sameRequest = (one: RequestIdentity, other: RequestIdentity): boolean => one.number === other.number && one.filedOn === other.filedOn;

/** C14, Art. 7 (R7.1): the document system holds a resolution of type "Tichetul albastru" connected to the request. */
export const c14WrittenRecord = check(
  '7',
  {
    ro: ['Document conex cererii', 'La cerere este conexat un document de tipul „Tichetul albastru”.'],
    en: ['Written record', 'A document of the type “Tichetul albastru” is connected to the request.'],
  },
  (dossier) => {
    const held = first(dossier, 'Held');
    if (held === undefined) return notApplicable(notHeld);
    const issued = last(dossier, 'ResolutionIssued');
    const filed = seen(dossier, 'ResolutionFiled');
    const connected = filed.find(({ fact }) => sameRequest(fact.data.connectedTo, held.fact.data.request));
    if (connected !== undefined) {
      return pass({ ro: 'Rezoluția este conexată la cerere.', en: 'The resolution is connected to the request.' }, [
        held,
        issued,
        connected,
      ]);
    }
    const { resolutionHardLimitAt } = held.fact.data;
    const evidence = [held, issued, ...filed];
    if (dossier.asOf <= resolutionHardLimitAt) {
      return pending({ ro: 'Rezoluția nu este încă înregistrată.', en: 'The resolution is not filed yet.' }, evidence, {
        failsAt: resolutionHardLimitAt,
      });
    }
    return filed.length === 0
      ? fail({ ro: 'Rezoluția nu este înregistrată la cerere.', en: 'The resolution is not filed with the request.' }, evidence)
      : fail({ ro: 'Rezoluția este conexată la altă cerere.', en: 'The resolution is connected to another request.' }, evidence);
  },
);

/** C15, Art. 7 (A18): started ≤ issued ≤ sent, and ended ≤ sent. */
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
    if (issued === undefined || at < issued.fact.data.issuedAt) {
      return fail({ ro: 'Trimisă înainte de a fi scrisă.', en: 'Sent before it was written.' }, [held, issued, sent]);
    }
    return at < endedAt
      ? fail({ ro: `Trimisă la ${moment(at)}, înainte de sfârșitul întâlnirii.`, en: `Sent at ${moment(at)}, before the meeting ended.` }, [
          held,
          issued,
          sent,
        ])
      : pass({ ro: 'Începută, scrisă și trimisă în această ordine.', en: 'Started, written and sent in this order.' }, [
          held,
          issued,
          sent,
        ]);
  },
);

/** C16, Art. 7 (A17): sent within the target, else a warning; within the hard limit, else a failure. */
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
    const { resolutionTargetAt: warnsAt, resolutionHardLimitAt: failsAt } = held.fact.data;
    const sent = firstOwedSending(dossier);
    if (sent === undefined) {
      if (dossier.asOf <= warnsAt)
        return pending({ ro: 'Rezoluția este în termen.', en: 'The resolution is not due yet.' }, [held], { warnsAt, failsAt });
      return dossier.asOf <= failsAt
        ? warn(
            {
              ro: `Ținta (${moment(warnsAt)}) a trecut, rezoluția nu a plecat.`,
              en: `The target (${moment(warnsAt)}) has passed and the resolution has not left.`,
            },
            [held],
            { failsAt },
          )
        : fail({ ro: `Rezoluția nu a plecat până la ${moment(failsAt)}.`, en: `The resolution had not left by ${moment(failsAt)}.` }, [
            held,
          ]);
    }
    const at = sentAt(sent);
    if (at <= warnsAt) return pass({ ro: 'Trimisă imediat după întâlnire.', en: 'Sent immediately after the meeting.' }, [held, sent]);
    return at <= failsAt
      ? warn(
          {
            ro: `Trimisă la ${moment(at)}, după țintă (${moment(warnsAt)}).`,
            en: `Sent at ${moment(at)}, after the target (${moment(warnsAt)}).`,
          },
          [held, sent],
        )
      : fail(
          {
            ro: `Trimisă la ${moment(at)}, după limita ${moment(failsAt)}.`,
            en: `Sent at ${moment(at)}, after the limit ${moment(failsAt)}.`,
          },
          [held, sent],
        );
  },
);

const toTheRightPlace = ({ fact }: Sending): boolean => {
  if (fact.type === 'ResolutionSent') return fact.data.toVerifiedAddress;
  return !isBlank(fact.data.proof);
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
    const astray = sent.find((sending) => !toTheRightPlace(sending));
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

/** C18, Art. 7 (A21): the letter did not bounce, or another channel took over within two working days. */
export const c18Delivered = check(
  '7',
  {
    ro: ['Ajunsă la cetățean', 'Scrisoarea nu s-a întors, sau rezoluția a fost predată pe altă cale în 2 zile lucrătoare.'],
    en: ['Delivered', 'The letter did not bounce, or the resolution was handed over otherwise within 2 working days.'],
  },
  (dossier) => {
    const sent = seen(dossier, 'ResolutionSent');
    if (sent.length === 0)
      return notApplicable({ ro: 'Rezoluția nu a fost trimisă prin e-mail.', en: 'The resolution was not sent by e-mail.' });
    const bounced = seen(dossier, 'ResolutionBounced');
    const bounce = bounced.find(({ fact }) => sent.some((letter) => letter.fact.data.letterId === fact.data.letterId));
    if (bounce === undefined)
      return pass({ ro: 'Scrisoarea a fost acceptată și nu s-a întors.', en: 'The letter was accepted and did not bounce.' }, sent);
    const { followUpDueAt } = bounce.fact.data;
    const followUp = seen(dossier, 'ResolutionHandedOver')[0];
    const evidence = [...sent, bounce, followUp];
    if (followUp !== undefined) {
      const at = followUp.fact.data.handedOverAt;
      return at <= followUpDueAt
        ? pass(
            {
              ro: 'Scrisoarea s-a întors; rezoluția a fost predată pe altă cale.',
              en: 'The letter bounced; the resolution was handed over by another channel.',
            },
            evidence,
          )
        : fail(
            { ro: `Predată pe altă cale abia la ${moment(at)}.`, en: `Handed over by another channel only at ${moment(at)}.` },
            evidence,
          );
    }
    return dossier.asOf <= followUpDueAt
      ? pending({ ro: 'Scrisoarea s-a întors; trebuie altă cale.', en: 'The letter bounced; another channel is needed.' }, evidence, {
          failsAt: followUpDueAt,
        })
      : fail({ ro: 'Scrisoarea s-a întors și nimeni nu a urmărit-o.', en: 'The letter bounced and nobody followed it up.' }, evidence);
  },
);
