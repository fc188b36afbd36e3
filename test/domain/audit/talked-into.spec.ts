import { workingCalendar } from '../../../src/domain/calendar/calendar';
import { judge } from '../../../src/domain/audit/judge';
import type { Actor, Instant } from '../../../src/domain/kernel/fact';
import { personal } from '../../../src/domain/kernel/personal-text';
import { policiesWith } from '../../../src/domain/policies';
import { notifyCitizen, reassign } from '../../../src/domain/ticket/changes';
import { continueOtherwise } from '../../../src/domain/ticket/continued';
import { attachMeetingLink, noteInvitationSent, recordCitizenAbsent, recordHeld, startMeeting } from '../../../src/domain/ticket/meeting';
import { attachRecording, noteRecordingWithdrawn } from '../../../src/domain/ticket/recording';
import { plusMinutes, plusSeconds, secondsBetween } from '../../../src/domain/time/civil-time';
import { begin, everyLife, longAfter, meet, record, send, untilTheHour, write } from '../../support/lives';
import { clerk, letters } from '../../support/plot';

const rules = { policies: policiesWith(), calendar: workingCalendar.initial };
const webex: Actor = { kind: 'system', id: 'webex' };

const atItsHour = () => {
  const life = everyLife.find(
    ({ mode, course, ending, ground }) => mode === 'online' && course === 'as booked' && ending === 'held' && ground === 'in-operation',
  );
  if (life === undefined) throw new Error('no such life');
  const story = begin(life);
  untilTheHour(story);
  return story;
};
type AtItsHour = ReturnType<typeof atItsHour>;
const placeOf = (story: AtItsHour) => {
  const state = story.ticket();
  if (!('booking' in state)) throw new Error('no booking');
  return state.booking;
};
const found = (story: AtItsHour, id: string) => judge(story.history(), longAfter).checks.find((check) => check.id === id);

/** Webex sees the start, and after fourteen minutes the end. */
const observedMeeting = (story: AtItsHour): { readonly startedAt: Instant; readonly endedAt: Instant } => {
  const startedAt = story.until(plusSeconds(placeOf(story).slot.startsAt, 20));
  story.decide(webex, (state) => startMeeting({ startedAt, at: startedAt, grade: 'observed' }, state));
  const endedAt = story.after(14);
  story.decide(webex, (state) => recordHeld({ ...rules, startedAt, endedAt, at: endedAt, grade: 'observed' }, state));
  return { startedAt, endedAt };
};
const goOn = (story: AtItsHour, continuedAt: Instant, at: Instant) => {
  story.decide(clerk(placeOf(story).staffId), (state) => continueOtherwise({ mode: 'phone', cause: 'platform', continuedAt, at }, state));
};

describe('what an official says against what Webex saw', () => {
  it('C13: that nothing was online, or one second, of a meeting that Webex saw to its end, explains no recording away', () => {
    for (const seconds of [0, 1]) {
      const story = atItsHour();
      const { startedAt } = observedMeeting(story);
      const at = story.after(40 * 60);
      goOn(story, plusSeconds(startedAt, seconds), at);
      const typed = { recordingId: 'typed', startedAt, durationSeconds: 1, at };
      if (seconds > 0) story.decide(clerk(placeOf(story).staffId), (state) => attachRecording(typed, state));
      expect(found(story, 'C13')).toMatchObject({ verdict: 'fail' });
    }
  });

  it('C13: nor of one whose beginning alone it saw', () => {
    const story = atItsHour();
    const startedAt = story.until(plusSeconds(placeOf(story).slot.startsAt, 20));
    story.decide(webex, (state) => startMeeting({ startedAt, at: startedAt, grade: 'observed' }, state));
    const endedAt = story.after(14);
    const { staffId } = placeOf(story);
    story.decide(clerk(staffId), (state) => recordHeld({ ...rules, startedAt, endedAt, at: endedAt }, state));
    goOn(story, startedAt, story.after(10));
    expect(found(story, 'C13')).toMatchObject({ verdict: 'fail' });
  });

  it('Art. 5: what was recorded was online: it cannot be said to have been elsewhere from the start, also once the recording is gone', () => {
    for (const isGone of [false, true]) {
      const story = atItsHour();
      const { startedAt, endedAt } = observedMeeting(story);
      record(story, 1, startedAt, secondsBetween(startedAt, endedAt), 5);
      const at = story.after(60);
      const state = story.ticket();
      const [recording] = 'recording' in state ? state.recording.attached : [];
      const recordingId = recording?.recordingId ?? '';
      if (isGone) story.decide(webex, (ticket) => noteRecordingWithdrawn({ recordingId, at }, ticket));
      expect(() => {
        goOn(story, startedAt, story.after(1));
      }).toThrow('begun-on-webex');
    }
  });

  it('C13: a length that was typed is what a short recording rests on; one of the fifteen minutes rests on nobody', () => {
    for (const [typedMinutes, seconds, grade] of [
      [3.5, 180, 'declared'],
      [14, 780, 'observed'],
    ] as const) {
      const story = atItsHour();
      const startedAt = story.until(plusSeconds(placeOf(story).slot.startsAt, 20));
      const at = story.after(15);
      const endedAt = plusSeconds(startedAt, typedMinutes * 60);
      const { staffId } = placeOf(story);
      story.decide(clerk(staffId), (state) => recordHeld({ ...rules, startedAt, endedAt, at }, state));
      record(story, 1, startedAt, seconds, 5);
      expect(found(story, 'C13')).toMatchObject({ verdict: 'pass', grade });
    }
  });
});

