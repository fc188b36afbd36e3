import { placements } from '../../../../src/domain/audit/case-file';
import { workingCalendar } from '../../../../src/domain/calendar/calendar';
import { clarificationWindow } from '../../../../src/domain/calendar/working-days';
import { personal } from '../../../../src/domain/kernel/personal-text';
import { policiesWith } from '../../../../src/domain/policies';
import { addDays, civilDateOf, plusHours, plusMinutes, plusSeconds } from '../../../../src/domain/time/civil-time';
import { letters } from '../../../support/plot';
import { adding, addingToRequest, ticketOtherwise, withStaff } from '../../../support/retelling';
import type { History } from '../../../support/history';
import {
  all,
  asBooked,
  attachment,
  type Breach,
  byEmail,
  continued,
  deletedAfter,
  delivered,
  disprovedAfter,
  filedAgainAfter,
  has,
  heldOnline,
  inOperation,
  isHeld,
  one,
  only,
  recordedOnline,
  recordings,
  typedThen,
} from './breaking';

/** The procedure was kept, in an unusual way: nobody may be accused. */
export type Variation = Omit<Breach, 'check' | 'breaks' | 'origin'> & {
  /** `undefined` where this history gives no occasion for it */
  readonly varies: (history: History) => History | undefined;
};

const of = (article: string, reading: string, told: string, varies: Variation['varies']): Variation => ({ article, reading, told, varies });
const policies = policiesWith();
const answeredAt = (history: History, at: string) => {
  const communicatedOn = civilDateOf(at);
  const policy = policies['clarification-window'];
  const data = {
    documentNumber: 'R7',
    communicatedOn,
    channel: 'email',
    answeredBy: one(history, 'Requested')?.staffId ?? '',
    ...clarificationWindow(communicatedOn, policy, workingCalendar.initial),
    policy,
    calendarVersion: one(history, 'Requested')?.calendarVersion ?? '',
    registeredAt: at,
  } as const;
  return { type: 'AnswerCommunicated', data } as const;
};

