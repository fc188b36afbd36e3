import { dutiesAt, dutiesIn, type Duty, dutyStandsUntil, isOverdue, stateOfDuty } from '../../../src/domain/duties/duties';
import type { DutyKind } from '../../../src/domain/duties/duty-kinds';
import type { Instant } from '../../../src/domain/kernel/fact';
import { personal } from '../../../src/domain/kernel/personal-text';
import type { TaskKind, TicketFact } from '../../../src/domain/ticket/facts';
import { plusSeconds } from '../../../src/domain/time/civil-time';
import type { Slot } from '../../../src/domain/time/slot';
import { amended, recordingMissing, resolutionBounced } from '../../support/entries';
import {
  cancelledHistory,
  citizenAbsentHistory,
  onlineHistory,
  phoneHistory,
  reassignedHistory,
  rescheduledHistory,
  staffAbsentHistory,
} from '../../support/histories';
import type { History } from '../../support/history';
import { slotAt, type TicketEntry } from '../../support/plot';
import { adding, changing, eventOf, moved, ticketOtherwise, upTo, without } from '../../support/retelling';

const muchLater = '2027-03-01T08:00:00.000Z';

const dutyOf = (history: History, kind: DutyKind, at: Instant = muchLater): Duty => {
  const duty = dutiesIn(history, at, true).find((one) => one.kind === kind);
  if (duty === undefined) throw new Error(`no ${kind}`);
  return duty;
};
const told = (history: History, kind: DutyKind, at: Instant = muchLater) => {
  const duty = dutyOf(history, kind, at);
  return [duty.staffId, stateOfDuty(duty, at)];
};

/** S-017 did not come on Thursday 5 March; a new hour was owed until the end of Monday. */
const absent = upTo(staffAbsentHistory(), 'Rescheduled');
/** Given by S-042, who takes the meeting over (A3). */
const takenOver = (at: Instant): History => moved(absent, 'Rescheduled', 0, at, { requestedAt: at, staffId: 'S-042' });

describe('Whose duty it is after somebody else took the meeting over (A3)', () => {
  it('given a new hour that came too late, then it was missed by whoever was absent, and not by whoever gave it (A23)', () => {
    expect(told(takenOver('2026-03-13T08:00:00.000Z'), 'give-new-hour')).toEqual(['S-017', 'missed']);
  });

  it('given a new hour in time, then whoever had the meeting met it (A23)', () => {
    expect(told(takenOver('2026-03-06T07:30:00.000Z'), 'give-new-hour')).toEqual(['S-017', 'met']);
  });

  it('given an hour of which nobody said anything until it was moved to somebody else, then it was forgotten by whose hour it was (C20)', () => {
    const forgotten = without(takenOver('2026-03-13T08:00:00.000Z'), 'StaffAbsent', 'CitizenNotified');

    expect(told(forgotten, 'record-outcome')).toEqual(['S-017', 'missed']);
  });

  it('given a meeting moved to somebody else in time, then what comes of it is owed by them', () => {
    const held = changing(staffAbsentHistory(), 'Rescheduled', { staffId: 'S-042' });

    expect(dutyOf(held, 'send-resolution').staffId).toBe('S-042');
  });
});

describe('Whose duty it is when its limit is over', () => {
  const limitAt = '2026-03-09T22:00:00.000Z';
  const givenOver = (at: Instant): TicketEntry => [
    at,
    { type: 'Reassigned', data: { ...eventOf(reassignedHistory(), 'Reassigned').fact.data, reassignedAt: at } },
  ];

  it('is whoever had the meeting in the last moment, and not whoever had it when it was asked for', () => {
    const owing = upTo(absent, 'StaffAbsent');

    expect(told(adding(owing, givenOver(limitAt)), 'give-new-hour')).toEqual(['S-042', 'missed']);
    expect(told(adding(owing, givenOver(plusSeconds(limitAt, 0.001))), 'give-new-hour')).toEqual(['S-017', 'missed']);
  });

  it('is not whoever did it later, having taken the meeting over after the limit', () => {
    const late = adding(takenOver('2026-03-13T08:00:00.000Z'), givenOver('2026-03-11T08:00:00.000Z'));

    expect(told(late, 'give-new-hour')).toEqual(['S-017', 'missed']);
  });

  it('is whoever had it before, where it was done in the last moment by giving it to somebody else', () => {
    expect(told(takenOver(limitAt), 'give-new-hour')).toEqual(['S-017', 'met']);
  });
});

