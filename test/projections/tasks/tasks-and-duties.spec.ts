import fc from 'fast-check';
import type { OpenTask } from '../../../src/application/kernel/ports/tables';
import { isOpenStill } from '../../../src/application/staff/open-tasks';
import { dutiesIn, type Duty, isOwed, stateOfDuty } from '../../../src/domain/duties/duties';
import type { DutyKind } from '../../../src/domain/duties/duty-kinds';
import type { Instant } from '../../../src/domain/kernel/fact';
import { personal } from '../../../src/domain/kernel/personal-text';
import { leavesNothingToTell } from '../../../src/domain/tasks/tasks';
import type { TaskKind, TicketFact } from '../../../src/domain/ticket/facts';
import { plusSeconds } from '../../../src/domain/time/civil-time';
import { dutiesAfter, dutiesOfRequested, openTasks, type TicketDuties } from '../../../src/projections/tasks/duties';
import { ticketDuties } from '../../../src/projections/tasks/tasks';
import {
  cancelledHistory,
  citizenAbsentHistory,
  everyHistory,
  onlineHistory,
  reassignedHistory,
  rescheduledHistory,
  staffAbsentHistory,
} from '../../support/histories';
import type { History } from '../../support/history';
import { notified } from '../../support/chapters';
import { everyLife, historyOfLife } from '../../support/lives';
import { adding, changing, eventOf, moveOffered, upTo, without } from '../../support/retelling';
import { holdsFor } from '../../support/holds-for';

const tasksAfter = ({ ticketId, ticket }: Pick<History, 'ticketId' | 'ticket'>): readonly OpenTask[] => {
  let duties: TicketDuties | undefined;
  for (const { fact } of ticket as readonly { readonly fact: TicketFact }[]) {
    if (duties !== undefined) duties = dutiesAfter(duties, fact);
    else if (fact.type === 'Requested') duties = dutiesOfRequested(ticketId, fact);
  }
  return duties === undefined ? [] : openTasks(duties);
};

/** What somebody may forget, while the meeting goes its way. */
const forgettable = ['CitizenNotified', 'RecordingAttached', 'ResolutionIssued', 'ResolutionFiled', 'ResolutionHandedOver'] as const;

/** A life as far as it has come, and a moment not long after its newest fact. */
const anyLifeSoFar = fc
  .tuple(
    fc.oneof(fc.constantFrom(...everyLife).map(historyOfLife), fc.constantFrom(...Object.values(everyHistory))),
    fc.subarray([...forgettable], { maxLength: 2 }),
  )
  .map(([history, forgotten]) => without(history, ...forgotten))
  .chain((history) =>
    fc.tuple(
      fc.integer({ min: 1, max: history.ticket.length }).map((length) => ({ ...history, ticket: history.ticket.slice(0, length) })),
      fc.integer({ min: 0, max: 10 * 24 * 3600 }),
    ),
  )
  .map(([history, seconds]) => {
    const newest = history.ticket.at(-1)?.recordedAt ?? '';
    // what the request says later is not known yet
    const request = history.request.filter(({ recordedAt }) => recordedAt <= newest);
    return [{ ...history, request }, plusSeconds(newest, seconds)] as const;
  });

type Sides = { readonly tasks: readonly OpenTask[]; readonly duties: readonly Duty[] };

const sidesOf = (history: History, at: Instant, task: TaskKind, ...kinds: readonly DutyKind[]): Sides => ({
  tasks: tasksAfter(history).filter(({ kind, from }) => kind === task && from <= at),
  duties: dutiesIn(history, at, true).filter((duty) => kinds.includes(duty.kind) && isOwed(duty, at)),
});

