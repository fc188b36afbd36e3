import { addDays, plusHours, plusMinutes, plusSeconds } from '../../../../src/domain/time/civil-time';
import { addressAsked, addressHolds } from './addresses';
import { letters, slotAt, type TicketEntry } from '../../../support/plot';
import { adding } from '../../../support/retelling';
import { codeIssued } from '../../../support/entries';
import { type Breach, type Breaks, type Changed, each, eachAt, eachOf, inTurn, more, never, of, only } from './breaking';
import {
  all,
  asBooked,
  beforeAsking,
  byEmail,
  type DataOf,
  has,
  isHeld,
  isOnline,
  lastOf,
  linkOwed,
  one,
  recordedOnline,
} from './occasions';

const wrongTry = (n: number, at: string, triesLeft: number): TicketEntry => [
  at,
  { type: 'VerificationFailed', data: { n, failedAt: at, triesLeft } },
];
/** Wrong tries of the last code, one a second, until there are so many. */
const wrongTries = (wanted: number): Breaks =>
  only(byEmail)(
    more((history) => {
      const issued = lastOf(history, 'VerificationCodeIssued');
      if (issued === undefined) return undefined;
      const { n } = issued.fact.data;
      const before = all(history, 'VerificationFailed').filter(({ fact }) => fact.data.n === n).length;
      return Array.from({ length: wanted - before }, (_, index) =>
        wrongTry(n, plusSeconds(issued.recordedAt, index + 1), wanted - 1 - index),
      );
    }),
  );

const written = { recordKind: 'written-record', recordingDueAt: undefined } as const;
const notRecorded = (...steps: readonly Breaks[]): Breaks => only(recordedOnline)(inTurn(...steps, never('RecordingAttached')));

/** The invitations with a link that stand. */
const linkLetters = (change: (data: DataOf<'InvitationSent'>) => Changed<'InvitationSent'>): Breaks =>
  only(linkOwed)(each('InvitationSent', (data) => (data.withLink ? change(data) : undefined)));

const withoutPhone = (asked: DataOf<'Requested'>['mode']): Breaks =>
  each('Requested', ({ mode, contact: { phone: _, ...contact } }) => (mode === asked ? { contact } : undefined));