describe('What nobody can do any more is missed, and not overdue for ever', () => {
  it('the link, once the hour is over (Art. 5)', () => {
    const neverSent = without(citizenAbsentHistory(), 'InvitationSent');
    const link = dutyOf(neverSent, 'send-link');
    const { startsAt, endsAt } = eventOf(neverSent, 'Scheduled').fact.data.slot;

    expect([startsAt, endsAt].map((at) => isOverdue(link, at))).toEqual([true, false]);
    expect([startsAt, endsAt, muchLater].map((at) => stateOfDuty(link, at))).toEqual(['missed', 'missed', 'missed']);
  });

  it('the news of a move, once the meeting was held where it had moved to (A21)', () => {
    const untold = without(rescheduledHistory({ withEmail: false }), 'CitizenNotified');
    const before = upTo(untold, 'Rescheduled');

    expect(isOverdue(dutyOf(before, 'notify-citizen'), muchLater)).toBe(true);
    expect(isOverdue(dutyOf(untold, 'notify-citizen'), muchLater)).toBe(false);
    expect(stateOfDuty(dutyOf(untold, 'notify-citizen'), muchLater)).toBe('missed');
  });

  it('the old invitation of a meeting that was called off, once its hour is over (A21)', () => {
    const { slot } = eventOf(cancelledHistory(), 'Scheduled').fact.data;
    const byPhoneAlone = changing(cancelledHistory(), 'CitizenNotified', { channel: 'phone', outcome: 'reached' });
    const letter = dutyOf(byPhoneAlone, 'replace-invitation');

    expect(isOverdue(letter, slot.startsAt)).toBe(true);
    expect(isOverdue(letter, slot.endsAt)).toBe(false);
    expect(stateOfDuty(letter, muchLater)).toBe('missed');
  });

  it('the news of a move, though the citizen had missed the meeting before it: what came before a change ends nothing of it', () => {
    const missedAt = '2026-03-02T12:00:00.000Z';
    const untold = upTo(without(rescheduledHistory({ withEmail: false }), 'CitizenNotified'), 'Rescheduled');
    const { data } = eventOf(citizenAbsentHistory(), 'CitizenAbsent').fact;
    const missedBefore = adding(untold, [missedAt, { type: 'CitizenAbsent', data: { ...data, absentAt: missedAt } }]);

    expect(isOverdue(dutyOf(missedBefore, 'notify-citizen'), muchLater)).toBe(true);
  });

  it('the old invitation of a meeting that was moved, once its hour is over, or once the meeting was held before that (A21)', () => {
    const [sooner, later] = [slotAt('2026-03-04T12:00:00.000Z'), slotAt('2026-03-10T09:30:00.000Z')];
    const old = eventOf(onlineHistory(), 'Scheduled').fact.data.slot;
    const letterOf = (to: Slot): readonly [Duty, History] => {
      const moved = rescheduledHistory({}, to);
      const { recordedAt } = eventOf(moved, 'Rescheduled');
      const unsent = ticketOtherwise(moved, ({ fact: { type }, recordedAt: at }) =>
        (type === 'InvitationSent' || type === 'CitizenNotified') && at > recordedAt ? { gone: true } : undefined,
      );
      return [dutyOf(unsent ?? moved, 'replace-invitation'), moved];
    };
    const [movedOn] = letterOf(later);
    const [broughtForward, held] = letterOf(sooner);
    const heldAt = eventOf(held, 'Held').recordedAt;

    expect([plusSeconds(old.endsAt, -1), old.endsAt].map((at) => isOverdue(movedOn, at))).toEqual([true, false]);
    expect(heldAt < old.startsAt).toBe(true);
    expect([plusSeconds(heldAt, -1), heldAt].map((at) => isOverdue(broughtForward, at))).toEqual([true, false]);
  });

  it('the invitations of a meeting that was moved twice, once the last of their hours is over (A21)', () => {
    const invited = rescheduledHistory();
    const again = '2026-03-03T10:00:00.000Z';
    const { data } = eventOf(invited, 'Rescheduled').fact;
    const twice = adding(upTo(without(invited, 'CitizenNotified'), 'MeetingStarted'), [
      again,
      { type: 'Rescheduled', data: { ...data, requestedAt: again, slot: slotAt('2026-03-12T09:30:00.000Z'), sequence: 9 } },
    ]);
    const letter = dutiesIn(twice, muchLater, true).findLast(({ kind }) => kind === 'replace-invitation');
    const last = data.slot.endsAt;

    expect([plusSeconds(last, -1), last].map((at) => letter && isOverdue(letter, at))).toEqual([true, false]);
  });

  const erasedAt = (history: History, at: Instant): History =>
    adding(history, [at, { type: 'PersonalDataErased', data: { erasedAt: at, reason: personal('contact', 'la cerere') } }]);

  it('a letter with the resolution once the data is erased, and no resolution on paper: that is still asked for at the counter (A24)', () => {
    const at = '2026-04-01T08:00:00.000Z';
    const [byLetter, onPaper] = [onlineHistory(), phoneHistory()].map((history) =>
      dutyOf(erasedAt(without(history, 'ResolutionSent', 'ResolutionHandedOver'), at), 'send-resolution'),
    );

    expect([byLetter, onPaper].map((duty) => duty && [duty.owedBy, isOverdue(duty, at)])).toEqual([
      ['service', false],
      ['staff', true],
    ]);
  });

  it('what was erased before its limit, which is missed by its limit and no sooner (A24)', () => {
    const owing = erasedAt(without(cancelledHistory(), 'CitizenNotified'), '2026-03-03T12:00:00.000Z');
    const news = dutyOf(owing, 'notify-citizen');

    expect([news.limitAt, plusSeconds(news.limitAt, 0.001)].map((at) => [stateOfDuty(news, at), isOverdue(news, at)])).toEqual([
      ['open', false],
      ['missed', false],
    ]);
  });

  it('nothing of what was done before the data was erased (A24)', () => {
    expect(dutyOf(erasedAt(cancelledHistory(), '2026-04-01T08:00:00.000Z'), 'notify-citizen')).not.toHaveProperty('lostAt');
  });

  it('what was owed to a citizen whose data was erased (A24)', () => {
    const owing = without(cancelledHistory(), 'CitizenNotified');
    const erased = erasedAt(owing, '2026-04-01T08:00:00.000Z');
    const overdueOf = (history: History) =>
      dutiesAt(dutiesIn(history, muchLater, true), muchLater)
        .filter(({ overdue }) => overdue)
        .map(({ kind }) => kind);

    expect(overdueOf(owing)).toEqual(['notify-citizen', 'give-new-hour']);
    expect(overdueOf(erased)).toEqual([]);
    expect(stateOfDuty(dutyOf(erased, 'give-new-hour'), muchLater)).toBe('missed');
  });

  it('the recording that is said not to be: its duty turns no more (A12)', () => {
    const reportedAt = '2026-03-05T09:00:00.000Z';
    const lost = adding(without(onlineHistory(), 'RecordingAttached'), recordingMissing(reportedAt));

    expect(dutyStandsUntil(dutyOf(lost, 'attach-recording'), reportedAt)).toBeUndefined();
  });
});