describe('a citizen who is said to have been absent', () => {
  const begun = () => {
    const story = atItsHour();
    const startedAt = story.until(plusSeconds(placeOf(story).slot.startsAt, 20));
    story.decide(webex, (state) => startMeeting({ startedAt, at: startedAt, grade: 'observed' }, state));
    return { story, startedAt };
  };
  const absent = (story: AtItsHour) => {
    const at = story.after(5);
    story.decide(clerk(placeOf(story).staffId), (state) => recordCitizenAbsent({ ...rules, at }, state));
  };

  it('C20: although Webex has a recording, is a warning', () => {
    const { story, startedAt } = begun();
    story.after(14);
    record(story, 1, startedAt, 840, 1);
    absent(story);
    expect(found(story, 'C20')).toMatchObject({ verdict: 'warn' });
  });

  it('A22: once the meeting went on by phone, nobody says so', () => {
    const { story } = begun();
    const continuedAt = story.after(5);
    goOn(story, continuedAt, continuedAt);
    story.after(10);
    expect(() => {
      absent(story);
    }).toThrow('already-continued');
  });
});

describe('somebody else in the last two hours', () => {
  it.each([62, 50])('C11: %d minutes before, with the new link at once, is a warning and no offence', (before) => {
    const story = atItsHour();
    const { slot, holdId } = placeOf(story);
    const at = story.until(plusMinutes(slot.startsAt, -before));
    const other = { staffId: 'S-042', department: 'Urbanism', departmentCode: '425', slot, holdId: 'hold-9', from: holdId };
    story.decide(clerk('S-900'), (state) =>
      reassign({ policies: rules.policies, ...other, reason: personal('contact', 'boală'), at }, state),
    );
    const notifiedAt = story.after(2);
    const notice = { about: 'reassigned', channel: 'email', outcome: 'accepted', notifiedAt, at: notifiedAt, letterId: 'n-1' } as const;
    story.decide(letters, (state) => notifyCitizen({ ...notice, grade: 'observed' }, state));
    const attachedAt = story.until(plusMinutes(at, 4));
    const link = { joinUrl: personal('contact', 'https://primarie.webex.com/meet/2'), meetingId: 'M-2', sameLink: false, at: attachedAt };
    story.decide(clerk('S-042'), (state) => attachMeetingLink(link, state));
    const acceptedAt = story.after(1);
    const state = story.ticket();
    const sequence = 'sequence' in state ? state.sequence : 0;
    story.decide(letters, (ticket) => noteInvitationSent({ letterId: 'i-9', slot, sequence, withLink: true, acceptedAt }, ticket));
    const { startedAt, endedAt } = meet(story);
    record(story, 1, startedAt, secondsBetween(startedAt, endedAt), 5);
    write(story);
    send(story);
    expect(found(story, 'C11')).toMatchObject({ verdict: 'warn' });
    expect(judge(story.history(), longAfter).overall).toBe('pass');
  });
});