export const variations: readonly Variation[] = [
  of(
    '5',
    'A12',
    'the citizen comes late: they talk, and record, from then on',
    only(recordedOnline, (history) => {
      const held = one(history, 'Held');
      if (held === undefined) return undefined;
      const startedAt = plusMinutes(held.startedAt, 6);
      const later = ticketOtherwise(history, ({ fact }) => (fact.type === 'Held' ? { data: { startedAt } } : undefined));
      return (
        later && recordings(({ endedAt }) => ({ startedAt, durationSeconds: (Date.parse(endedAt) - Date.parse(startedAt)) / 1000 }))(later)
      );
    }),
  ),
  of(
    '5',
    'A12',
    'recorded from before they met until after it',
    recordings(({ startedAt, endedAt }) => ({
      startedAt: plusMinutes(startedAt, -3),
      durationSeconds: (Date.parse(endedAt) - Date.parse(startedAt)) / 1000 + 360,
    })),
  ),
  of(
    '5',
    'A12',
    'a second copy of the whole recording',
    only(recordedOnline, (history) => {
      const copy = attachment(history, { recordingId: 'copy' });
      return copy && adding(history, copy);
    }),
  ),
  of(
    '5',
    'A13',
    'Webex fails in the middle, and they go on by phone',
    only(recordedOnline, (history) => {
      const held = one(history, 'Held');
      if (held === undefined) return undefined;
      const continuedAt = plusMinutes(held.startedAt, 5);
      const half = recordings(({ startedAt }) => ({ startedAt, durationSeconds: 300 }))(history);
      return half && adding(half, continued(held, continuedAt, true));
    }),
  ),
  of(
    '5',
    'A13',
    'nobody can enter Webex, and they talk by phone',
    only(heldOnline, (history) => {
      const held = one(history, 'Held');
      const silent = ticketOtherwise(history, ({ fact }) =>
        fact.type === 'RecordingAttached' || fact.type === 'RecordingWaived' ? { gone: true } : undefined,
      );
      return held && adding(silent ?? history, continued(held, held.startedAt, false));
    }),
  ),
  of(
    '5',
    'A13',
    'the recording is deleted after its time',
    only(recordedOnline, (history) => deletedAfter(history, 0)),
  ),
  of(
    '7',
    'A21',
    'the letter came back, and was sent again the same morning',
    only(
      (history) => delivered(history) && has(history, 'ResolutionSent'),
      (history) => {
        const sent = all(history, 'ResolutionSent')[0];
        if (sent === undefined) return undefined;
        const { letterId } = sent.fact.data;
        const [bouncedAt, askedAt, acceptedAt] = [1, 20, 21].map((minutes) => plusMinutes(sent.recordedAt, minutes));
        if (bouncedAt === undefined || askedAt === undefined || acceptedAt === undefined) return undefined;
        const followUpDueAt = plusHours(bouncedAt, 24);
        return adding(
          history,
          [bouncedAt, { type: 'ResolutionBounced', data: { letterId, bouncedAt, followUpDueAt, grade: 'observed' } }, letters],
          [askedAt, { type: 'ResolutionToBeSentAgain', data: { afterLetterId: letterId, askedAt } }],
          [acceptedAt, { type: 'ResolutionSent', data: { letterId: 'again', toVerifiedAddress: true, acceptedAt } }, letters],
        );
      },
    ),
  ),
  of(
    '7',
    'A11',
    'a paper signed and taken at once, typed in afterwards, and the e-mail in the evening',
    only(
      (history) => delivered(history) && has(history, 'ResolutionSent'),
      (history) => {
        const held = one(history, 'Held');
        if (held === undefined) return undefined;
        const handedOverAt = held.endedAt;
        const issuedAt = plusMinutes(held.endedAt, 30);
        const acceptedAt = plusMinutes(held.resolutionTargetAt, 60);
        const late = ticketOtherwise(history, ({ fact }) => {
          if (fact.type === 'ResolutionSent') return { at: acceptedAt, data: { acceptedAt } };
          if (fact.type === 'ResolutionIssued') return { at: issuedAt, data: { issuedAt } };
          return fact.type === 'ResolutionFiled'
            ? { at: plusMinutes(issuedAt, 1), data: { filedAt: plusMinutes(issuedAt, 1) } }
            : undefined;
        });
        const proof = personal('record', 'semnătură');
        return (
          late &&
          adding(late, [plusMinutes(issuedAt, 2), { type: 'ResolutionHandedOver', data: { channel: 'pickup', handedOverAt, proof } }])
        );
      },
    ),
  ),
  of(
    '7',
    'R7.1',
    'the number typed by hand, and the document shown by the register afterwards',
    typedThen(filedAgainAfter(1, ({ filedAt }) => ({ filedAt, grade: 'observed' }))),
  ),
  of(
    '7',
    'R7.1',
    'a number mistyped, and the right one given the same afternoon',
    typedThen(
      disprovedAfter(2),
      filedAgainAfter(3, () => ({ documentNumber: '161299' })),
    ),
  ),
  of(
    '7',
    'R7.1',
    'the register lags behind for days, and shows the document then',
    typedThen(
      disprovedAfter(24),
      filedAgainAfter(100, ({ filedAt }) => ({ filedAt, grade: 'observed' })),
    ),
  ),
  of('7', 'A17', 'the number typed days after, of a document that the register has of the day of the meeting', (history) => {
    const late = ticketOtherwise(history, ({ fact, recordedAt }) => {
      const at = plusHours(recordedAt, 200);
      return fact.type === 'ResolutionFiled' ? { at, data: { filedAt: at } } : undefined;
    });
    const inTime = filedAgainAfter(1, (_, told) => ({
      filedAt: plusMinutes(one(told, 'Held')?.endedAt ?? '', 20),
      grade: 'observed',
    }));
    return late && typedThen(inTime)(late);
  }),
  of(
    '7',
    'A18',
    'written while they talk',
    only(isHeld, (history) => {
      const at = plusMinutes(one(history, 'Held')?.startedAt ?? '', 5);
      return ticketOtherwise(history, ({ fact }) => (fact.type === 'ResolutionIssued' ? { at, data: { issuedAt: at } } : undefined));
    }),
  ),
  of(
    '7',
    'A11',
    'on paper as well',
    only(
      (history) => delivered(history) && has(history, 'ResolutionSent'),
      (history) => {
        const at = plusHours(all(history, 'ResolutionSent')[0]?.recordedAt ?? '', 1);
        const proof = personal('record', 'semnătură');
        return adding(history, [at, { type: 'ResolutionHandedOver', data: { channel: 'pickup', handedOverAt: at, proof } }]);
      },
    ),
  ),
  of(
    '2',
    'A26',
    'answered between the booking and the meeting',
    only(
      (history) => inOperation(history) && isHeld(history),
      (history) => {
        const at = plusHours(one(history, 'Requested')?.requestedAt ?? '', 30);
        return addingToRequest(history, [at, answeredAt(history, at)]);
      },
    ),
  ),
  of(
    '2',
    'A26',
    'closed between the booking and the meeting',
    only(
      (history) => inOperation(history) && isHeld(history),
      (history) => {
        const changedAt = plusHours(one(history, 'Requested')?.requestedAt ?? '', 30);
        return addingToRequest(history, [changedAt, { type: 'StatusChanged', data: { status: 'closed', changedAt } }]);
      },
    ),
  ),
  of(
    '2 b',
    'A25',
    'there was an earlier answer, too',
    only(
      (history) => one(history, 'Requested')?.ground.kind === 'clarification',
      (history) => {
        const registered = history.request[0]?.recordedAt ?? '';
        const at = plusHours(registered, 1);
        return addingToRequest(history, [at, answeredAt(history, at)]);
      },
    ),
  ),
  of(
    '6',
    'A15',
    'they talk for twenty-five minutes',
    only(
      (history) => delivered(history) && byEmail(history) && !heldOnline(history),
      (history) =>
        ticketOtherwise(history, ({ fact }) => {
          const endedAt = plusMinutes(one(history, 'Held')?.startedAt ?? '', 25);
          if (fact.type === 'Held') return { at: endedAt, data: { endedAt, resolutionTargetAt: plusHours(endedAt, 2) } };
          if (fact.type === 'ResolutionIssued') return { data: { issuedAt: plusMinutes(endedAt, 1) } };
          if (fact.type === 'ResolutionFiled') return { data: { filedAt: plusMinutes(endedAt, 2) } };
          if (fact.type === 'ResolutionSent') return { data: { acceptedAt: plusMinutes(endedAt, 3) } };
          return undefined;
        }),
    ),
  ),
  of(
    '1',
    'A3',
    'the file moves, and the ticket with it',
    only(
      (history) => isHeld(history) && inOperation(history) && has(history, 'Reassigned'),
      (history) => {
        const moved = all(history, 'Reassigned')[0];
        if (moved === undefined) return undefined;
        const assignedAt = plusMinutes(moved.recordedAt, -5);
        const data = { handlerStaffId: moved.fact.data.staffId, assignedAt };
        return addingToRequest(history, [assignedAt, { type: 'HandlerAssigned', data }]);
      },
    ),
  ),
  of(
    '1',
    'A3',
    'who had the request has left, and the head stands in',
    only(
      (history) => isHeld(history) && inOperation(history),
      (history) => {
        const at = plusMinutes(history.request[0]?.recordedAt ?? '', 5);
        const left = { on: civilDateOf(at), recordedAt: at };
        const gone = withStaff(history, 'S-090', [at, { type: 'StaffLeft', data: left }]);
        return addingToRequest(gone, [at, { type: 'HandlerAssigned', data: { handlerStaffId: 'S-090', assignedAt: at } }]);
      },
    ),
  ),
  of(
    '8',
    'A21',
    'nobody answered at first, and the second call reached',
    only(
      (history) => all(history, 'Rescheduled').some(({ fact }) => fact.data.by === 'staff') && !byEmail(history),
      (history) => {
        const moved = all(history, 'Rescheduled').at(-1);
        const notifiedAt = plusSeconds(moved?.recordedAt ?? '', 20);
        const data = { about: 'rescheduled', channel: 'phone', outcome: 'no-answer', notifiedAt } as const;
        return adding(history, [notifiedAt, { type: 'CitizenNotified', data }]);
      },
    ),
  ),
  of(
    '8',
    'A21',
    'the letter about the new hour came back, and a call reached',
    only(
      (history) => all(history, 'Rescheduled').some(({ fact }) => fact.data.by === 'staff') && byEmail(history),
      (history) => {
        const told = all(history, 'CitizenNotified').findLast(({ fact }) => fact.data.about === 'rescheduled');
        if (told === undefined) return undefined;
        const [bouncedAt, calledAt] = [plusSeconds(told.recordedAt, 20), plusMinutes(told.recordedAt, 30)];
        return adding(
          history,
          [bouncedAt, { type: 'CitizenNotified', data: { ...told.fact.data, outcome: 'bounced', notifiedAt: bouncedAt } }],
          [
            calledAt,
            { type: 'CitizenNotified', data: { about: 'rescheduled', channel: 'phone', outcome: 'reached', notifiedAt: calledAt } },
          ],
        );
      },
    ),
  ),
  of(
    '8',
    'A21',
    'told once of two moves',
    only(
      (history) => all(history, 'Rescheduled').length === 1 && one(history, 'Rescheduled')?.by === 'staff' && !has(history, 'StaffAbsent'),
      (history) => {
        const moved = all(history, 'Rescheduled')[0];
        const told = all(history, 'CitizenNotified')[0];
        const from = placements(history)[0];
        if (moved === undefined || told === undefined || from === undefined) return undefined;
        // the first of the two, an hour before the second, to the same hour of the day after
        const at = plusHours(moved.recordedAt, -1);
        if (at <= from.recordedAt) return undefined;
        const { data } = moved.fact;
        const earlier = {
          ...data,
          requestedAt: at,
          holdId: 'hold-between',
          ...(data.noticeDueAt === undefined ? {} : { noticeDueAt: plusHours(at, 24) }),
        };
        return adding(history, [at, { type: 'Rescheduled', data: earlier }, moved.actor]);
      },
    ),
  ),
  of(
    '3 e',
    'R3.5',
    'the first letter with the link came back, another one arrived',
    only(
      (history) => heldOnline(history) && asBooked(history),
      (history) => {
        const letter = all(history, 'InvitationSent').find(({ fact }) => fact.data.withLink);
        if (letter === undefined) return undefined;
        const [bouncedAt, againAt] = [plusMinutes(letter.recordedAt, 1), plusMinutes(letter.recordedAt, 60)];
        const { data } = letter.fact;
        return adding(
          history,
          [
            bouncedAt,
            {
              type: 'InvitationBounced',
              data: { letterId: data.letterId, bouncedAt, followUpDueAt: `${addDays(civilDateOf(bouncedAt), 9)}T00:00:00.000Z` },
            },
            letters,
          ],
          [againAt, { type: 'InvitationSent', data: { ...data, letterId: 'again', acceptedAt: againAt } }, letters],
        );
      },
    ),
  ),
];