describe('Who owes what a letter was to do', () => {
  const untold = without(upTo(rescheduledHistory(), 'Rescheduled'), 'CitizenNotified');
  const asking = (history: History, kind: TaskKind, at: Instant, about?: { readonly id: string }): History =>
    adding(history, [
      at,
      {
        type: 'TaskRaised',
        data: { taskId: 'T-1', kind, staffId: 'S-017', raisedAt: at, dueAt: at, ...(about && { subjectId: about.id }) },
      },
    ]);
  const owersOf = (kind: DutyKind, ...histories: readonly History[]) => histories.map((history) => dutyOf(history, kind).owedBy);
  const later = '2026-03-04T08:00:00.000Z';

  it('given a person who was asked since, then staff, and no more the service (A21)', () => {
    expect(owersOf('notify-citizen', untold, asking(untold, 'notify-citizen', later))).toEqual(['service', 'staff']);
  });

  it('given a person who was asked for something else, or before the change, then still the service (A21)', () => {
    const before = plusSeconds(eventOf(untold, 'Rescheduled').recordedAt, -1);

    expect(owersOf('notify-citizen', asking(untold, 'create-meeting', later), asking(untold, 'notify-citizen', before))).toEqual([
      'service',
      'service',
    ]);
  });

  it('given nobody with an address, then staff (A21)', () => {
    const byPhone = without(upTo(rescheduledHistory({ withEmail: false }), 'Rescheduled'), 'CitizenNotified');

    expect(owersOf('notify-citizen', byPhone)).toEqual(['staff']);
  });

  it('given a new hour, then staff, whoever has an address (A23); given an old invitation, then the service (A21)', () => {
    expect(owersOf('give-new-hour', absent)).toEqual(['staff']);
    expect(owersOf('replace-invitation', untold)).toEqual(['service']);
  });

  it('given a link, then the service, until a person is asked; given none, then staff (Art. 5)', () => {
    const unsent = without(upTo(onlineHistory(), 'MeetingStarted'), 'InvitationSent');

    expect(
      owersOf(
        'send-link',
        unsent,
        asking(unsent, 'send-letter', later, eventOf(unsent, 'MeetingLinkAttached')),
        without(unsent, 'MeetingLinkAttached'),
      ),
    ).toEqual(['service', 'staff', 'staff']);
  });

  it('given a resolution, then the service, and staff where there is no address (A11)', () => {
    expect(owersOf('send-resolution', onlineHistory(), phoneHistory())).toEqual(['service', 'staff']);
  });

  it('given a person who is asked once it was done, then the service that did it (A21)', () => {
    const asked = asking(rescheduledHistory(), 'notify-citizen', '2026-03-06T08:00:00.000Z');

    expect(told(asked, 'notify-citizen')).toEqual(['S-017', 'met']);
    expect(dutyOf(asked, 'notify-citizen').owedBy).toBe('service');
  });

  it('given a person who is asked before it was done, then that person, and not in the moment in which it was (A21)', () => {
    const done = rescheduledHistory();
    const doneAt = eventOf(done, 'CitizenNotified').recordedAt;
    const [before, then] = [plusSeconds(doneAt, -0.001), doneAt].map((at) => asking(done, 'notify-citizen', at));

    expect(owersOf('notify-citizen', before ?? done, then ?? done)).toEqual(['staff', 'service']);
  });

  it('given a letter with the link that was given up, then staff, and not for any other letter (Art. 5)', () => {
    const unsent = without(upTo(onlineHistory(), 'MeetingLinkAttached'), 'InvitationSent');
    const [link, other] = [eventOf(unsent, 'MeetingLinkAttached'), eventOf(unsent, 'Scheduled')];
    const asked = [link, other].map((about) => asking(unsent, 'send-letter', '2026-03-04T08:00:00.000Z', about));

    expect([unsent, ...asked].map((history) => dutyOf(history, 'send-link').owedBy)).toEqual(['service', 'staff', 'service']);
  });

  it('given an address that was given later, then staff where either letter with the link was given up (Art. 5)', () => {
    const unsent = without(upTo(onlineHistory(), 'MeetingLinkAttached'), 'InvitationSent');
    const given = adding(unsent, [
      '2026-03-04T07:00:00.000Z',
      { type: 'ContactCorrected', data: { email: personal('contact', 'ana.alta@example.ro'), correctedAt: '2026-03-04T07:00:00.000Z' } },
    ]);
    const asked = (['MeetingLinkAttached', 'ContactCorrected'] as const).map((type) =>
      asking(given, 'send-letter', '2026-03-04T08:00:00.000Z', eventOf(given, type)),
    );

    expect(owersOf('send-link', given, ...asked)).toEqual(['service', 'staff', 'staff']);
  });

  it('given a link that was sent, then the service, also where the letter with the resolution is given up later (Art. 5, 7)', () => {
    const history = onlineHistory();
    const givenUp = ['ResolutionIssued', 'MeetingLinkAttached'] as const;
    const asked = givenUp.map((type) => asking(history, 'send-letter', '2026-03-06T08:00:00.000Z', eventOf(history, type)));

    expect(asked.map((one) => told(one, 'send-link'))).toEqual(asked.map(() => ['S-017', 'met']));
    expect(asked.map((one) => dutyOf(one, 'send-link').owedBy)).toEqual(asked.map(() => 'service'));
  });
});

