import type { Instant } from '../../../src/domain/kernel/fact';
import { policiesWith } from '../../../src/domain/policies';
import { plusHours, plusMinutes, plusSeconds } from '../../../src/domain/time/civil-time';
import { invited } from '../../support/chapters';
import { recordingWaived } from '../../support/entries';
import {
  cancelledHistory,
  citizenAbsentHistory,
  inPersonHistory,
  lapsedHistory,
  onlineHistory,
  phoneHistory,
  reassignedHistory,
  rescheduledHistory,
  staffAbsentHistory,
} from '../../support/histories';
import type { History } from '../../support/history';
import { foundOn, resultOf } from '../../support/judging';
import { defaultPlot, otherSlot, policies } from '../../support/plot';
import { adding, changing, eventOf, moved, without } from '../../support/retelling';

const online = onlineHistory();
const { requestedAt, slot } = defaultPlot;
const { startsAt, endsAt } = slot;
const { startedAt, endedAt } = eventOf(online, 'Held').fact.data;
const verdictOf = (history: History, id: 'C07' | 'C11' | 'C13' | 'C20' | 'C22', asOf?: Instant) => resultOf(history, id, asOf).verdict;
const textOf = (history: History, id: 'C11' | 'C13' | 'C22', asOf?: Instant) => resultOf(history, id, asOf).text.en;

/** Without the nth event of this type. */
const lacking = (history: History, type: 'InvitationSent' | 'MeetingLinkAttached', nth: number): History => {
  const { id } = eventOf(history, type, nth);
  return { ...history, ticket: history.ticket.filter((event) => event.id !== id) };
};
const continued = (history: History, continuedAt: Instant, wasOnline: boolean, at = endedAt) =>
  adding(history, [
    at,
    { type: 'ContinuedOtherwise', data: { mode: 'phone', cause: 'platform', staffId: 'S-017', continuedAt, wasOnline } },
  ]);

describe('C07, Art. 5 (A14): the notice', () => {
  const accepted = (acceptedAt: Instant) => changing(online, 'Requested', { recordingNotice: { version: '1', acceptedAt } });

  it('names the form, and the beginning as far as it is told', () => {
    expect(foundOn(online, 'C07')).toEqual(['pass', 'Requested', 'MeetingStarted']);
    expect(foundOn(without(online, 'MeetingStarted'), 'C07')).toEqual(['pass', 'Requested', 'Held']);
    expect(foundOn(accepted(plusHours(requestedAt, 1)), 'C07')).toEqual(['fail', 'Requested', 'MeetingStarted']);
    expect(foundOn(changing(online, 'Requested', { recordingNotice: undefined }), 'C07')).toEqual(['fail', 'Requested']);
    expect(foundOn(phoneHistory(), 'C07')).toEqual(['not-applicable', 'Requested']);
  });

  it('was accepted with the form, within the day before', () => {
    expect(verdictOf(accepted(plusHours(requestedAt, -24)), 'C07')).toBe('pass');
    expect(verdictOf(accepted(plusSeconds(plusHours(requestedAt, -24), -0.001)), 'C07')).toBe('fail');
  });

  it('was not accepted before a meeting that is said to have begun earlier than it was asked for', () => {
    const begun = (at: Instant) => changing(online, 'MeetingStarted', { startedAt: at });
    expect(verdictOf(begun(requestedAt), 'C07')).toBe('pass');
    expect(verdictOf(begun(plusSeconds(requestedAt, -0.001)), 'C07')).toBe('fail');
  });
});

