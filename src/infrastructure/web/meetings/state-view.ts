import type { MeetingView } from '../../../application/staff/staff-calendar';
import type { MeetingRow } from '../../../application/kernel/ports/tables';
import { type Mode, needsOf } from '../../../domain/ticket/facts';

/** What a meeting has come to, as the calendar says it in one word, with an icon of its own. */
export const meetingStates = [
  'scheduled',
  'rescheduled',
  'in-progress',
  'held',
  'issued',
  'sent',
  'bounced',
  'citizen-absent',
  'staff-absent',
  'cancelled',
  'awaiting-code',
  'closed',
] as const;
export type MeetingState = (typeof meetingStates)[number];

export type Tone = 'plain' | 'good' | 'warn' | 'bad' | 'quiet';

export const toneOf: Readonly<Record<MeetingState, Tone>> = {
  scheduled: 'plain',
  rescheduled: 'plain',
  'in-progress': 'plain',
  held: 'warn',
  issued: 'good',
  sent: 'good',
  bounced: 'bad',
  'citizen-absent': 'warn',
  'staff-absent': 'bad',
  cancelled: 'quiet',
  'awaiting-code': 'quiet',
  closed: 'bad',
};

export const tagClass: Readonly<Record<Tone, string>> = {
  plain: 'tag',
  good: 'tag tag-good',
  warn: 'tag tag-warn',
  bad: 'tag tag-bad',
  quiet: 'tag tag-quiet',
};

export const iconOf = (mode: Mode): 'video' | 'place' | 'phone' => {
  const { link, place } = needsOf(mode);
  return link ? 'video' : place ? 'place' : 'phone';
};

type Standing = Pick<MeetingRow, 'status' | 'resolution' | 'reschedules' | 'mode' | 'hasLink'> & Pick<MeetingView, 'closed'>;

const withResolution: Readonly<Record<MeetingRow['resolution'], MeetingState>> = {
  none: 'held',
  issued: 'issued',
  sent: 'sent',
  'handed-over': 'sent',
  bounced: 'bounced',
};

export const stateView = ({ status, resolution, reschedules, closed }: Standing): MeetingState => {
  if (closed !== undefined) return 'closed';
  switch (status) {
    case 'scheduled':
      return reschedules > 0 ? 'rescheduled' : 'scheduled';
    case 'held':
    case 'resolved':
    case 'concluded':
      return withResolution[resolution];
    case 'lapsed':
      return 'cancelled';
    case 'awaiting-code':
    case 'in-progress':
    case 'citizen-absent':
    case 'staff-absent':
    case 'cancelled':
      return status;
  }
};

/** Art. 5: an online meeting that is still to be held and has no link yet. */
export const lacksLink = ({ mode, hasLink, status, closed }: Standing): boolean =>
  closed === undefined && needsOf(mode).link && !hasLink && (status === 'scheduled' || status === 'in-progress');
