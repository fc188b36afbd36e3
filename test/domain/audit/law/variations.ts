import { placements } from '../../../../src/domain/audit/case-file';
import type { Instant } from '../../../../src/domain/kernel/fact';
import { addDays, civilDateOf, plusHours, plusMinutes, plusSeconds, startOfDay } from '../../../../src/domain/time/civil-time';
import { handedOver, handlerAssigned, statusChanged } from '../../../support/entries';
import type { History } from '../../../support/history';
import { letters, type TicketEntry } from '../../../support/plot';
import { adding, addingToRequest, ticketOtherwise, withStaff } from '../../../support/retelling';
import { addressAsked, addressHolds, phoneHolds } from './addresses';
import { addressAlone, answered, type Breach, each, eachAt, inTurn, more, only, toRequest } from './breaking';
import { disprovedAfter, filedAgainAfter, typedThen } from './filings';
import {
  all,
  asBooked,
  byEmail,
  delivered,
  fromHeld,
  has,
  heldOnline,
  inOperation,
  isClarification,
  isHeld,
  isInPerson,
  lastOf,
  movedBy,
  movedOnce,
  not,
  one,
  onlyMovedByStaff,
  recordedOnline,
  requestedAt,
} from './occasions';
import { attachment, continued, deletedAfter, lengthOf, recordings } from './recordings';

/** The procedure was kept, in an unusual way: nobody may be accused. */
export type Variation = Omit<Breach, 'check' | 'breaks' | 'origin'> & {
  /** `undefined` where this history gives no occasion for it */
  readonly varies: (history: History) => History | undefined;
};

const of = (article: string, reading: string, ways: Readonly<Record<string, Variation['varies']>>): readonly Variation[] =>
  Object.entries(ways).map(([told, varies]) => ({ article, reading, told, varies }));

const sentOnce = only(delivered, has('ResolutionSent'));
const whileInOperation = only(inOperation, isHeld);
const sentAt = (history: History): Instant => all(history, 'ResolutionSent')[0]?.recordedAt ?? '';
const dayAfterAsking = (history: History): Instant => plusHours(requestedAt(history), 30);
const registeredSince = (history: History, minutes: number): Instant => plusMinutes(history.request[0]?.recordedAt ?? '', minutes);
const takenAway = (at: Instant, handedOverAt = at): TicketEntry => [at, handedOver(handedOverAt)[1]];