/** The task stands as long as the duty is owed; where something else must be there first, once it is. */
const pairs: readonly {
  readonly task: TaskKind;
  readonly duty: DutyKind;
  readonly once?: (history: History, at: Instant, duty: Duty) => boolean;
}[] = [
  { task: 'record-outcome', duty: 'record-outcome', once: ({ ticket }) => ticket.some(({ fact }) => fact.type === 'Scheduled') },
  { task: 'write-resolution', duty: 'write-resolution' },
  {
    task: 'hand-over-resolution',
    duty: 'send-resolution',
    // a letter needs no person, and what is not written cannot be handed over
    once: ({ ticket }, _, { owedBy }) => owedBy === 'staff' && ticket.some(({ fact }) => fact.type === 'ResolutionIssued'),
  },
  {
    task: 'must-be-rescheduled',
    duty: 'give-new-hour',
    // no person is asked where the request had been freed before, nor was one by facts from before that was kept
    once: ({ ticket }) => ticket.every(({ fact }) => fact.type !== 'Cancelled' || fact.data.newHourOwed === true),
  },
  {
    task: 'notify-citizen',
    duty: 'notify-citizen',
    // a letter goes to an address; a person is asked where it did not arrive in time, and as long as there is something to tell
    once: ({ ticket }, at, { owedBy, limitAt, since }) =>
      (owedBy === 'staff' || at >= limitAt) && !ticket.some(({ fact, recordedAt }) => recordedAt > since && leavesNothingToTell(fact)),
  },
  { task: 'accept-move', duty: 'answer-offer' },
];

const raisedTask = (kind: TaskKind, dueAt: Instant, raisedAt: Instant): TicketFact => ({
  type: 'TaskRaised',
  data: { taskId: 'T-1', kind, staffId: 'S-017', raisedAt, dueAt },
});
const earliestLimit = (duties: readonly Duty[]): Instant | undefined => duties.map(({ limitAt }) => limitAt).toSorted()[0];

const reassigned = (): History => upTo(reassignedHistory({ mode: 'phone', withEmail: false }), 'Reassigned');
const toldNothing = (): History => upTo(without(rescheduledHistory({ withEmail: false }), 'CitizenNotified'), 'Rescheduled');

const movedTwice = (): History => {
  const once = toldNothing();
  const { data } = eventOf(once, 'Rescheduled').fact;
  const at = '2026-03-03T14:00:00.000Z';
  const again: TicketFact = { type: 'Rescheduled', data: { ...data, requestedAt: at, noticeDueAt: '2026-03-04T14:00:00.000Z' } };
  return adding(once, [at, again]);
};

const absentAndCancelled = (): History => {
  const absent = upTo(staffAbsentHistory(), 'StaffAbsent');
  const at = '2026-03-06T09:00:00.000Z';
  const { data } = eventOf(cancelledHistory(), 'Cancelled').fact;
  const limits = { noticeDueAt: '2026-03-07T09:00:00.000Z', newSlotDueAt: '2026-03-10T22:00:00.000Z', newHourOwed: true as const };
  return adding(absent, [at, { type: 'Cancelled', data: { ...data, cancelledAt: at, ...limits } }]);
};