describe('C11, Art. 5: the link', () => {
  const letter = 'InvitationSent';
  const link = 'MeetingLinkAttached';
  const sentAt = (acceptedAt: Instant) => moved(online, letter, 1, acceptedAt, { acceptedAt });

  it('names where the meeting stands, its newest link, and the letter that came in time', () => {
    expect(foundOn(online, 'C11')).toEqual(['pass', 'Scheduled', link, letter]);
    expect(resultOf(online, 'C11').evidence[2]).toBe(eventOf(online, letter, 1).id);
    expect(foundOn(staffAbsentHistory(), 'C11')).toEqual(['pass', 'Rescheduled', link, letter]);
    expect(foundOn(sentAt(plusMinutes(startsAt, -59)), 'C11')).toEqual(['fail', 'Scheduled', link, letter]);
    expect(foundOn(online, 'C11', startsAt)).toEqual(['not-applicable', 'Scheduled']);
    expect(foundOn(cancelledHistory(), 'C11')).toEqual(['not-applicable', 'Scheduled']);
    for (const history of [phoneHistory(), lapsedHistory()]) expect(foundOn(history, 'C11')).toEqual(['not-applicable']);
  });

  it('is owed to a meeting that was called off after its hour, and not to one called off at it', () => {
    const called = (at: Instant) => moved(without(cancelledHistory(), letter), 'Cancelled', 0, at, { cancelledAt: at });
    expect(verdictOf(called(startsAt), 'C11')).toBe('not-applicable');
    expect(verdictOf(called(plusSeconds(startsAt, 0.001)), 'C11')).toBe('fail');
  });

  it('is not that of the person before, though nothing stands between it and the change', () => {
    const dead = lacking(lacking(reassignedHistory(), link, 1), letter, 1);
    expect(foundOn(dead, 'C11')).toEqual(['fail', 'Reassigned']);
  });

  it('dies with a meeting that is removed by its hour, and lives again with a new one', () => {
    const removed = (removedAt: Instant) => adding(online, [removedAt, { type: 'MeetingRemoved', data: { meetingId: 'M-1', removedAt } }]);
    expect(verdictOf(removed(startsAt), 'C11')).toBe('fail');
    expect(verdictOf(removed(plusSeconds(startsAt, 0.001)), 'C11')).toBe('pass');
    const again = adding(removed('2026-03-03T08:00:00.000Z'), ...invited(defaultPlot, '2026-03-03T09:00:00.000Z', slot, 2));
    expect(verdictOf(again, 'C11')).toBe('pass');
  });

  it('goes with a letter that left once it was there', () => {
    const { attachedAt } = eventOf(online, link).fact.data;
    const accepted = (acceptedAt: Instant) => {
      const { recordedAt } = eventOf(online, letter, 1);
      return moved(online, letter, 1, recordedAt, { acceptedAt });
    };
    expect(verdictOf(accepted(attachedAt), 'C11')).toBe('pass');
    expect(verdictOf(accepted(plusSeconds(attachedAt, -0.001)), 'C11')).toBe('fail');
  });

  it('is no offence that comes late to somebody who was put there with less than two hours left, by the end of the hour', () => {
    const stepped = (at: Instant, acceptedAt: Instant) => {
      const put = moved(reassignedHistory(), 'Reassigned', 0, at, { reassignedAt: at });
      const known = moved(lacking(put, letter, 2), link, 1, plusMinutes(at, 1), { attachedAt: plusMinutes(at, 1) });
      return moved(known, letter, 2, acceptedAt, { acceptedAt });
    };
    const late = plusMinutes(startsAt, -40);
    expect(verdictOf(stepped(plusHours(startsAt, -2), late), 'C11')).toBe('fail');
    expect(verdictOf(stepped(plusSeconds(plusHours(startsAt, -2), 0.001), late), 'C11')).toBe('warn');
    expect(verdictOf(stepped(plusHours(startsAt, -1), endsAt), 'C11')).toBe('warn');
    expect(verdictOf(stepped(plusHours(startsAt, -1), plusSeconds(endsAt, 0.001)), 'C11')).toBe('fail');
  });

  it('was missed by nobody where nothing was on Webex, and by the citizen where something was', () => {
    const unsent = lacking(online, letter, 1);
    const { letterId } = eventOf(online, letter, 1).fact.data;
    const at = plusHours(requestedAt, 1);
    const bounced = adding(online, [
      at,
      { type: 'InvitationBounced', data: { letterId, bouncedAt: at, followUpDueAt: plusHours(at, 48) } },
    ]);
    expect(foundOn(continued(unsent, startedAt, false), 'C11')).toEqual(['warn', 'Scheduled', link, 'ContinuedOtherwise']);
    expect(foundOn(continued(bounced, startedAt, false), 'C11')).toEqual([
      'warn',
      'Scheduled',
      link,
      'InvitationBounced',
      'ContinuedOtherwise',
    ]);
    expect(foundOn(continued(bounced, plusMinutes(startedAt, 5), true), 'C11')).toEqual(['fail', 'Scheduled', link, 'InvitationBounced']);
    expect(foundOn(unsent, 'C11')).toEqual(['fail', 'Scheduled', link]);
    const lateAndOtherwise = (acceptedAt: Instant) => continued(sentAt(acceptedAt), startedAt, false);
    expect(textOf(lateAndOtherwise(plusMinutes(startsAt, -30)), 'C11')).toBe(
      'The invitation with the link left only at 05.03.2026, 09:30.',
    );
    expect(verdictOf(lateAndOtherwise(endsAt), 'C11')).toBe('warn');
    expect(verdictOf(lateAndOtherwise(plusSeconds(endsAt, 0.001)), 'C11')).toBe('fail');
    expect(verdictOf(continued(sentAt(plusMinutes(startsAt, -30)), plusMinutes(startedAt, 5), true), 'C11')).toBe('fail');
  });

  it('names every letter with a link, where one that had been in time was replaced', () => {
    const again = adding(online, ...invited(defaultPlot, plusMinutes(startsAt, -75), slot, 2));
    expect(foundOn(again, 'C11')).toEqual(['warn', 'Scheduled', link, letter, letter]);
  });
});

