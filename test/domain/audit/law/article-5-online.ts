import { personal } from '../../../../src/domain/kernel/personal-text';
import { plusHours, plusMinutes, plusSeconds } from '../../../../src/domain/time/civil-time';
import { clerk, slotAt } from '../../../support/plot';
import { adding } from '../../../support/retelling';
import {
  type Breach,
  type Breaks,
  declaredBy,
  each,
  eachAt,
  inTurn,
  more,
  never,
  neverSince,
  noticeOtherwise,
  of,
  ofOrigin,
  only,
  stranger,
} from './breaking';
import { all, type DataOf, fromHeld, heldOnline, isOnline, lastOf, linkOwed, one, recordedOnline, requestedAt, startOf } from './occasions';
import { continued, deletedAfter, lengthOf, recordings } from './recordings';

/** As long as the meeting, and begun so many seconds after it. */
const recordedFrom = (later: (length: number) => number): Breaks =>
  recordings((held) => ({ startedAt: plusSeconds(held.startedAt, later(lengthOf(held))), durationSeconds: lengthOf(held) }));
/** A piece of that share of the meeting, from that share of it on. */
const half =
  (recordingId: string, from = 0) =>
  (held: DataOf<'Held'>) => ({
    recordingId,
    startedAt: plusSeconds(held.startedAt, Math.ceil(lengthOf(held) * from)),
    durationSeconds: Math.ceil(lengthOf(held) / 2),
  });

const reportedMissing: Breaks = inTurn(
  only(recordedOnline)(never('RecordingAttached')),
  more((history) => {
    const reportedAt = fromHeld(history, 'endedAt', 3600);
    return [[reportedAt, { type: 'RecordingMissing', data: { reason: personal('record', 'nu s-a apăsat'), reportedAt } }]];
  }),
);

/** They went on by phone from that moment on, and nothing was recorded. */
const continuedUnrecorded = (from: (held: DataOf<'Held'>) => string, wasOnline: boolean): Breaks =>
  only(recordedOnline)((history) => {
    const held = one(history, 'Held');
    const silent = never('RecordingAttached')(history);
    return held && silent && adding(silent, continued(held, from(held), wasOnline));
  });

const linkSince = (change: 'Rescheduled' | 'Reassigned'): Breaks =>
  only(linkOwed)(neverSince(change, 'InvitationSent', 'MeetingLinkAttached'));

/** Online (Art. 5). */
export const online: readonly Breach[] = [
  ...of('5', 'A14', 'C07', {
    'the notice never accepted': only(isOnline)(each('Requested', () => ({ recordingNotice: undefined }))),
    'the notice accepted when the meeting had begun': only(heldOnline)(
      noticeOtherwise((notice, history) => ({ ...notice, acceptedAt: fromHeld(history, 'startedAt', 60) })),
    ),
    'the notice accepted a day after the form': only(isOnline)(
      noticeOtherwise((notice, history) => ({ ...notice, acceptedAt: plusHours(requestedAt(history), 24) })),
    ),
    'nobody knows which notice': only(isOnline)(noticeOtherwise((notice) => ({ ...notice, version: '' }))),
    'a notice accepted a year before': only(isOnline)(
      noticeOtherwise((notice, history) => ({ ...notice, acceptedAt: plusHours(requestedAt(history), -8760) })),
    ),
  }),
  ...of('5', 'R5.1', 'C11', {
    'the link of the hour before it was moved': linkSince('Rescheduled'),
    'the link of the colleague who no longer holds it': linkSince('Reassigned'),
    'a link that no meeting has': only(linkOwed)(never('MeetingLinkAttached')),
    'a link for another hour': only(linkOwed)(each('MeetingLinkAttached', ({ slot }) => ({ slot: slotAt(plusHours(slot.startsAt, 24)) }))),
    'the link known only after the letter with it': only(linkOwed)(
      eachAt('MeetingLinkAttached', ({ slot }) => plusHours(slot.startsAt, -2), 'attachedAt'),
    ),
    'the meeting taken from Webex before its hour': only(linkOwed)(
      more((history) => {
        const link = lastOf(history, 'MeetingLinkAttached');
        const removedAt = plusHours(startOf(history), -1);
        return link && [[removedAt, { type: 'MeetingRemoved', data: { meetingId: link.fact.data.meetingId ?? '', removedAt } }]];
      }),
    ),
    'a newer link that nobody was sent': only(linkOwed)(
      more((history) => {
        const link = lastOf(history, 'MeetingLinkAttached');
        if (link === undefined) return undefined;
        const attachedAt = plusMinutes(startOf(history), -30);
        return [[attachedAt, { type: 'MeetingLinkAttached', data: { ...link.fact.data, meetingId: 'M-9', attachedAt } }, link.actor]];
      }),
    ),
  }),
  ...of('5', 'A12', 'C13', {
    'no recording': only(recordedOnline)(never('RecordingAttached')),
    'less than 80 % of the meeting': recordings((held) => ({
      startedAt: held.startedAt,
      durationSeconds: Math.ceil(lengthOf(held) * 0.8) - 1,
    })),
    'long enough, but of the year before': recordedFrom(() => -8760 * 3600),
    'long enough, but of the day before': recordedFrom(() => -24 * 3600),
    'long enough, but most of it before they met': recordedFrom((length) => -length / 2),
    'long enough, but most of it after they met': recordedFrom((length) => Math.ceil(length / 2)),
    'two copies of the same half': recordings(half('a'), half('b')),
    'two pieces that share most of their minutes': recordings(half('a'), half('b', 0.2)),
    'a length, and nobody knows of when': recordings((held) => ({ startedAt: undefined, durationSeconds: lengthOf(held) })),
  }),
  ...ofOrigin('5', 'A12', 'C13', {
    'the recording typed by hand': only(recordedOnline)(declaredBy('RecordingAttached', clerk(stranger))),
  }),
  ...of('5', 'A13', 'C13', {
    'reported missing': reportedMissing,
    'waived when it had been reported missing': inTurn(
      reportedMissing,
      more((history) => {
        const waivedAt = fromHeld(history, 'endedAt', 2 * 3600);
        const data = { reason: personal('contact', 'nu a vrut'), offeredAlternative: true, waivedAt } as const;
        return [[waivedAt, { type: 'RecordingWaived', data }]];
      }),
    ),
    'gone from Webex the week after': only(recordedOnline)(
      more((history) =>
        all(history, 'RecordingAttached').map(({ fact, recordedAt }) => {
          const noticedAt = plusHours(recordedAt, 168);
          return [noticedAt, { type: 'RecordingWithdrawn', data: { recordingId: fact.data.recordingId, noticedAt } }];
        }),
      ),
    ),
    'deleted a day before its time was over': deletedAfter(-1),
    'deleted, and nobody had said for how long it is kept': inTurn(
      deletedAfter(60),
      noticeOtherwise(({ keptDays: _, ...notice }) => notice),
    ),
    'they went on by phone, and what was on Webex is not recorded': continuedUnrecorded(({ startedAt }) => plusMinutes(startedAt, 6), true),
    'by phone from the start, said of the last minute': continuedUnrecorded(({ endedAt }) => plusMinutes(endedAt, -1), false),
  }),
];