describe('A task and the duty that it is', () => {
  it.each(pairs)('stand together, by the same two dates: $task and $duty', ({ task, duty, once = () => true }) => {
    holdsFor(500, [anyLifeSoFar], ([history, at]) => {
      const { tasks, duties } = sidesOf(history, at, task, duty);
      const owed = duties.filter((one) => once(history, at, one));

      expect(tasks.length > 0).toBe(owed.length > 0);
      for (const { targetAt, limitAt } of tasks) {
        expect(owed.map((one) => [one.targetAt, one.limitAt])).toContainEqual([targetAt, limitAt]);
      }
    });
  });

  it('stand together for the recording, but that a piece that is not enough ends the task and not the duty (Art. 5)', () => {
    holdsFor(500, [anyLifeSoFar], ([history, at]) => {
      const { tasks, duties } = sidesOf(history, at, 'attach-recording', 'attach-recording');
      const hasPiece = history.ticket.some(({ fact }) => fact.type === 'RecordingAttached');

      expect(tasks.length > 0).toBe(duties.length > 0 && !hasPiece);
      if (tasks.length > 0) expect(tasks.map(({ limitAt }) => limitAt)).toEqual(duties.map(({ limitAt }) => limitAt));
    });
  });

  it('stand together for the document, which the service files by itself: the task is told five minutes after it was written (Art. 7)', () => {
    holdsFor(500, [anyLifeSoFar], ([history, at]) => {
      const { tasks, duties } = sidesOf(history, at, 'file-resolution', 'file-resolution');
      const written = history.ticket.find(({ fact }) => fact.type === 'ResolutionIssued')?.fact;
      const isTold = written?.type === 'ResolutionIssued' && at >= plusSeconds(written.data.issuedAt, 300);

      expect(tasks.length > 0).toBe(duties.length > 0 && isTold);
      expect(tasks.map(({ limitAt }) => limitAt)).toEqual(isTold ? duties.map(({ limitAt }) => limitAt) : []);
    });
  });

  it.each(['Rescheduled', 'Cancelled'] as const)(
    'end together once the citizen acts upon a change that nobody told them of: %s (A21)',
    (type) => {
      const movedByStaff = upTo(rescheduledHistory({ withEmail: false }), 'Rescheduled');
      const { data } = type === 'Rescheduled' ? eventOf(movedByStaff, type).fact : eventOf(cancelledHistory(), type).fact;
      const { noticeDueAt: _, newSlotDueAt: __, ...rest } = { newSlotDueAt: undefined, ...data };
      const acted = adding(movedByStaff, ['2026-03-03T09:00:00.000Z', { type, data: { ...rest, by: 'citizen' } } as TicketFact]);
      const at = '2026-03-03T10:00:00.000Z';
      const standing = (history: History) => {
        const { tasks, duties } = sidesOf(history, at, 'notify-citizen', 'notify-citizen');
        return [tasks.length, duties.length];
      };

      expect(standing(movedByStaff)).toEqual([1, 1]);
      expect(standing(acted)).toEqual([0, 0]);
    },
  );

  it('stand together for an offer until it is answered, and neither is asked for afterwards (Art. 8)', () => {
    const booked = upTo(onlineHistory(), 'Scheduled');
    const [offeredAt, validUntil] = ['2026-03-03T09:00:00.000Z', '2026-03-04T08:00:00.000Z'];
    const offered = moveOffered(booked, offeredAt, validUntil);
    const standing = (history: History, at: Instant) => {
      const { tasks, duties } = sidesOf(history, at, 'accept-move', 'answer-offer');
      return [tasks.filter((task) => isOpenStill(task, at)).map(({ staffId }) => staffId), duties.map(({ staffId }) => staffId)];
    };
    const end = (fact: TicketFact) => adding(offered, [offeredAt, fact]);
    const withdrawn: TicketFact = {
      type: 'MoveOfferWithdrawn',
      data: { offerId: 'O-1', withdrawnBy: 'S-017', withdrawnAt: offeredAt },
    };

    const { data } = eventOf(rescheduledHistory(), 'Rescheduled').fact;
    const accepted: TicketFact = { type: 'Rescheduled', data: { ...data, offerId: 'O-1' } };
    const answers = (history: History, at: Instant) =>
      dutiesIn(history, at, true)
        .filter(({ kind }) => kind === 'answer-offer')
        .map((duty) => stateOfDuty(duty, at));

    expect(standing(offered, offeredAt)).toEqual([['S-900'], ['S-900']]);
    expect(standing(offered, validUntil)).toEqual([[], []]);
    expect(standing(end(withdrawn), offeredAt)).toEqual([[], []]);
    expect(answers(end(withdrawn), validUntil)).toEqual([]);
    expect(answers(offered, validUntil)).toEqual(['missed']);
    expect(answers(end(accepted), validUntil)).toEqual(['met']);
  });

  it.each([
    // moved by staff twice on Tuesday: whoever has no e-mail is told of the first by its own limit
    ['notify-citizen', 'notify-citizen', movedTwice()],
    // absent on Thursday and called off on Friday: a new hour is owed since the absence
    ['must-be-rescheduled', 'give-new-hour', absentAndCancelled()],
  ] as const)('has the limit of the duty where it was raised with a later one: %s', (task, duty, history) => {
    const at = '2026-03-06T12:00:00.000Z';
    const raised = adding(history, [at, raisedTask(task, '2026-03-20T08:00:00.000Z', at)]);
    const { tasks, duties } = sidesOf(raised, at, task, duty);

    expect(tasks).toHaveLength(1);
    expect(tasks.map(({ dueAt, limitAt }) => [dueAt, limitAt])).toEqual([[earliestLimit(duties), earliestLimit(duties)]]);
  });

  it.each(['Held', 'CitizenAbsent'] as const)('nobody is asked to tell of a change after the meeting: %s (A21)', (type) => {
    const untold = without(rescheduledHistory({ withEmail: false }), 'CitizenNotified');
    const at = '2026-03-12T12:00:00.000Z';
    const fact = type === 'Held' ? undefined : eventOf(citizenAbsentHistory(), type).fact;
    const ended = fact === undefined ? upTo(untold, 'Held') : adding(upTo(untold, 'Rescheduled'), [at, fact]);

    expect(sidesOf(ended, at, 'notify-citizen', 'notify-citizen')).toEqual({ tasks: [], duties: [] });
  });

  it('no person is asked to tell of an absence once the citizen cancelled the meeting; the duty stays open until its limit (A21)', () => {
    const absent = upTo(staffAbsentHistory({ withEmail: false }), 'StaffAbsent');
    const { noticeDueAt } = eventOf(absent, 'StaffAbsent').fact.data;
    const at = plusSeconds(absent.ticket.at(-1)?.recordedAt ?? '', 3600);
    const { noticeDueAt: _, ...data } = eventOf(cancelledHistory(), 'Cancelled').fact.data;
    const cancelled = adding(absent, [at, { type: 'Cancelled', data: { ...data, by: 'citizen', cancelledAt: at } }]);
    const standing = (history: History, moment: Instant) => {
      const { tasks, duties } = sidesOf(history, moment, 'notify-citizen', 'notify-citizen');
      return [tasks.length, duties.length];
    };

    expect(standing(absent, at)).toEqual([1, 1]);
    expect(standing(cancelled, at)).toEqual([0, 1]);
    expect(standing(cancelled, plusSeconds(noticeDueAt, 1))).toEqual([0, 0]);
  });

  it('nobody is asked for anything towards a citizen whose data was erased', () => {
    const owing = without(changing(cancelledHistory({ withEmail: false }), 'Cancelled', { newHourOwed: true }), 'CitizenNotified');
    const at = '2026-04-01T08:00:00.000Z';
    const erased = adding(owing, [at, { type: 'PersonalDataErased', data: { erasedAt: at, reason: personal('contact', 'la cerere') } }]);
    const standing = (history: History) =>
      (['notify-citizen', 'must-be-rescheduled'] as const).map((task) => {
        const { tasks, duties } = sidesOf(history, at, task, task === 'notify-citizen' ? task : 'give-new-hour');
        return [tasks.length, duties.length];
      });

    expect(ticketDuties.looksAt?.ticket).toContain('PersonalDataErased');
    expect(standing(owing)).toEqual([
      [1, 1],
      [1, 1],
    ]);
    expect(standing(erased)).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  it('has the two dates of the link where the meeting was put there too late for one in time (Art. 5)', () => {
    const at = '2026-03-03T08:00:00.000Z';
    const soon = { startsAt: '2026-03-03T09:30:00.000Z', endsAt: '2026-03-03T09:45:00.000Z' };
    const late = upTo(rescheduledHistory({}, soon), 'Rescheduled');
    const { tasks } = sidesOf(adding(late, [at, raisedTask('create-meeting', '2026-03-03T08:30:00.000Z', at)]), at, 'create-meeting');
    const { duties } = sidesOf(late, at, 'create-meeting', 'send-link');

    expect(tasks.map(({ targetAt, limitAt }) => [targetAt, limitAt])).toEqual([['2026-03-03T08:30:00.000Z', soon.endsAt]]);
    expect(duties.map(({ targetAt, limitAt }) => [targetAt, limitAt])).toEqual([['2026-03-03T08:30:00.000Z', soon.endsAt]]);
  });

  it.each([
    ['a change of person of before limits were written down', changing(reassigned(), 'Reassigned', { noticeDueAt: undefined })],
    [
      'a limit that was written later than the new start',
      changing(toldNothing(), 'Rescheduled', { noticeDueAt: '2026-03-20T08:00:00.000Z' }),
    ],
    ['a notice about something else', adding(toldNothing(), notified('2026-03-03T08:30:00.000Z', 'reassigned', 'phone'))],
  ])('stand together, by the same limit, where there is %s (A21)', (_, history) => {
    const at = history.ticket.at(-1)?.recordedAt ?? '';
    const { tasks, duties } = sidesOf(history, at, 'notify-citizen', 'notify-citizen');

    expect(duties).toHaveLength(1);
    expect(tasks.map(({ limitAt }) => limitAt)).toEqual(duties.map(({ limitAt }) => limitAt));
  });
});
