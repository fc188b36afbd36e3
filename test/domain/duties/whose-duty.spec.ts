import { dutiesAt, dutiesIn, type Duty, dutyStandsUntil, isOverdue, stateOfDuty } from '../../../src/domain/duties/duties';
import type { DutyKind } from '../../../src/domain/duties/duty-kinds';
import type { Instant } from '../../../src/domain/kernel/fact';
import { personal } from '../../../src/domain/kernel/personal-text';
import { cancelledHistory, citizenAbsentHistory, onlineHistory, rescheduledHistory, staffAbsentHistory } from '../../support/histories';
import type { History } from '../../support/history';
import { adding, changing, eventOf, moved, upTo, without } from '../../support/retelling';

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

  it('what was owed to a citizen whose data was erased (A24)', () => {
    const at = '2026-04-01T08:00:00.000Z';
    const owing = without(cancelledHistory(), 'CitizenNotified');
    const erased = adding(owing, [at, { type: 'PersonalDataErased', data: { erasedAt: at, reason: personal('contact', 'la cerere') } }]);
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
    const lost = adding(without(onlineHistory(), 'RecordingAttached'), [
      reportedAt,
      { type: 'RecordingMissing', data: { reason: personal('contact', 'Webex nu a înregistrat.'), reportedAt } },
    ]);

    expect(dutyStandsUntil(dutyOf(lost, 'attach-recording'), reportedAt)).toBeUndefined();
  });
});

describe('Who owes what a letter was to do', () => {
  const asking = (history: History, kind: 'notify-citizen' | 'send-letter', at: Instant, about?: { readonly id: string }): History =>
    adding(history, [
      at,
      {
        type: 'TaskRaised',
        data: { taskId: 'T-1', kind, staffId: 'S-017', raisedAt: at, dueAt: at, ...(about && { subjectId: about.id }) },
      },
    ]);

  it('given a person who was asked since, then staff, and no more the service (A21)', () => {
    const untold = without(upTo(rescheduledHistory(), 'Rescheduled'), 'CitizenNotified');
    const asked = asking(untold, 'notify-citizen', '2026-03-04T08:00:00.000Z');

    expect([untold, asked].map((history) => dutyOf(history, 'notify-citizen').owedBy)).toEqual(['service', 'staff']);
  });

  it('given a person who is asked once it was done, then the service that did it (A21)', () => {
    const asked = asking(rescheduledHistory(), 'notify-citizen', '2026-03-06T08:00:00.000Z');

    expect(told(asked, 'notify-citizen')).toEqual(['S-017', 'met']);
    expect(dutyOf(asked, 'notify-citizen').owedBy).toBe('service');
  });

  it('given a letter with the link that was given up, then staff, and not for any other letter (Art. 5)', () => {
    const unsent = without(upTo(onlineHistory(), 'MeetingLinkAttached'), 'InvitationSent');
    const [link, other] = [eventOf(unsent, 'MeetingLinkAttached'), eventOf(unsent, 'Scheduled')];
    const asked = [link, other].map((about) => asking(unsent, 'send-letter', '2026-03-04T08:00:00.000Z', about));

    expect([unsent, ...asked].map((history) => dutyOf(history, 'send-link').owedBy)).toEqual(['service', 'staff', 'service']);
  });

  it('given a link that was sent, then the service, also where the letter with the resolution is given up later (Art. 5, 7)', () => {
    const history = onlineHistory();
    const givenUp = ['ResolutionIssued', 'MeetingLinkAttached'] as const;
    const asked = givenUp.map((type) => asking(history, 'send-letter', '2026-03-06T08:00:00.000Z', eventOf(history, type)));

    expect(asked.map((one) => told(one, 'send-link'))).toEqual(asked.map(() => ['S-017', 'met']));
    expect(asked.map((one) => dutyOf(one, 'send-link').owedBy)).toEqual(asked.map(() => 'service'));
  });
});