/** How it is asked for, and what is answered to it (Art. 3). */
export const asking: readonly Breach[] = [
  ...(['number', 'name', 'filed-on'] as const).flatMap((datum) =>
    of('3 b', 'A28', 'C23', {
      [`the ${datum} never matched`]: each('Requested', ({ matched = [] }) => ({ matched: matched.filter((one) => one !== datum) })),
    }),
  ),
  ...of('3 b', 'A28', 'C23', { 'nobody says what was matched': each('Requested', () => ({ matched: undefined })) }),
  ...of('3 b', 'A29', 'C23', {
    'another request than the register told of, of the same number': each('Requested', ({ request }) => ({
      request: { ...request, filedOn: addDays(request.filedOn, -365) },
    })),
  }),
  ...of('3 c', 'A16', 'C22', {
    'booked for another hour than the one asked for': only(
      asBooked,
      isHeld,
    )(each('Scheduled', ({ slot }) => ({ slot: slotAt(plusHours(slot.startsAt, 1)) }))),
  }),
  ...of('3 d', 'A12', 'C13', {
    'an online meeting that ends as one by phone, and nobody says why': notRecorded(
      each('Held', () => ({ ...written, mode: 'phone' as const })),
    ),
    'an online meeting with a written record, and nobody says why': notRecorded(each('Held', () => written)),
    'booked as one by phone though online was asked for': notRecorded(
      eachOf(['Scheduled', 'Held'], () => ({ mode: 'phone' })),
      each('Held', () => written),
    ),
  }),
  ...of('3 e', 'A10', 'C05', {
    'booked without the code': only(has('Scheduled'))(never('EmailVerified')),
    'online without an e-mail': only(isOnline)(
      inTurn(
        each('Requested', ({ contact: { email: _, ...contact } }) => ({ contact })),
        never('VerificationCodeIssued', 'VerificationFailed', 'EmailVerified'),
      ),
    ),
  }),
  ...of('3 e', 'A10', 'C05', {
    'another address used without its code': only(has('Scheduled'))(
      more((history) => {
        const scheduled = lastOf(history, 'Scheduled');
        return scheduled && [addressHolds(plusSeconds(scheduled.recordedAt, 1), undefined)];
      }),
    ),
  }),
  ...of('3 e', 'A9', 'C06', {
    'the code of another address accepted when it had expired': only(has('Scheduled'))(
      more((history) => {
        const scheduled = lastOf(history, 'Scheduled');
        const at = plusSeconds(scheduled?.recordedAt ?? '', 1);
        return scheduled && [addressAsked(7, at), addressHolds(plusMinutes(at, 10), 7)];
      }),
    ),
    'the code of another address accepted though a newer one had replaced it': only(has('Scheduled'))(
      more((history) => {
        const scheduled = lastOf(history, 'Scheduled');
        const at = plusSeconds(scheduled?.recordedAt ?? '', 1);
        return scheduled && [addressAsked(7, at), addressAsked(8, plusMinutes(at, 2)), addressHolds(plusMinutes(at, 3), 7)];
      }),
    ),
  }),
  ...of('3 e', 'A9', 'C05', {
    'booked before the code was entered': only(has('Scheduled'))(
      eachAt('EmailVerified', (_, history) => plusMinutes(all(history, 'Scheduled')[0]?.recordedAt ?? '', 1), 'verifiedAt'),
    ),
  }),
  ...of('3 e', 'A9', 'C06', {
    'a sixth wrong try': wrongTries(6),
    'accepted when its tries were used up': wrongTries(5),
    'accepted when it had expired': only(byEmail)(
      each('VerificationCodeIssued', ({ issuedAt }) => ({ expiresAt: plusSeconds(issuedAt, 5) })),
    ),
    'accepted though a newer one had replaced it': only(byEmail)(
      more((history) => {
        const issued = lastOf(history, 'VerificationCodeIssued')?.fact.data;
        const verified = all(history, 'EmailVerified')[0];
        return issued && verified && [codeIssued(issued.n + 1, plusSeconds(verified.recordedAt, -1))];
      }),
    ),
    'a code that was never issued': each('EmailVerified', () => ({ n: 9 })),
    'used twice': more((history) => {
      const verified = all(history, 'EmailVerified')[0];
      return verified && [[plusSeconds(verified.recordedAt, 1), verified.fact, verified.actor]];
    }),
    'entered before it was issued': only(byEmail)(each('EmailVerified', (_, history) => ({ verifiedAt: beforeAsking(history, 5) }))),
    'entered after its ten minutes, with more written down': only(byEmail)(
      inTurn(
        each('VerificationCodeIssued', ({ issuedAt }) => ({ expiresAt: plusHours(issuedAt, 1) })),
        each('EmailVerified', (_, history) => ({
          verifiedAt: plusMinutes(lastOf(history, 'VerificationCodeIssued')?.fact.data.issuedAt ?? '', 11),
        })),
      ),
    ),
    'a code right after the other': only(byEmail)((history) => {
      const [first, ...others] = all(history, 'VerificationCodeIssued');
      if (first === undefined || others.length > 0) return undefined;
      const told = each('EmailVerified', () => ({ n: 2 }))(history);
      return told && adding(told, codeIssued(2, plusSeconds(first.recordedAt, 20)));
    }),
    'a fourth code within the hour': only(byEmail)(
      inTurn(
        never('VerificationCodeIssued', 'VerificationFailed'),
        each('EmailVerified', () => ({ n: 4 })),
        more((history) => {
          const verifiedAt = one(history, 'EmailVerified')?.verifiedAt ?? '';
          return [13, 10, 5, 1].map((minutes, index) => codeIssued(index + 1, plusMinutes(verifiedAt, -minutes)));
        }),
        eachAt('Requested', (_, history) => plusMinutes(one(history, 'EmailVerified')?.verifiedAt ?? '', -15), 'requestedAt'),
      ),
    ),
  }),
  ...of('3 e', 'A10', 'C24', { 'online without a phone': withoutPhone('online'), 'by phone without a phone': withoutPhone('phone') }),
  ...of('3 e', 'R3.5', 'C11', {
    'no invitation': only(linkOwed)(never('InvitationSent')),
    'invitations without the link': linkLetters(() => ({ withLink: false })),
    'the link an hour before, less a minute': linkLetters(({ slot }) => ({ acceptedAt: plusMinutes(slot.startsAt, -59) })),
    'the link after the meeting': linkLetters(({ slot }) => ({ acceptedAt: plusMinutes(slot.startsAt, 59) })),
    'the invitations came back': only(linkOwed)(
      more((history) =>
        all(history, 'InvitationSent').map(({ recordedAt, fact: { data } }) => {
          const bouncedAt = plusSeconds(recordedAt, 30);
          const told = { letterId: data.letterId, bouncedAt, followUpDueAt: plusHours(bouncedAt, 48) };
          return [bouncedAt, { type: 'InvitationBounced', data: told }, letters];
        }),
      ),
    ),
  }),
];