describe('C13, Art. 5: the recording', () => {
  const recording = 'RecordingAttached';
  type Piece = readonly [from: number, seconds: number, grade?: 'observed' | 'declared', recordingId?: string];
  /** In the place of the one that was there: how many seconds after the start each begins, and how long it is. */
  const recordings = (history: History, ...pieces: readonly Piece[]) =>
    pieces.reduce<History>(
      (told, [from, durationSeconds, grade = 'declared', recordingId = `P-${from}`]) =>
        adding(told, [
          endedAt,
          { type: recording, data: { recordingId, startedAt: plusSeconds(startedAt, from), durationSeconds, attachedAt: endedAt, grade } },
        ]),
      without(history, recording),
    );
  const gradeOf = (history: History) => {
    const { verdict, grade } = resultOf(history, 'C13');
    return [verdict, grade];
  };

  it('names the meeting and all that is told of its recording', () => {
    expect(foundOn(online, 'C13')).toEqual(['pass', 'Held', recording]);
    expect(foundOn(inPersonHistory(), 'C13')).toEqual(['not-applicable', 'Held']);
    expect(foundOn(citizenAbsentHistory(), 'C13')).toEqual(['not-applicable']);
    const waived = adding(without(online, recording), recordingWaived(endedAt));
    expect(foundOn(waived, 'C13')).toEqual(['waived', 'Held', 'RecordingWaived']);
    expect(foundOn(continued(without(online, recording), startedAt, false), 'C13')).toEqual(['pass', 'Held', 'ContinuedOtherwise']);
    expect(foundOn(continued(online, plusMinutes(startedAt, 5), true), 'C13')).toEqual(['pass', 'Held', 'ContinuedOtherwise', recording]);
    expect(foundOn(without(online, recording), 'C13', endedAt)).toEqual(['pending', 'Held']);
    expect(foundOn(without(online, recording), 'C13')).toEqual(['fail', 'Held']);
  });

  it('Art. 3 d: is owed where online was asked for, and not given where it was not', () => {
    expect(foundOn(changing(online, 'Held', { mode: 'phone' }), 'C13')).toEqual(['fail', 'Requested', 'Held']);
    expect(foundOn(changing(inPersonHistory(), 'Held', { mode: 'online' }), 'C13')).toEqual(['fail', 'Requested', 'Held']);
    expect(foundOn(changing(inPersonHistory(), 'Held', { mode: 'phone' }), 'C13')).toEqual(['not-applicable', 'Held']);
  });

  it('is taken together in whatever order its pieces were attached', () => {
    expect(verdictOf(recordings(online, [300, 372], [0, 300]), 'C13')).toBe('pass');
    expect(verdictOf(recordings(online, [500, 172], [0, 250], [250, 250]), 'C13')).toBe('pass');
    expect(verdictOf(recordings(online, [500, 171], [0, 250], [250, 250]), 'C13')).toBe('fail');
  });

  it('is missing from a meeting that is said to have had no length', () => {
    expect(verdictOf(changing(without(online, recording), 'Held', { endedAt: startedAt }), 'C13')).toBe('fail');
  });

  it('takes no word for a meeting elsewhere of which something was recorded, and one for what came after its end', () => {
    expect(verdictOf(continued(recordings(online, [0, 240]), startedAt, false), 'C13')).toBe('fail');
    expect(verdictOf(continued(recordings(online, [0, 672]), plusHours(endedAt, 1), true), 'C13')).toBe('pass');
  });

  it('rests on what Webex shows alone where that is enough for the quarter of an hour, and on whoever says how long they met where not', () => {
    expect(gradeOf(recordings(online, [0, 720, 'observed']))).toEqual(['pass', 'observed']);
    expect(gradeOf(recordings(online, [0, 719, 'observed']))).toEqual(['pass', 'declared']);
    expect(gradeOf(recordings(online, [0, 720, 'observed'], [720, 60, 'declared']))).toEqual(['pass', 'observed']);
    const seenHeld = changing(online, 'Held', { grade: 'observed' });
    expect(gradeOf(recordings(seenHeld, [0, 600, 'observed'], [600, 200, 'declared']))).toEqual(['pass', 'declared']);
    expect(gradeOf(recordings(seenHeld, [0, 700, 'observed'], [700, 100, 'declared']))).toEqual(['pass', 'observed']);
    expect(gradeOf(continued(recordings(online, [0, 720, 'observed']), plusSeconds(startedAt, 800), true))).toEqual(['pass', 'declared']);
    const old = (grade: 'observed' | 'declared') =>
      adding(without(online, recording), [
        endedAt,
        { type: recording, data: { recordingId: 'old', durationSeconds: 800, attachedAt: endedAt, grade } },
      ]);
    expect(gradeOf(old('observed'))).toEqual(['warn', 'observed']);
    expect(gradeOf(old('declared'))).toEqual(['warn', 'declared']);
    expect(foundOn(old('declared'), 'C13')).toEqual(['warn', 'Held', recording]);
  });

  it('says at once that it is gone from Webex, and waits for another where it was deleted', () => {
    const { recordingId } = eventOf(online, recording).fact.data;
    const at = plusHours(endedAt, 1);
    const gone = adding(online, [at, { type: 'RecordingWithdrawn', data: { recordingId, noticedAt: at } }]);
    expect(textOf(gone, 'C13', at)).toBe('The recording is no longer on Webex; this was seen at 05.03.2026, 11:14:30.');
    const deleted = adding(online, [at, { type: 'RecordingDeleted', data: { recordingId, deletedAt: at } }]);
    expect(foundOn(deleted, 'C13', at)).toEqual(['pending', 'Held', recording, 'RecordingDeleted']);
    expect(textOf(deleted, 'C13')).toBe('The recording covers less than 80 % of the meeting.');
    expect(textOf(without(online, recording), 'C13')).toBe('The recording is missing.');
  });

  it('is awaited by what the policy makes of the end, or by what was written down where that is earlier', () => {
    const awaited = (recordingDueAt: Instant | undefined) =>
      resultOf(changing(without(online, recording), 'Held', { recordingDueAt }), 'C13', endedAt).failsAt;
    expect(awaited(undefined)).toBe(plusHours(endedAt, 48));
    expect(awaited(plusHours(endedAt, 60))).toBe(plusHours(endedAt, 48));
    expect(awaited(plusHours(endedAt, 30))).toBe(plusHours(endedAt, 30));
  });
});