export const variations: readonly Variation[] = [
  ...of('1', 'A3', {
    'the file moves, and the ticket with it': whileInOperation((history) => {
      const moved = all(history, 'Reassigned')[0];
      if (moved === undefined) return undefined;
      const assignedAt = plusMinutes(moved.recordedAt, -5);
      const data = { handlerStaffId: moved.fact.data.staffId, assignedAt };
      return addingToRequest(history, [assignedAt, { type: 'HandlerAssigned', data }]);
    }),
    'who had the request has left, and the head stands in': whileInOperation((history) => {
      const at = registeredSince(history, 5);
      const left = { on: civilDateOf(at), recordedAt: at };
      const gone = withStaff(history, 'S-090', [at, { type: 'StaffLeft', data: left }]);
      return addingToRequest(gone, handlerAssigned('S-090', at));
    }),
  }),
  ...of('2', 'A26', {
    'answered between the booking and the meeting': whileInOperation(toRequest((history) => [answered(history, dayAfterAsking(history))])),
    'closed between the booking and the meeting': whileInOperation(
      toRequest((history) => {
        const changedAt = dayAfterAsking(history);
        return [statusChanged('closed', changedAt)];
      }),
    ),
  }),
  ...of('2 b', 'A25', {
    'there was an earlier answer, too': only(isClarification)(toRequest((history) => [answered(history, registeredSince(history, 60))])),
  }),
  ...of('3 e', 'A10', {
    // whoever has an address gets the resolution by e-mail (A11): paper alone would be a breach from then on
    'another address, verified by its code, and another phone number': only(
      has('Scheduled'),
      has('EmailVerified'),
    )((history) => {
      const at = plusSeconds(all(history, 'Scheduled')[0]?.recordedAt ?? '', 1);
      return adding(history, addressAsked(7, at), addressHolds(plusSeconds(at, 30), 7), phoneHolds(plusSeconds(at, 31)));
    }),
    'an address that nobody entered the code for': only(has('Scheduled'))((history) =>
      adding(history, addressAsked(7, plusSeconds(all(history, 'Scheduled')[0]?.recordedAt ?? '', 1))),
    ),
  }),
  ...of('3 e', 'R3.5', {
    'the first letter with the link came back, another one arrived': only(
      heldOnline,
      asBooked,
    )((history) => {
      const letter = all(history, 'InvitationSent').find(({ fact }) => fact.data.withLink);
      if (letter === undefined) return undefined;
      const [bouncedAt, acceptedAt] = [plusMinutes(letter.recordedAt, 1), plusMinutes(letter.recordedAt, 60)];
      const { data } = letter.fact;
      const bounced = { letterId: data.letterId, bouncedAt, followUpDueAt: `${addDays(civilDateOf(bouncedAt), 9)}T00:00:00.000Z` };
      return adding(
        history,
        [bouncedAt, { type: 'InvitationBounced', data: bounced }, letters],
        [acceptedAt, { type: 'InvitationSent', data: { ...data, letterId: 'again', acceptedAt } }, letters],
      );
    }),
  }),
  ...of('5', 'A12', {
    'the citizen comes late: they talk, and record, from then on': only(recordedOnline)(
      inTurn(
        each('Held', ({ startedAt }) => ({ startedAt: plusMinutes(startedAt, 6) })),
        recordings((held) => ({ startedAt: held.startedAt, durationSeconds: lengthOf(held) })),
      ),
    ),
    'recorded from before they met until after it': recordings((held) => ({
      startedAt: plusMinutes(held.startedAt, -3),
      durationSeconds: lengthOf(held) + 360,
    })),
    'a second copy of the whole recording': only(recordedOnline)((history) => {
      const copy = attachment(history, { recordingId: 'copy' });
      return copy && adding(history, copy);
    }),
  }),
  ...of('5', 'A13', {
    'Webex fails in the middle, and they go on by phone': inTurn(
      recordings(({ startedAt }) => ({ startedAt, durationSeconds: 300 })),
      more((history) => {
        const held = one(history, 'Held');
        return held && [continued(held, plusMinutes(held.startedAt, 5), true)];
      }),
    ),
    'nobody can enter Webex, and they talk by phone': only(heldOnline)((history) => {
      const held = one(history, 'Held');
      const silent = ticketOtherwise(history, ({ fact }) =>
        fact.type === 'RecordingAttached' || fact.type === 'RecordingWaived' ? { gone: true } : undefined,
      );
      return held && adding(silent ?? history, continued(held, held.startedAt, false));
    }),
    'the recording is deleted after its time': deletedAfter(0),
  }),
  ...of('6', 'A15', {
    'they talk for twenty-five minutes': only(
      delivered,
      byEmail,
      not(heldOnline),
    )((history) => {
      const endedAt = fromHeld(history, 'startedAt', 25 * 60);
      return inTurn(
        eachAt('Held', () => endedAt, 'endedAt'),
        each('Held', () => ({ resolutionTargetAt: plusHours(endedAt, 2) })),
        each('ResolutionIssued', () => ({ issuedAt: plusMinutes(endedAt, 1) })),
        each('ResolutionFiled', () => ({ filedAt: plusMinutes(endedAt, 2) })),
        each('ResolutionSent', () => ({ acceptedAt: plusMinutes(endedAt, 3) })),
      )(history);
    }),
  }),
  ...of('7', 'A11', {
    'a paper signed and taken at once, typed in afterwards, and the e-mail in the evening': sentOnce((history) => {
      const held = one(history, 'Held');
      if (held === undefined) return undefined;
      const issuedAt = plusMinutes(held.endedAt, 30);
      return inTurn(
        eachAt('ResolutionSent', () => plusMinutes(held.resolutionTargetAt, 60), 'acceptedAt'),
        eachAt('ResolutionIssued', () => issuedAt, 'issuedAt'),
        eachAt('ResolutionFiled', () => plusMinutes(issuedAt, 1), 'filedAt'),
        more(() => [takenAway(plusMinutes(issuedAt, 2), held.endedAt)]),
      )(history);
    }),
    'on paper as well': sentOnce(more((history) => [takenAway(plusHours(sentAt(history), 1))])),
  }),
  ...of('7', 'A17', {
    'the number typed days after, of a document that the register has of the day of the meeting': inTurn(
      (history) =>
        ticketOtherwise(history, ({ fact, recordedAt }) => {
          const at = plusHours(recordedAt, 200);
          return fact.type === 'ResolutionFiled' ? { at, data: { filedAt: at } } : undefined;
        }),
      typedThen(filedAgainAfter(1, (_, history) => ({ filedAt: fromHeld(history, 'endedAt', 20 * 60), grade: 'observed' }))),
    ),
  }),
  ...of('7', 'A18', {
    'written while they talk': only(isHeld)(eachAt('ResolutionIssued', (_, history) => fromHeld(history, 'startedAt', 5 * 60), 'issuedAt')),
  }),
  ...of('7', 'A21', {
    'the letter came back, and was sent again the same morning': sentOnce((history) => {
      const [bouncedAt, askedAt, acceptedAt] = [1, 20, 21].map((minutes) => plusMinutes(sentAt(history), minutes));
      if (bouncedAt === undefined || askedAt === undefined || acceptedAt === undefined) return undefined;
      const letterId = one(history, 'ResolutionSent')?.letterId ?? '';
      const followUpDueAt = plusHours(bouncedAt, 24);
      return adding(
        history,
        [bouncedAt, { type: 'ResolutionBounced', data: { letterId, bouncedAt, followUpDueAt, grade: 'observed' } }, letters],
        [askedAt, { type: 'ResolutionToBeSentAgain', data: { afterLetterId: letterId, askedAt } }],
        [acceptedAt, { type: 'ResolutionSent', data: { letterId: 'again', toVerifiedAddress: true, acceptedAt } }, letters],
      );
    }),
  }),
  ...of('7', 'R7.1', {
    'the number typed by hand, and the document shown by the register afterwards': typedThen(
      filedAgainAfter(1, ({ filedAt }) => ({ filedAt, grade: 'observed' })),
    ),
    'a number mistyped, and the right one given the same afternoon': typedThen(
      disprovedAfter(2),
      filedAgainAfter(3, () => ({ documentNumber: '161299' })),
    ),
    'the register lags behind for days, and shows the document then': typedThen(
      disprovedAfter(24),
      filedAgainAfter(100, ({ filedAt }) => ({ filedAt, grade: 'observed' })),
    ),
  }),
  ...of('8', 'A21', {
    'nobody answered at first, and the second call reached': only(
      movedBy('staff'),
      not(byEmail),
    )(
      more((history) => {
        const notifiedAt = plusSeconds(lastOf(history, 'Rescheduled')?.recordedAt ?? '', 20);
        const data = { about: 'rescheduled', channel: 'phone', outcome: 'no-answer', notifiedAt } as const;
        return [[notifiedAt, { type: 'CitizenNotified', data }]];
      }),
    ),
    'nothing but a postal address, and a letter posted the next day': only(
      onlyMovedByStaff,
      isInPerson,
      not(byEmail),
    )(
      inTurn(
        addressAlone,
        each('CitizenNotified', (_, history) => {
          const postedOn = addDays(civilDateOf(lastOf(history, 'Rescheduled')?.recordedAt ?? ''), 1);
          return { channel: 'post', outcome: 'posted', postedOn, notifiedAt: startOfDay(postedOn), letterId: undefined } as const;
        }),
      ),
    ),
    'the letter about the new hour came back, and a call reached': only(
      movedBy('staff'),
      byEmail,
    )((history) => {
      const told = all(history, 'CitizenNotified').findLast(({ fact }) => fact.data.about === 'rescheduled');
      if (told === undefined) return undefined;
      const [bouncedAt, calledAt] = [plusSeconds(told.recordedAt, 20), plusMinutes(told.recordedAt, 30)];
      const reached = { about: 'rescheduled', channel: 'phone', outcome: 'reached', notifiedAt: calledAt } as const;
      return adding(
        history,
        [bouncedAt, { type: 'CitizenNotified', data: { ...told.fact.data, outcome: 'bounced', notifiedAt: bouncedAt } }],
        [calledAt, { type: 'CitizenNotified', data: reached }],
      );
    }),
    'told once of two moves': only(
      movedOnce,
      movedBy('staff'),
      not(has('StaffAbsent')),
    )((history) => {
      const moved = all(history, 'Rescheduled')[0];
      const told = all(history, 'CitizenNotified')[0];
      const from = placements(history)[0];
      if (moved === undefined || told === undefined || from === undefined) return undefined;
      // the first of the two, an hour before the second, to the same hour of the day after
      const at = plusHours(moved.recordedAt, -1);
      if (at <= from.recordedAt) return undefined;
      const { data } = moved.fact;
      const due = data.noticeDueAt === undefined ? {} : { noticeDueAt: plusHours(at, 24) };
      const agreed = data.agreement === undefined ? {} : { agreement: { ...data.agreement, agreedAt: at } };
      return adding(history, [
        at,
        { type: 'Rescheduled', data: { ...data, requestedAt: at, holdId: 'hold-between', ...due, ...agreed } },
        moved.actor,
      ]);
    }),
  }),
];