describe('The name of a duty', () => {
  it('tells a letter that came back from another, and an amendment from another', () => {
    const at = '2026-03-06T08:00:00.000Z';
    const bounced = (letterId: string): TicketEntry => resolutionBounced(at, letterId, '2026-03-10T22:00:00.000Z');
    const history = adding(without(onlineHistory(), 'ResolutionSent'), bounced('first'), bounced('second'), amended(at), amended(at, 2));
    const named = dutiesIn(history, muchLater, true).map(({ dutyId }) => dutyId);
    const namesOf = (kind: DutyKind, type: TicketFact['type']): readonly string[] =>
      [0, 1].map((nth) => `${kind}/${eventOf(history, type, nth).id}`);

    expect(named).toEqual(
      expect.arrayContaining([
        ...namesOf('follow-up-bounce', 'ResolutionBounced'),
        ...namesOf('file-amendment', 'ResolutionAmended'),
        ...namesOf('send-amendment', 'ResolutionAmended'),
      ]),
    );
  });
});

describe('The duties as they stand at a moment', () => {
  const duty = (dutyId: string, limitAt: Instant, more: Partial<Duty> = {}): Duty => ({
    ...{ dutyId, kind: 'write-resolution', article: '7', owedBy: 'staff', staffId: 'S-017' },
    ...{ since: '2026-03-05T08:00:00.000Z', limitAt, ...more },
  });

  it('have the most urgent first, and those of the same limit as the procedure comes to them', () => {
    const [friday, monday] = ['2026-03-06T22:00:00.000Z', '2026-03-09T22:00:00.000Z'];
    const listed = [duty('a', monday), duty('b', friday), duty('c', monday), duty('d', friday), duty('e', monday)];

    expect(dutiesAt(listed, muchLater).map(({ dutyId }) => dutyId)).toEqual(['b', 'd', 'a', 'c', 'e']);
  });

  it('begin in the first moment, and say when they were done', () => {
    const done = duty('a', '2026-03-06T22:00:00.000Z', { doneAt: '2026-03-05T09:00:00.000Z', lostAt: muchLater });
    const { lostAt: _, doneAt, ...told } = done;

    expect(dutiesAt([done], plusSeconds(done.since, -0.001))).toEqual([]);
    expect(dutiesAt([done], done.since)).toEqual([{ ...told, state: 'met', metAt: doneAt, overdue: false }]);
    expect(dutyStandsUntil(done, plusSeconds(done.since, -1))).toBe(plusSeconds(done.since, -0.001));
    expect(dutyStandsUntil(done, done.since)).toBeUndefined();
  });
});