describe('C20, Art. 8: what came of it', () => {
  it('names each hour that came and what came of it', () => {
    expect(foundOn(online, 'C20')).toEqual(['pass', 'Scheduled', 'Held']);
    expect(foundOn(rescheduledHistory(), 'C20')).toEqual(['pass', 'Rescheduled', 'Held']);
    expect(foundOn(staffAbsentHistory(), 'C20')).toEqual(['pass', 'Scheduled', 'StaffAbsent', 'Rescheduled', 'Held']);
    expect(foundOn(cancelledHistory(), 'C20')).toEqual(['not-applicable']);
    expect(foundOn(online, 'C20', startsAt)).toEqual(['not-applicable', 'Scheduled']);
    expect(foundOn(without(online, 'MeetingStarted', 'Held'), 'C20', endsAt)).toEqual(['pending', 'Scheduled']);
    expect(foundOn(without(online, 'MeetingStarted', 'Held'), 'C20')).toEqual(['fail', 'Scheduled']);
    expect(foundOn(moved(online, 'Held', 0, '2026-03-09T22:00:00.001Z'), 'C20')).toEqual(['fail', 'Scheduled', 'Held']);
    expect(verdictOf(moved(online, 'Held', 0, '2026-03-09T22:00:00.000Z'), 'C20')).toBe('pass');
  });

  it('applies again once a later hour has come', () => {
    const between = resultOf(staffAbsentHistory(), 'C20', '2026-03-07T08:00:00.000Z');
    expect(between).toMatchObject({ verdict: 'pass', appliesAt: otherSlot.startsAt });
    expect(resultOf(staffAbsentHistory(), 'C20')).not.toHaveProperty('appliesAt');
  });

  it('needs nothing of an hour that was left when it came', () => {
    const called = (at: Instant) => moved(cancelledHistory(), 'Cancelled', 0, at, { cancelledAt: at });
    expect(foundOn(called(startsAt), 'C20')).toEqual(['not-applicable']);
    expect(foundOn(called(plusSeconds(startsAt, 1)), 'C20')).toEqual(['pass', 'Scheduled', 'Cancelled']);
  });

  it('A19: was not cancelled by the citizen at the hour or later, and may be by staff', () => {
    const cancelled = (cancelledAt: Instant, by: 'citizen' | 'staff') => changing(cancelledHistory(), 'Cancelled', { cancelledAt, by });
    expect(foundOn(cancelled(startsAt, 'citizen'), 'C20')).toEqual(['fail', 'Scheduled', 'Cancelled']);
    expect(verdictOf(cancelled(plusSeconds(startsAt, -1), 'citizen'), 'C20')).toBe('not-applicable');
    expect(verdictOf(cancelled(startsAt, 'staff'), 'C20')).toBe('not-applicable');
  });

  it('A23: was missed by the staff member from its hour on', () => {
    const absent = (absentAt: Instant) => changing(staffAbsentHistory(), 'StaffAbsent', { absentAt });
    expect(verdictOf(absent(startsAt), 'C20')).toBe('pass');
    expect(foundOn(absent(plusSeconds(startsAt, -0.001)), 'C20')).toEqual(['fail', 'Scheduled', 'StaffAbsent']);
  });

  it('A22: was missed by a citizen for whom somebody waited as long as was owed, and who was not there', () => {
    const wait = [policies['lead-time'], policies['absence-wait']];
    const absent = (waitedMinutes: number) => changing(citizenAbsentHistory(), 'CitizenAbsent', { waitedMinutes, policies: wait });
    expect(foundOn(absent(10), 'C20')).toEqual(['pass', 'Scheduled', 'CitizenAbsent']);
    expect(foundOn(absent(9), 'C20')).toEqual(['fail', 'Scheduled', 'CitizenAbsent']);
    // an old fact does not say how long that is
    expect(verdictOf(changing(citizenAbsentHistory(), 'CitizenAbsent', { waitedMinutes: 9 }), 'C20')).toBe('pass');
    const spoken = plusMinutes(startsAt, 2);
    expect(verdictOf(continued(citizenAbsentHistory(), spoken, false, spoken), 'C20')).toBe('fail');
  });

  it('is doubtful where Webex recorded a meeting with somebody absent, and not where a person says that there is a recording', () => {
    const recorded = (history: History, grade: 'observed' | 'declared') =>
      adding(history, [
        endedAt,
        { type: 'RecordingAttached', data: { recordingId: 'R-1', startedAt, durationSeconds: 500, attachedAt: endedAt, grade } },
      ]);
    expect(foundOn(recorded(citizenAbsentHistory(), 'observed'), 'C20')).toEqual(['warn', 'CitizenAbsent', 'RecordingAttached']);
    expect(verdictOf(recorded(citizenAbsentHistory(), 'declared'), 'C20')).toBe('pass');
    expect(verdictOf(recorded(online, 'observed'), 'C20')).toBe('pass');
  });

  it('is due by the policy, or by what was written down where that is earlier', () => {
    const forgotten = (outcomeDueAt: Instant) =>
      resultOf(changing(without(online, 'MeetingStarted', 'Held'), 'Scheduled', { outcomeDueAt }), 'C20', endsAt).failsAt;
    expect(forgotten('2026-03-30T22:00:00.000Z')).toBe('2026-03-09T22:00:00.000Z');
    expect(forgotten('2026-03-06T22:00:00.000Z')).toBe('2026-03-06T22:00:00.000Z');
    const longer = policiesWith({ 'outcome-deadline': { value: { workingDays: 4 }, version: 2 } })['outcome-deadline'];
    const stamped = changing(without(online, 'MeetingStarted', 'Held'), 'Scheduled', {
      outcomeDueAt: '2026-03-30T22:00:00.000Z',
      policies: [longer],
    });
    expect(resultOf(stamped, 'C20', endsAt).failsAt).toBe('2026-03-11T22:00:00.000Z');
  });
});

describe('C22, Art. 3 c: at its hour', () => {
  const atCityHall = inPersonHistory();
  /** Begun at that time, and as long as it was. */
  const begunAt = (at: Instant) =>
    changing(moved(atCityHall, 'Held', 0, plusMinutes(at, 14), { startedAt: at, endedAt: plusMinutes(at, 14) }), 'MeetingStarted', {
      startedAt: at,
    });

  it('names where it stood, its beginning, and that it was held', () => {
    const [place, began, held] = ['Scheduled', 'MeetingStarted', 'Held'];
    expect(foundOn(online, 'C22')).toEqual(['pass', place, began, held]);
    expect(foundOn(rescheduledHistory(), 'C22')).toEqual(['pass', 'Rescheduled', began, held]);
    expect(foundOn(begunAt(plusHours(startsAt, 2)), 'C22')).toEqual(['fail', place, began, held]);
    expect(foundOn(changing(online, 'Held', { slot: otherSlot }), 'C22')).toEqual(['fail', place, began, held]);
    expect(foundOn(changing(atCityHall, 'Held', { endedAt: plusSeconds(startedAt, 1) }), 'C22')).toEqual(['warn', place, began, held]);
    expect(foundOn(changing(online, 'Requested', { slot: otherSlot }), 'C22')).toEqual(['fail', 'Requested', place]);
    expect(foundOn(without(online, 'MeetingStarted'), 'C22')).toEqual(['pass', place, held]);
    for (const history of [citizenAbsentHistory(), without(online, 'Scheduled')]) {
      expect(foundOn(history, 'C22')).toEqual(['not-applicable']);
    }
  });

  it('began from its hour on, half an hour later at most', () => {
    expect(verdictOf(begunAt(startsAt), 'C22')).toBe('pass');
    expect(verdictOf(begunAt(plusSeconds(startsAt, -0.001)), 'C22')).toBe('fail');
    expect(verdictOf(begunAt(plusMinutes(startsAt, 30)), 'C22')).toBe('pass');
    expect(verdictOf(begunAt(plusSeconds(plusMinutes(startsAt, 30), 0.001)), 'C22')).toBe('fail');
  });

  it('cannot have ended in the very moment in which it began', () => {
    expect(textOf(changing(atCityHall, 'Held', { endedAt: startedAt }), 'C22')).toBe(
      'The recorded times of the meeting contradict each other.',
    );
  });
});
